using System.CommandLine;
using System.CommandLine.Invocation;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli;

/// <summary>Runs what is typed.</summary>
internal static class CommandLine
{
    /// <summary>
    /// What is typed stands for itself: a folder may be named @plugin, which by default would be a file with more
    /// arguments.
    /// </summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var parsed = DevCommand.Create().Parse(arguments, Parsing);
        var configuration = new InvocationConfiguration
        {
            // signals are ours: System.CommandLine would end the process two seconds after one, and a plugin has five
            // to go
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false, // it prints stack traces
        };
        if (parsed.Action is ParseErrorAction mistake)
        {
            mistake.ShowHelp = false;
            // what is left of it is blank lines and suggestions, and a program looks for JSON on standard output
            configuration.Output = Console.Error;
        }

        try
        {
            var exitCode = await parsed.InvokeAsync(configuration);
            return parsed.Action is ParseErrorAction ? ExitCode.Usage : exitCode;
        }
        catch (Exception e) when (arguments.Count > 0 && arguments[0].StartsWith("[suggest:", StringComparison.Ordinal)
            && e is (FormatException or OverflowException or ArgumentOutOfRangeException))
        {
            // a position that is none: who presses Tab wants no message in the middle of the line
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is OutputException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(TerminalText.Neutralise($"omniview-plugin-dev: {e.Message}"));
            return ExitCode.Failed;
        }
    }
}
