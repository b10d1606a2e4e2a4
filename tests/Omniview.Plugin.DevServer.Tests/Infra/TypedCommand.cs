using Omniview.Plugin.DevServer.Cli;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// Runs the command line in this process, a thousand times if need be, and gets only what that run prints.
/// </summary>
internal static class TypedCommand
{
    private static readonly AsyncLocal<StringWriter?> Output = new();
    private static readonly AsyncLocal<StringWriter?> Errors = new();

    static TypedCommand()
    {
        Console.SetOut(new Switch(Console.Out, Output));
        Console.SetError(new Switch(Console.Error, Errors));
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(IReadOnlyList<string> arguments)
    {
        (Output.Value, Errors.Value) = (new StringWriter(), new StringWriter());
        try
        {
            var exitCode = await CommandLine.RunAsync(arguments);
            return (exitCode, Output.Value.ToString(), Errors.Value.ToString());
        }
        catch (Exception e)
        {
            return (-1, Output.Value.ToString(), $"Unhandled: {e}");
        }
    }

    /// <summary>The console of the process, but for what has one of its own.</summary>
    private sealed class Switch(TextWriter everyone, AsyncLocal<StringWriter?> own) : TextWriter
    {
        public override System.Text.Encoding Encoding => everyone.Encoding;

        public override void Write(char value) => (own.Value ?? everyone).Write(value);

        public override void Write(string? value) => (own.Value ?? everyone).Write(value);

        public override void WriteLine(string? value) => (own.Value ?? everyone).WriteLine(value);

        public override void Flush() => (own.Value ?? everyone).Flush();
    }
}
