using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Bench;

/// <summary>
/// Commands run to their end. All contenders start theirs this way, which costs each about 1.5 ms more than the system
/// needs (measured on Linux), and none outlives this process.
/// </summary>
internal static class Command
{
    private const int ShownLines = 30;

    /// <summary>
    /// Absolute path of a program on PATH. The repository's own tools count: the finder is told that the project lies
    /// elsewhere.
    /// </summary>
    public static string Find(string name) =>
        new ExecutableFinder(Path.GetTempPath()).Find(name)
        ?? throw new BenchException(
            $"{name} is not on PATH. ./build.sh bench puts Go there; .NET and Node are to be installed.");

    /// <summary>Runs the program and returns what it printed on standard output.</summary>
    /// <exception cref="BenchException">It failed: a contender that fails is not measured.</exception>
    public static async Task<string> RunAsync(
        string program, string folder, CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        var lines = new List<OutputLine>();
        var spec = new ProcessSpec(program, arguments, folder);
        var exitCode = await ToolRunner.RunAsync(spec, lines.Add, cancellation);
        return exitCode == 0
            ? string.Join('\n', lines.Where(line => !line.IsError).Select(line => line.Text))
            : throw new BenchException(
                $"{spec} in {folder} ended with exit code " +
                $"{exitCode}:\n{string.Join('\n', lines.TakeLast(ShownLines).Select(line => line.Text))}");
    }
}
