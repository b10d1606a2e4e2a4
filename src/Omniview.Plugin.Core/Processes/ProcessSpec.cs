namespace Omniview.Plugin.Core.Processes;

/// <summary>A program to start: never a shell line, always an absolute file and an argument vector.</summary>
/// <param name="FileName">Absolute path of the executable.</param>
/// <param name="Arguments">Arguments, passed on as they are.</param>
/// <param name="WorkingDirectory">Absolute path of the folder to run in.</param>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Overrides the environment of this process; a null value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Keeps the child's standard input open for as long as this process lives, instead of closing it at once.
    /// Vite up to version 7 takes the end of its input for a request to stop.
    /// </summary>
    public bool KeepInputOpen { get; init; }

    /// <summary>Lets others have the processor first: nobody waits for this one.</summary>
    public bool IsBackground { get; init; }

    /// <summary>How much of one line is kept; of what is longer, the end is left out.</summary>
    public int KeptLineBytes { get; init; } = LineSplitter.ShownBytes;

    /// <summary>
    /// Asks only the child itself to end, not its descendants with it: it ends them on its own, and their signals would
    /// disturb it in that. After its end, or the grace, they are treated like any others.
    /// </summary>
    public bool EndsOwnChildren { get; init; }

    /// <summary>The command as a person would read it. For logs only: it is not quoted for a shell.</summary>
    public override string ToString() =>
        string.Join(' ', Arguments.Prepend(FileName).Select(a => a.Contains(' ') ? $"\"{a}\"" : a));
}
