using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>
/// A Go module of one test, and the real Go of this machine to build it with. Without Go on PATH its tests fail.
/// </summary>
internal sealed class GoProject : IDisposable
{
    public const string Main = "package main\n\nfunc main() { println(\"hello\") }\n";

    private readonly TempFolder _folder = new();

    public GoProject() => Write("go.mod", "module example.com/p\n\ngo 1.21\n");

    public string Path => _folder.Path;

    public string Output => this["build/bin/plugin"];

    public List<OutputLine> Lines { get; } = [];

    public string this[string relative] => _folder[relative];

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Writes a shell script that plays go.</summary>
    public GoToolchain Fake(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the fake go is a shell script");
        var file = Write("fake/go", "#!/bin/sh\n" + script);
        Modes.Set(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        return new GoToolchain(file, new GoVersion(1, 27, 0), null);
    }

    public async Task<GoBuildRequest> RequestAsync() => new()
    {
        Toolchain = await GoToolchain.FindAsync(Path, null, Cancellation),
        ProjectDirectory = Path,
        Output = Output,
    };

    public GoBuildRequest Request(GoToolchain toolchain) =>
        new() { Toolchain = toolchain, ProjectDirectory = Path, Output = Output };

    public async Task<GoBuildResult> BuildAsync() => await BuildAsync(await RequestAsync());

    public Task<GoBuildResult> BuildAsync(GoBuildRequest request) =>
        GoBuilder.BuildAsync(request, Lines.Add, Cancellation);

    public async Task<Diagnostic> FailAsync(GoBuildRequest request)
    {
        var result = await BuildAsync(request);
        Assert.False(result.Success);
        return Assert.Single(result.Diagnostics);
    }

    public async Task<string> GoAsync(params string[] arguments) =>
        (await ToolRunner.CaptureAsync(new ProcessSpec(
            (await RequestAsync()).Toolchain.Executable, arguments, Path), Cancellation)).Output;

    public void Dispose() => _folder.Dispose();
}
