using System.CommandLine;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>One run of a verb: what was typed, and the two forms in which it can answer.</summary>
internal sealed class VerbRun(ParseResult parsed, CommonOptions options)
{
    public ParseResult Parsed { get; } = parsed;

    public bool Json { get; } = parsed.GetValue(options.Json);

    public string StateDirectory => options.ResolveStateDirectory(Parsed);

    public string? Folder { get; } = parsed.GetValue(options.Folder);

    /// <summary>
    /// Makes a verb of an action: a problem becomes its message and the exit code that fits, in the form asked for.
    /// </summary>
    public static void Attach(
        Command verb, CommonOptions options, Func<VerbRun, CancellationToken, Task<int>> action) =>
        verb.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(new VerbRun(parsed, options), cancellation);
            }
            catch (Exception e) when (ProblemOf(e) is { } problem)
            {
                return Fail(problem, parsed.GetValue(options.Json));
            }
        });

    /// <summary>What to tell of an exception that is no fault of this program; null for others.</summary>
    public static Diagnostic? ProblemOf(Exception e) => e switch
    {
        DiagnosticException known => known.Diagnostic,
        IOException or UnauthorizedAccessException or HttpRequestException or JsonException =>
            Diagnostic.Error(DiagnosticCodes.HostDoesNotAnswer, $"The dev host can't be asked: {e.Message}"),
        _ => null,
    };

    /// <summary>Prints the value as one line of JSON, or what is written for people.</summary>
    public void Answer<T>(T value, Func<string> text)
        where T : notnull
    {
        if (Json)
        {
            Write(JsonSerializer.Serialize(value, WireJson.Options));
        }
        else
        {
            Say(text());
        }
    }

    /// <summary>A line, or some, for people; nothing with <c>--json</c>.</summary>
    public void Say(string text)
    {
        if (!Json)
        {
            Write(TerminalText.Neutralise(text));
        }
    }

    private static void Write(string text)
    {
        try
        {
            Console.WriteLine(text);
        }
        catch (IOException e)
        {
            throw new OutputException(e);
        }
    }

    private static int Fail(Diagnostic problem, bool json)
    {
        var code = problem.Code switch
        {
            DiagnosticCodes.PluginNotServed => ExitCode.NotServed,
            DiagnosticCodes.PluginAmbiguous or DiagnosticCodes.PluginIdIllegal or DiagnosticCodes.StateDirectoryRelative
                or DiagnosticCodes.CodeUnknown or DiagnosticCodes.PatternTooSlow => ExitCode.Usage,
            _ => ExitCode.Failed,
        };
        if (json)
        {
            Write(JsonSerializer.Serialize(new Failure(code, BuildError.From(problem)), WireJson.Options));
        }
        else
        {
            Console.Error.WriteLine(TerminalText.Neutralise(string.Join('\n', new HelpLinks().Lines([problem]))));
        }

        return code;
    }
}
