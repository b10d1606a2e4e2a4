using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go.Commands;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Looks for suspicious Go code with <c>go vet</c>; what it finds becomes warnings.</summary>
[MSBuildMultiThreadableTask]
public sealed class GoVet : GoTask
{
    [Required]
    public ITaskItem[] Packages { get; set; } = [];

    public ITaskItem[] VetArguments { get; set; } = [];

    protected override string Tool => "go vet";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var request = new GoVetRequest(await SettingsAsync(cancellation))
        {
            Packages = Values(Packages),
            VetArguments = Values(VetArguments),
        };
        LogCommand(request, GoVetter.Arguments(request));
        Report(await GoVetter.VetAsync(request, LogOutput, cancellation));
    }
}
