using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>Something the doctor found: what is wrong and where, and apart from that what to do.</summary>
/// <param name="Problem">Its message says what is wrong; of problems known from elsewhere also what to do.</param>
/// <param name="Cure">What to do.</param>
internal sealed record Finding(Diagnostic Problem, string Cure)
{
    /// <summary>Whether the problem's own message says what to do, and the cure only where more of it stands.</summary>
    public bool SaysOnlyWhere => Cure == Where(Problem);

    /// <summary>All of it in one message, for an error list, which has the link to the page besides.</summary>
    public Diagnostic ToDiagnostic() =>
        SaysOnlyWhere ? Problem : Problem with { Message = $"{Problem.Message} {Cure}" };

    internal static Finding Error(string code, string what, string cure) => new(Diagnostic.Error(code, what), cure);

    internal static Finding Warning(string code, string what, string cure) => new(Diagnostic.Warning(code, what), cure);

    /// <summary>A problem that already says what to do.</summary>
    internal static Finding Of(Diagnostic known) => new(known, Where(known));

    internal Finding At(string? file, int line = 0, int column = 0) =>
        this with { Problem = Problem.At(file, line, column) };

    private static string Where(Diagnostic problem) => $"See {problem.HelpLink}";
}
