using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoKnownFailureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public GoKnownFailureTests()
    {
        _folder.Write("go.mod", "module example.com/p\n\ngo 1.99\ntoolchain go1.99.3\n");
        _folder.Write("go.work", "use .\ngo 1.98\n");
        _folder.Write("other/go.mod", "module other\n\n\ngo 1.97\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("go: go.mod requires go >= 1.99 (running go 1.27.3; GOTOOLCHAIN=local)", "go.mod", 3)]
    [InlineData("go: go.work requires go >= 1.98 (running go 1.27.4; GOTOOLCHAIN=local)", "go.work", 2)]
    [InlineData("go: other/go.mod requires go >= 1.97 (running go 1.27.4; GOTOOLCHAIN=local)", "other/go.mod", 4)]
    [InlineData("go: example.com/x@v1.2.3 requires go >= 1.99 (running go 1.27.4)", "go.mod", 3)]
    [InlineData("go: download go1.99.0 for linux/amd64: toolchain not available", "go.mod", 3)]
    [InlineData(
        "go: download go1.99.3: golang.org/toolchain@v0.0.1-go1.99.3.linux-amd64: "
            + "dial tcp 127.0.0.1:9: connect: connection refused",
        "go.mod",
        4
    )]
    [InlineData("go: cannot find \"go1.99.0\" in PATH", "go.mod", 3)]
    public void Puts_a_go_that_is_too_old_where_the_newer_one_is_asked_for(string line, string file, int lineNumber)
    {
        var problem = GoKnownFailure.Read(line, _folder.Path, GoWorkspace.Nearest(_folder.Path).File);

        Assert.Equal(
            (DiagnosticCodes.GoTooOld, Path.GetFullPath(_folder[file]), lineNumber, 1),
            (problem?.Code, problem?.File, problem?.Line, problem?.Column));
        Assert.StartsWith(line[4..], problem?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("go: go.mod file not found in current directory or any parent directory; see 'go help modules'")]
    [InlineData("go: cannot find main module, but found .git/config in /home/dev")]
    public void Says_how_to_make_a_missing_module(string line)
    {
        var problem = GoKnownFailure.Read(line, _folder.Path, GoWorkspace.Nearest(_folder.Path).File);

        Assert.Equal(DiagnosticCodes.GoModuleMissing, problem?.Code);
        Assert.Contains("go mod init", problem?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("go: downloading go1.99.0 (linux/amd64)")]
    [InlineData(
        "go: module . listed in go.work file requires go >= 1.24, but go.work lists go 1.22; "
            + "to download and use go 1.24:")]
    [InlineData("go: unknown GOEXPERIMENT suchexp")]
    public void Leaves_the_rest_alone(string line)
    {
        Assert.Null(GoKnownFailure.Read(line, _folder.Path, GoWorkspace.Nearest(_folder.Path).File));
    }
}
