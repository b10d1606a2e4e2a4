using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Builds the Go backend with <c>go build</c>; its problems become errors of the build.</summary>
[MSBuildMultiThreadableTask]
public sealed class GoBuild : OmniviewTask
{
    /// <summary>The go command; found on PATH and in well-known places when empty.</summary>
    public string GoToolPath { get; set; } = "";

    public string Package { get; set; } = "./pkg";

    [Required]
    public string Output { get; set; } = "";

    /// <summary>Decides GOOS and GOARCH; this machine's when empty.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    public bool Release { get; set; }

    public bool Debuggable { get; set; }

    public string Tags { get; set; } = "";

    public string LdFlags { get; set; } = "";

    public string GcFlags { get; set; } = "";

    public bool Race { get; set; }

    public ITaskItem[] ExtraArguments { get; set; } = [];

    public string GoWork { get; set; } = "";

    public ITaskItem[] EnvironmentItems { get; set; } = [];

    protected override string Tool => "go build";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var toolchain = await GoToolchain.FindAsync(ProjectDirectory, NullIfEmpty(GoToolPath), cancellation).ConfigureAwait(false);
        var request = new GoBuildRequest
        {
            Toolchain = toolchain,
            ProjectDirectory = ProjectDirectory,
            Package = Package,
            Output = FullPath(Output)!,
            Target = GoTarget.FromRuntimeIdentifier(NullIfEmpty(RuntimeIdentifier)),
            Release = Release,
            Debuggable = Debuggable,
            Tags = NullIfEmpty(Tags),
            LdFlags = NullIfEmpty(LdFlags),
            GcFlags = NullIfEmpty(GcFlags),
            Race = Race,
            ExtraArguments = [.. ExtraArguments.Select(argument => argument.ItemSpec)],
            GoWork = NullIfEmpty(GoWork),
            Environment = NamedValues.Read(EnvironmentItems).ToDictionary(pair => pair.Key, string? (pair) => pair.Value),
        };
        Log.LogMessage(MessageImportance.Low, "{0} {1} ({2})", toolchain.Executable, string.Join(' ', GoBuildArguments.For(request)), toolchain.Version);
        var result = await GoBuilder.BuildAsync(request, LogOutput, cancellation).ConfigureAwait(false);
        Report(result.Diagnostics);
    }
}
