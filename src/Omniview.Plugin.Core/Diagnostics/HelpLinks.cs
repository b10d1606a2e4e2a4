namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>
/// Says of each code, the first time it is shown, where its page is. May be asked by several threads.
/// </summary>
internal sealed class HelpLinks
{
    private readonly HashSet<string> _told = [];

    /// <summary>
    /// A line to print below a problem, <c> OVP1007: https://…</c>, or null when its page was named before: codes of
    /// one tool may share one. It is no canonical error line, so no problem matcher takes it for another problem.
    /// </summary>
    public string? Line(string code, string link)
    {
        lock (_told)
        {
            return link.Length > 0 && _told.Add(link) ? $"  {code}: {link}" : null;
        }
    }

    /// <summary>The problems as they are printed, each link below the first problem of its code.</summary>
    public IEnumerable<string> Lines(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
        {
            yield return problem.ToString();
            if (Line(problem.Code, problem.HelpLink) is { } link)
            {
                yield return link;
            }
        }
    }
}
