using Omniview.Plugin.Core.Doctor;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Doctor;

/// <summary>
/// A plugin with Go and UI for the doctor, with nothing wrong, and tools that only say their versions.
/// </summary>
public sealed class ExaminedProject : IDisposable
{
    private readonly TempFolder _temp = new();

    public ExaminedProject()
    {
        Write("plugin.yaml", "id: examined\nversion: 1.0.0\ncapabilities: [resource, ui]\n");
        Write("go.mod", "module example.com/examined\n\ngo 1.25\n");
        Write("pkg/main.go", "package main\n");
        Write(
            "ui/package.json",
            """{ "name": "examined-ui", "packageManager": "pnpm@10.0.0", "engines": { "node": ">=20" } }""");
        Write("ui/vite.config.ts", "export default { server: { host: '127.0.0.1' } };\n");
        Write("ui/node_modules/vite/bin/vite.js", "");
        Write(
            "ui/node_modules/vite/package.json",
            """{ "name": "vite", "version": "7.3.5", "engines": { "node": "^20.19.0 || >=22.12.0" } }""");
        Go("1.25.3", "auto");
        Tool("node", "echo v22.12.0");
        Tool("pnpm", "echo 10.0.0");
    }

    public string State => Path.Combine(_temp.Path, "state");

    public string Directory => Path.Combine(_temp.Path, "plugin");

    public string Write(string file, string text) => _temp.Write(Path.Combine("plugin", file), text);

    public void Go(string version, string toolchain) =>
        Tool("go", $"[ \"$1\" = env ] && echo {toolchain} || echo go version go{version} linux/amd64");

    public string Tool(string name, string script)
    {
        var file = _temp.Write($"tools/{name}", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    internal DevSettings Settings =>
        new()
        {
            ProjectDirectory = Directory,
            SearchPath = Path.Combine(_temp.Path, "tools"),
            Go = new DevSettings.GoSettings { ToolPath = Path.Combine(_temp.Path, "tools", "go") },
            Ui = new DevSettings.UiSettings
            {
                NodePath = Path.Combine(_temp.Path, "tools", "node"),
                PackageManagerPath = Path.Combine(_temp.Path, "tools", "pnpm"),
            },
        };

    internal Task<DoctorReport> ExamineAsync(DevSettings? settings = null) =>
        DoctorChecks.RunAsync(State, settings ?? Settings, TestContext.Current.CancellationToken);

    /// <summary>The findings of one code.</summary>
    internal async Task<IReadOnlyList<Finding>> FindAsync(string code, DevSettings? settings = null) =>
        [.. (await ExamineAsync(settings)).Findings.Where(finding => finding.Problem.Code == code)];

    public void Dispose() => _temp.Dispose();
}
