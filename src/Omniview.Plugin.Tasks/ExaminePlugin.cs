using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Doctor;
using Omniview.Plugin.Core.Wire;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Examines the project and the machine; findings are errors, warnings and messages.</summary>
[MSBuildMultiThreadableTask]
public sealed class ExaminePlugin : OmniviewTask
{
    /// <summary>Written by <see cref="WriteDevSettings"/>.</summary>
    [Required]
    public string SettingsFile { get; set; } = "";

    protected override string Tool => "Doctor";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var (stateDirectory, settings) = DevSettingsFile.Read(FullPath(SettingsFile)!);
        var (facts, findings) = await DoctorChecks.RunAsync(stateDirectory, settings.WithEnvironment(), cancellation);
        foreach (var fact in facts)
        {
            Log.LogMessage(MessageImportance.High, "{0}", fact);
        }

        Report(findings.Select(finding => finding.ToDiagnostic()));
    }
}
