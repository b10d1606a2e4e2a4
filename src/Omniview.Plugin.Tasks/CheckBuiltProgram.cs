using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Packaging;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Compares how the programs that <c>--no-build</c> ships were built with what the properties say now. Go need not be
/// there.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckBuiltProgram : GoTask
{
    /// <summary>The platforms as runtime identifiers, each with the metadata <c>Binary</c>.</summary>
    [Required]
    public ITaskItem[] Platforms { get; set; } = [];

    protected override string Tool => "pack";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        var request = new GoRequest
        {
            Toolchain = new GoToolchain("go", default, GoRoot: null),
            ProjectDirectory = ProjectDirectory,
            Release = Release,
            Options = GoOptionItems.Read(Options),
            Environment = ReadEnvironment(),
        };
        foreach (var program in Platforms.Select(one => FullPath(one.GetMetadata("Binary"))).Where(File.Exists))
        {
            if (BuiltProgram.Difference(request, program!) is { } difference)
            {
                Report([difference]);
            }
        }

        return Task.CompletedTask;
    }
}
