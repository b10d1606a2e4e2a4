using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoToolchainTests : IDisposable
{
    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Finds_the_go_of_this_machine_and_knows_it_as_go_does()
    {
        var found = await GoToolchain.FindAsync(_project.Path, null, GoProject.Cancellation);

        Assert.Equal($"go{found.Version}", await _project.GoAsync("env", "GOVERSION"));
        Assert.True(found.GoRoot is null || Directory.Exists(Path.Combine(found.GoRoot, "src")));
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public async Task Reads_the_version_of_an_installation_without_starting_it_also_through_a_link()
    {
        var fake = _project.Fake("exit 99\n");
        var installed = Path.GetDirectoryName(_project.Write("sdk/VERSION", "go1.25.3\ntime 2026-01-01T00:00:00Z\n"))!;
        Directory.CreateDirectory(Path.Combine(installed, "bin"));
        File.Move(fake.Executable, Path.Combine(installed, "bin", "go"));
        var link = File.CreateSymbolicLink(_project["fake/go"], "../sdk/bin/go").FullName;

        Assert.Equal(
            new GoToolchain(link, new GoVersion(1, 25, 3), installed),
            await GoToolchain.FindAsync(_project.Path, link, GoProject.Cancellation));
    }

    [Fact]
    public async Task Asks_a_go_without_version_file_once_and_again_when_it_has_changed()
    {
        var fake = _project.Fake(
            "echo asked >> \"$0.log\"\necho go version go1.26.1 linux/amd64 toolchain=$GOTOOLCHAIN >&2\n");
        var first = await GoToolchain.FindAsync(_project.Path, fake.Executable, GoProject.Cancellation);
        await GoToolchain.FindAsync(_project.Path, fake.Executable, GoProject.Cancellation);

        Assert.Equal(new GoToolchain(fake.Executable, new GoVersion(1, 26, 1), null), first);
        Assert.Single(await File.ReadAllLinesAsync(fake.Executable + ".log", GoProject.Cancellation));

        _project.Fake("echo go version go1.27rc1 linux/amd64\n");
        Assert.Equal(
            "rc1", (await GoToolchain.FindAsync(_project.Path, fake.Executable, GoProject.Cancellation)).Version.Pre);
    }

    [Fact]
    public async Task Says_what_a_go_that_does_not_work_said()
    {
        var fake = _project.Fake("echo 'no version is set for go' >&2\nexit 126\n");

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => GoToolchain.FindAsync(_project.Path, fake.Executable, GoProject.Cancellation))).Diagnostic;

        Assert.Equal(DiagnosticCodes.GoNotFound, problem.Code);
        Assert.Contains("exit code 126 and said 'no version is set for go'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_fall_back_when_the_property_is_wrong()
    {
        var problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => GoToolchain.FindAsync(_project.Path, "/no/such/go", GoProject.Cancellation))).Diagnostic;

        Assert.Equal(DiagnosticCodes.GoNotFound, problem.Code);
        Assert.Contains("the property GoToolPath names '/no/such/go'", problem.Message, StringComparison.Ordinal);
    }
}
