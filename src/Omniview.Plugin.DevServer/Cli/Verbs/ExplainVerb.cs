using System.CommandLine;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.DevServer.Cli.Explaining;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Shows the page of a code, without a network.</summary>
internal static class ExplainVerb
{
    public static Command Create(CommonOptions options)
    {
        var code = new Argument<string>("code")
        {
            Description = "As a problem has it, such as OVP1007 or TS2304.",
            HelpName = "code",
        };
        code.CompletionSources.Add(_ =>
            DiagnosticPages.Codes.Select(one => new System.CommandLine.Completions.CompletionItem(one)));
        var verb = new Command("explain", "Shows the page of a problem's code, also offline.") { code };
        CommonOptions.Refuse(verb, options.Folder, options.StateDirectory);
        VerbRun.Attach(verb, options, (run, _) => Task.FromResult(Run(run, run.Parsed.GetValue(code)!)));
        return verb;
    }

    private static int Run(VerbRun run, string typed)
    {
        if (DiagnosticPages.Find(typed) is var (code, markdown))
        {
            run.Answer(new ExplainResult(code, markdown, HelpPages.For(code)), () => DiagnosticPages.Text(markdown));
        }
        else if (DiagnosticPages.GoTypeError(typed) is var (number, name))
        {
            var link = HelpPages.ForGo(name);
            run.Answer(
                new ExplainResult(number, "", link),
                () => $"{number} is {name}, an error of Go's type checker. Go's own page of it is {link}");
        }
        else
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.CodeUnknown,
                $"There is no code {Shown.Text(typed)}. The nearest are " +
                $"{string.Join(", ", DiagnosticPages.Nearest(typed))}. A problem has its code before its text: " +
                "'plugin.yaml(1,5): error OVP1008: …'."));
        }

        return ExitCode.Ok;
    }
}
