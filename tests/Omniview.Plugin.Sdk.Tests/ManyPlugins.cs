using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>In a folder without a <c>%20</c>, which NuGet decodes in the paths of a solution.</summary>
public sealed class ManyPlugins(PackageCache packages) : DevScratch(packages, "many plugins")
{
    private static readonly string[] Five = ["one", "two", "three", "four", "five"];

    [Fact]
    public async Task Are_built_tested_packed_and_cleaned_as_one_solution()
    {
        WriteSolution(Five.Select(name => WriteSmallPlugin(name)));
        var archives = Path.Combine(Root, "archives");

        (await BuildAsync("All.slnx", "-m", "-graph", "-check", "-warnaserror")).ShouldSucceed();
        Assert.All(Five, name => Assert.True(File.Exists(InProject($"{name}/build/bin/plugin"))));
        var test = (await DotnetAsync("test", "All.slnx", "-tl:off", "--no-build")).ShouldSucceed();
        (await DotnetAsync("pack", "All.slnx", "-tl:off", "--no-restore", "-o", archives)).ShouldSucceed();
        (await DotnetAsync("clean", "All.slnx", "-tl:off")).ShouldSucceed();
        (await DotnetAsync("restore", "All.slnx", "-tl:off")).ShouldSucceed();

        Assert.All(
            Five,
            name => Assert.Contains($"{name}: 0 passed, 0 failed, 0 skipped", test.Lines.Select(line => line.Trim())));
        Assert.Equal(
            Five.Select(name => $"{name}-linux_amd64.tar.gz").Order(StringComparer.Ordinal),
            Directory
                .EnumerateFiles(archives, "*.tar.gz")
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal));
        Assert.All(Five, name => Assert.False(File.Exists(InProject($"{name}/build/bin/plugin"))));
    }

    [Fact]
    public async Task Run_side_by_side_with_one_dev_host()
    {
        WriteSolution(Five.Select(name =>
        {
            SourceFolder.Copy(Repository.Sample, InProject(name));
            Directory.Delete(InProject($"{name}/ui"), recursive: true);
            File.Delete(InProject($"{name}/Hello.Omniview.csproj"));
            File.Delete(InProject($"{name}/global.json"));
            Replace($"{name}/pkg/main.go", "const pluginID = \"hello-omniview\"", $"const pluginID = \"{name}\"");
            return WriteSmallPlugin(name, withGo: false);
        }));

        var dev = Start("dotnet", "build", "All.slnx", "-nologo", "-tl:off", "-t:Dev");
        await Poll.UntilAsync(
            async () =>
                (await Task.WhenAll(Five.Select(name => Greeter.GreetAsync(Installed(name, ".devinfo"), "Ada")))).All(
                    answer => answer is not null),
            "all five plugins answer");

        Assert.Single(
            LivingProcesses(), process => process.Contains("omniview-plugin-dev.dll host ", StringComparison.Ordinal));

        await Task.WhenAll(
            Five.Select(name =>
                dev.WaitForAsync(text =>
                    text.Split('\n')
                        .Any(line =>
                            line.Trim().StartsWith($"{name} | ", StringComparison.Ordinal)
                            && line.Contains("ready in ", StringComparison.Ordinal)))));
        Assert.DoesNotContain('\e', dev.Text);

        Replace("three/pkg/greeting.go", "\"Hello\"", "missing");
        await dev.WaitForAsync(text =>
            text.Split('\n')
                .Any(line =>
                    line.Trim()
                    == $"{InProject("three/pkg/greeting.go")}(4,18): error "
                    + "GO7075: undefined: missing [UndeclaredName]"));
        await dev.WaitForAsync(text =>
            text.Split('\n')
                .Any(line =>
                    line.Trim().StartsWith("three | ", StringComparison.Ordinal)
                    && line.EndsWith("generation 1 keeps running", StringComparison.Ordinal)));

        dev.Signal(PosixSignal.SIGINT);
        await dev.ExitAsync();
        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.All(Five, name => Assert.False(File.Exists(Installed(name, ".devinfo"))));
    }

    [Fact]
    public async Task Have_coloured_names_on_a_terminal_as_far_as_MSBuild_has_it_itself()
    {
        // which end at once: what is said of that is enough
        WriteSolution(Five.Take(2).Select(name => WriteSmallPlugin(name)));
        await using var terminal = new Terminal(Root, (program, arguments) => RunAsync(program, arguments));
        await terminal.OpenAsync();

        await terminal.TypeAsync("dotnet build All.slnx -nologo -tl:off -m:2 -t:Dev; echo ended with $?");
        await terminal.WaitForAsync(
            screen => Five.Take(2).All(name => screen.Contains($"{name} |   Stop with", StringComparison.Ordinal)),
            "both say who they are");
        var coloured = await terminal.ReadColoursAsync();
        await terminal.PressCtrlCAsync();
        await terminal.WaitForAsync(
            screen => screen.Contains("ended with 1", StringComparison.Ordinal), "it has ended");

        // the other's node is a process of its own
        Assert.Single(Five.Take(2), name => Regex.IsMatch(coloured, $@"\e\[\d+m{name} \|\e"));
    }

    [Fact]
    public async Task Are_told_when_MSBuild_would_start_only_the_first()
    {
        WriteSolution(Five.Take(2).Select(name => WriteSmallPlugin(name)));

        var dev = Start("dotnet", "build", "All.slnx", "-nologo", "-tl:off", "-t:Dev", "-m:1");
        await dev.WaitForAsync("Add -m:2, ");

        dev.Signal(PosixSignal.SIGINT);
        await dev.ExitAsync();
    }

    [Fact]
    public async Task Are_built_before_what_references_them_which_gets_them_beside_its_own_output()
    {
        WriteSmallPlugin("inner");
        WriteSmallPlugin("outer", """
            <ItemGroup><ProjectReference Include="../inner/inner.csproj" /></ItemGroup>
            <Target Name="Order" BeforeTargets="BeforeGoBuild">
              <Message Importance="High"
                       Text="inner is there: $([System.IO.File]::Exists('../inner/build/bin/plugin'))" />
            </Target>
            """);
        Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup><ProjectReference Include="../outer/outer.csproj" /></ItemGroup>
            </Project>
            """);
        Write("app/Program.cs", "System.Console.WriteLine(\"runs\");\n");

        var build = (await BuildAsync("app", "-m", "-graph", "-p:UseSharedCompilation=false")).ShouldSucceed();
        Write("app/Program.cs", "System.Console.WriteLine(\"runs\"); // changed\n");
        (await BuildAgainAsync("app", "--no-dependencies", "-p:UseSharedCompilation=false")).ShouldSucceed();
        (
            await DotnetAsync(
                "publish",
                "app",
                "-tl:off",
                "-r",
                "win-x64",
                "--no-self-contained",
                "-o",
                Path.Combine(Root, "published"),
                "-p:UseSharedCompilation=false")
        ).ShouldSucceed();

        Assert.Contains(build.Lines, line => line.Trim() == "inner is there: True");
        var output = InProject("app/bin/Debug/net10.0");
        Assert.Equal("runs\n", (await DotnetAsync(Path.Combine(output, "app.dll"))).ShouldSucceed().Output);
        Assert.All(["inner", "outer"], name =>
        {
            Assert.True(File.Exists(Path.Combine(output, "plugins", name, "plugin.yaml")));
            Assert.True(File.GetUnixFileMode(Path.Combine(
                output, "plugins", name, "bin", "plugin")).HasFlag(UnixFileMode.UserExecute));
            Assert.True(File.Exists(Path.Combine(Root, "published", "plugins", name, "bin", "plugin.exe")));
        });
    }

    private string WriteSmallPlugin(string name, string body = "", bool withGo = true)
    {
        Write(
            $"{name}/{name}.csproj",
            $"""<Project Sdk="Omniview.Plugin.Sdk/{Repository.SdkVersion}">{body}</Project>""");
        Write($"{name}/plugin.yaml", $"id: {name}\nversion: 1.0.0\ncapabilities: [resource]\n");
        if (withGo)
        {
            Write($"{name}/go.mod", $"module example.com/{name}\n\ngo 1.25\n");
            Write($"{name}/pkg/main.go", "package main\n\nfunc main() {}\n");
        }

        return $"{name}/{name}.csproj";
    }

    private void WriteSolution(IEnumerable<string> projects) =>
        Write(
            "All.slnx",
            $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>");
}
