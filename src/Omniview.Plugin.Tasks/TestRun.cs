using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Testing;

namespace Omniview.Plugin.Tasks;

/// <summary>Writes the results of one run of tests where <c>--logger trx</c> wants them.</summary>
internal sealed class TestRun(ITaskItem[] loggers, string folder, string name, string suffix)
{
    private readonly DateTime _started = DateTime.Now;

    /// <summary>The file, or null when nobody asked for one.</summary>
    public string? File { get; } = TrxFile.PathFor(
        loggers.Select(logger => logger.ItemSpec), folder, name, suffix, DateTime.Now);

    /// <exception cref="DiagnosticException">OVP1022: the file can't be written.</exception>
    public void Write(IReadOnlyList<TestOutcome> tests, Action<string> say)
    {
        if (File is null)
        {
            return;
        }

        try
        {
            TrxFile.Write(File, name, _started, DateTime.Now, tests);
            say($"Results File: {File}"); // as VSTest says it: scripts look for these words
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.TestResultsNotWritten,
                $"The test results can't be written to {File}: {e.Message} Let --results-directory name a folder " +
                "you may write to.").At(File));
        }
    }
}
