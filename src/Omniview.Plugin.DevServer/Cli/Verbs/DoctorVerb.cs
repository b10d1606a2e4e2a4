using System.CommandLine;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Doctor;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Examines a plugin's folder and the machine.</summary>
internal static class DoctorVerb
{
    public static Command Create(CommonOptions options)
    {
        var verb = new Command(
            "doctor", "Examines tools, ports, folders and Vite's settings: ends with 1 when something needs a cure.");
        VerbRun.Attach(verb, options, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbRun run, CancellationToken cancellation)
    {
        var settings = new DevSettings
        {
            ProjectDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Folder ?? ".")),
        }.WithEnvironment();
        var (facts, findings) = await DoctorChecks.RunAsync(run.StateDirectory, settings, cancellation);
        run.Answer(new DoctorResult(
            facts, [.. findings.Select(DoctorFinding.Of)]), () => string.Join('\n', Lines(facts, findings)));
        return findings.Any(finding => finding.Problem.Severity != DiagnosticSeverity.Message)
            ? ExitCode.Failed
            : ExitCode.Ok;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> facts, IReadOnlyList<Finding> findings)
    {
        foreach (var fact in facts)
        {
            yield return $"ok  {fact}";
        }

        var links = new HelpLinks();
        foreach (var finding in findings)
        {
            yield return finding.Problem.ToString();
            yield return $"    cure: {finding.Cure}";
            if (!finding.SaysOnlyWhere && links.Line(finding.Problem.Code, finding.Problem.HelpLink) is { } link)
            {
                yield return $"  {link}";
            }
        }

        var problems = findings.Count(finding => finding.Problem.Severity != DiagnosticSeverity.Message);
        yield return problems == 0
            ? "Nothing needs a cure."
            : FormattableString.Invariant($"{problems} {(problems == 1 ? "problem" : "problems")}.");
    }
}
