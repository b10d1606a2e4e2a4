using Omniview.Plugin.Core.Doctor;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>One finding of <c>doctor</c>.</summary>
/// <param name="Severity"><c>error</c>, <c>warning</c>, or <c>message</c> for what is good to know.</param>
/// <param name="What">What is wrong.</param>
/// <param name="File">Where: a file or folder, or empty.</param>
/// <param name="Line">1-based, or 0.</param>
/// <param name="Column">1-based, or 0.</param>
/// <param name="Cure">What to do.</param>
internal sealed record DoctorFinding(
    string Code, string Severity, string What, string File, int Line, int Column, string Cure, string HelpLink)
{
    public static DoctorFinding Of(Finding finding)
    {
        var problem = finding.Problem;
        return new(
            problem.Code,
            problem.Severity.ToString().ToLowerInvariant(),
            problem.Message,
            problem.File ?? "",
            problem.Line,
            problem.Column,
            finding.Cure,
            problem.HelpLink);
    }
}
