using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Doctor;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Tests.Doctor;

[UnixOnly("the tools examined are shell scripts")]
public sealed class DoctorChecksTests : IDisposable
{
    private readonly ExaminedProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("""{"packageManager":"\ud800"}""")]
    [InlineData("""{"\udc00":1,"name":"\ud800","engines":{"\ud800":"\ud800","node":"\ud800"}}""")]
    public async Task Half_a_character_in_package_json_ends_no_examination(string json)
    {
        _project.Write("ui/package.json", json);

        Assert.NotEmpty((await _project.ExamineAsync()).Facts);
    }

    [Fact]
    public async Task A_good_project_needs_no_cure_and_is_not_touched()
    {
        var examination = await _project.ExamineAsync();

        // which depends on the machine
        Assert.All(examination.Findings, finding => Assert.Equal(DiagnosticCodes.WatchLimitsLow, finding.Problem.Code));
        Assert.Contains(examination.Facts, fact => fact.StartsWith("Go 1.25.3 (", StringComparison.Ordinal));
        Assert.Contains(examination.Facts, fact => fact.StartsWith("Node.js 22.12.0 (", StringComparison.Ordinal));
        Assert.Contains(examination.Facts, fact => fact.StartsWith("pnpm 10.0.0 (", StringComparison.Ordinal));
        Assert.Contains(examination.Facts, fact => fact.StartsWith("Vite 7.3.5 (", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_project.State));
    }

    [Theory]
    [InlineData("go 1.26.1", "auto", DiagnosticCodes.GoIsFetched)]
    [InlineData("go 1.26.1", "local", DiagnosticCodes.GoTooOld)]
    [InlineData("go 1.26.1", "local+auto", DiagnosticCodes.GoIsFetched)]
    [InlineData("go 1.25\n\ntoolchain go1.26.1", "auto", DiagnosticCodes.GoIsFetched)]
    [InlineData("go 1.25\n\ntoolchain go1.26.1", "local", null)]
    [InlineData("go 1.25.3", "auto", null)]
    public async Task Go_is_held_against_go_mod(string lines, string toolchain, string? code)
    {
        _project.Write("go.mod", $"module example.com/examined\n\n{lines}\n");
        _project.Go("1.25.3", toolchain);

        var findings = (await _project.ExamineAsync()).Findings.Where(
            finding => finding.Problem.File?.EndsWith("go.mod", StringComparison.Ordinal) == true).ToList();

        Assert.Equal(code, findings.SingleOrDefault()?.Problem.Code);
        Assert.All(
            findings,
            finding => Assert.Equal(lines.Contains("toolchain", StringComparison.Ordinal) ? 5 : 3, finding.Problem.Line)
        );
    }

    [Fact]
    public async Task A_missing_go_is_told_with_the_rest()
    {
        File.Delete(Path.Combine(_project.Settings.SearchPath!, "go"));
        _project.Tool("pnpm", "echo 9.15.0");

        var findings = (await _project.ExamineAsync()).Findings;

        Assert.Equal(
            [DiagnosticCodes.GoNotFound, DiagnosticCodes.PackageManagerVersionDiffers],
            findings.Select(finding => finding.Problem.Code).Where(code => code != DiagnosticCodes.WatchLimitsLow));
        Assert.Contains("OVP2001.md", findings[0].Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_is_held_against_the_engines_of_the_ui_and_of_vite()
    {
        _project.Tool("node", "echo v20.11.1");

        var finding = Assert.Single(await _project.FindAsync(DiagnosticCodes.NodeVersionUnfit));

        Assert.Equal(
            "vite runs with Node.js ^20.19.0 || >=22.12.0, and " + _project.Settings.Ui.NodePath + " is 20.11.1.",
            finding.Problem.Message);
        Assert.EndsWith("vite/package.json", finding.Problem.File, StringComparison.Ordinal);

        _project.Tool("node", "exit 3");
        Assert.Equal(
            DiagnosticSeverity.Error,
            Assert.Single(await _project.FindAsync(DiagnosticCodes.NodeVersionUnfit)).Problem.Severity);
    }

    [Fact]
    public async Task The_package_manager_is_held_against_the_one_that_is_named()
    {
        _project.Write(
            "ui/package.json", """{ "packageManager": "pnpm@10.34.9+sha512.abc", "engines": { "pnpm": ">=11" } }""");

        Assert.Equal(2, (await _project.FindAsync(DiagnosticCodes.PackageManagerVersionDiffers)).Count);
    }

    [Fact]
    public async Task No_free_port_is_told_with_who_has_them()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var settings = _project.Settings;

        var finding = Assert.Single(await _project.FindAsync(
            DiagnosticCodes.NoFreePort, settings with { Ui = settings.Ui with { PortStart = port, PortEnd = port } }));

        Assert.Contains($"(PID {Environment.ProcessId})", finding.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_directory_that_others_may_write_or_that_is_a_file_or_leads_elsewhere_is_told()
    {
        Directory.CreateDirectory(Path.Combine(_project.State, "plugins"));
        File.SetUnixFileMode(Path.Combine(_project.State, "plugins"), (UnixFileMode)0b111_111_111);
        Directory.CreateSymbolicLink(Path.Combine(_project.State, "devhost"), Path.GetTempPath());

        Assert.Equal(
            ["chmod go-w", "Remove the link"],
            (await _project.FindAsync(DiagnosticCodes.StateDirectoryExposed))
                .Select(finding => finding.Cure)
                .Order()
                .Select(cure => cure.Contains("chmod", StringComparison.Ordinal) ? "chmod go-w" : "Remove the link"));
        Assert.Empty(Directory.EnumerateFiles(_project.State, "*", new EnumerationOptions { AttributesToSkip = 0 }));

        Directory.Delete(Path.Combine(_project.State, "plugins"));
        File.WriteAllText(Path.Combine(_project.State, "plugins"), "");
        Assert.Contains(
            "it is no folder",
            Assert.Single(await _project.FindAsync(DiagnosticCodes.StateDirectoryUnusable)).Problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_tool_is_asked_where_somebody_else_could_say_what_it_runs()
    {
        foreach (var tool in new[] { "node", "pnpm", "go" })
        {
            _project.Tool(
                tool, $"pwd > '{_project.Directory}/{tool}.ran'; echo \"$YARN_IGNORE_PATH " +
                    $"$COREPACK_ENABLE_NETWORK\" > '{_project.Directory}/{tool}.env'; echo 10.0.0");
        }

        _project.Write("go.mod", "module example.com/examined\n\ngo 1.99\n");
        await _project.ExamineAsync();

        Assert.All(
            ["node", "pnpm"],
            tool => Assert.Equal("/", File.ReadAllText(Path.Combine(_project.Directory, tool + ".ran")).Trim()));
        Assert.Equal("1 0", File.ReadAllText(Path.Combine(_project.Directory, "pnpm.env")).Trim());
    }

    [Fact]
    public void Where_tools_are_asked_nobody_but_the_administrator_writes()
    {
        for (var folder = SystemFolder.Path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            Assert.True(FileFacts.Behind(folder) is { Owner: 0, OthersMayWrite: false });
        }
    }

    [Fact]
    public async Task The_ways_of_plugin_sdk_are_told_and_need_no_cure()
    {
        _project.Write(
            "go.mod", "module example.com/examined\n\ngo 1.25\n\nrequire github.com/omniviewdev/plugin-sdk v0.2.0\n");

        Assert.Equal(
            DiagnosticSeverity.Message,
            Assert.Single(await _project.FindAsync(DiagnosticCodes.SdkReadsHome)).Problem.Severity);
    }

    [Fact]
    public void Few_watches_and_missing_tools_are_told()
    {
        Assert.Null(WatchLimitsCheck.Problem(8, 2000));
        Assert.Contains("only 7 more", WatchLimitsCheck.Problem(7, 2000)!.Problem.Message, StringComparison.Ordinal);
        Assert.Contains("and 1999 more", WatchLimitsCheck.Problem(8, 1999)!.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(
            DiagnosticCodes.NoContainment,
            Assert.Single(ContainmentCheck.Run(isLinux: true, hasGroups: false)).Problem.Code);
        Assert.Empty(ContainmentCheck.Run(isLinux: true, hasGroups: true));
    }

    [Fact]
    public void What_this_process_watches_is_counted()
    {
        using var watcher = new FileSystemWatcher(_project.Directory)
        {
            IncludeSubdirectories = true,
            EnableRaisingEvents = true,
        };

        var (instances, watches) = WatchUsage.OfThisUser();

        Assert.True(instances >= 1 && watches >= 3, $"{instances} instances, {watches} watches");
    }
}
