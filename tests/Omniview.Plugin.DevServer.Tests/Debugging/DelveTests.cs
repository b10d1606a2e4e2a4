using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.DevServer.Debugging;

namespace Omniview.Plugin.DevServer.Tests.Debugging;

public sealed class DelveTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_given_one_counts_before_PATH_and_PATH_before_where_go_installs()
    {
        var given = Program("given");
        var onPath = Program("path");
        var installed = Program("gopath", "bin");

        Assert.Equal(given, Find(given, Path.GetDirectoryName(onPath)!, installed).Executable);
        Assert.Equal(onPath, Find("", Path.GetDirectoryName(onPath)!, installed).Executable);
        Assert.Equal(installed, Find(null, "", installed).Executable);
    }

    [Fact]
    public void One_in_the_project_is_passed_over()
    {
        var inProject = Program("project", "bin");
        var installed = Program("gopath", "bin");

        Assert.Equal(installed, Find(null, Path.GetDirectoryName(inProject)!, installed).Executable);
    }

    [Theory]
    [InlineData("nowhere/dlv")]
    [InlineData("/nowhere/dlv")]
    public void A_given_one_that_is_no_program_is_a_warning_that_names_the_property(string given)
    {
        var problem = Assert.Throws<DiagnosticException>(() => Find(given, "", Program("gopath", "bin"))).Diagnostic;

        Assert.Equal((DiagnosticCodes.DelveNotFound, DiagnosticSeverity.Warning), (problem.Code, problem.Severity));
        Assert.Contains($"{Delve.Property} names \"{given}\"", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_runs_at_once_and_keeps_its_environment_and_arguments()
    {
        var program = new ProcessSpec("/a b/plugin", ["-x"], "/a b")
        {
            Environment = new Dictionary<string, string?> { ["A"] = "1" },
        };

        var debugged = new Delve("/opt/dlv").Around(program, 25200);

        Assert.Equal("/opt/dlv", debugged.FileName);
        Assert.Equal(
            [
                "exec",
                "--headless",
                "--listen=127.0.0.1:25200",
                "--api-version=2",
                "--accept-multiclient",
                "--continue",
                "/a b/plugin",
                "--",
                "-x",
            ],
            debugged.Arguments);
        Assert.Equal(
            (program.WorkingDirectory, program.Environment, true),
            (debugged.WorkingDirectory, debugged.Environment, debugged.EndsOwnChildren));
    }

    private Delve Find(string? given, string searchPath, string installed) =>
        Delve.Find(
            new ExecutableFinder(Path.Combine(_folder.Path, "project"), searchPath),
            given,
            name => name == "GOPATH" ? Path.GetDirectoryName(Path.GetDirectoryName(installed)) : null);

    private string Program(params IEnumerable<string> folders)
    {
        var file = Path.Combine([_folder.Path, .. folders, "dlv"]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
