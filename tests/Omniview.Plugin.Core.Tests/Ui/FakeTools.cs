using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>Programs that note how they were called, in a folder outside every project, as real ones are.</summary>
public sealed class FakeTools : IDisposable
{
    private static readonly string RealNode = NodeTool.Find(new ExecutableFinder(Path.GetTempPath())).Executable;

    private readonly TempFolder _folder = new();

    public FakeTools()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        Directory.CreateDirectory(Folder);
    }

    public string Folder => _folder["bin"];

    /// <summary>The stand-ins first, then what their scripts need.</summary>
    public string SearchPath => $"{Folder}:/usr/bin:/bin";

    /// <summary>One <c>name arguments</c> per call so far.</summary>
    public string[] Calls => Read("calls");

    /// <summary>The folder each call ran in.</summary>
    public string[] WorkingDirectories => Read("folders");

    /// <summary>
    /// Adds a program and returns its path. One that is called node hands on what is to be evaluated to the real one.
    /// </summary>
    public string Add(string name, string script = "")
    {
        var file = _folder.Write($"bin/{name}", $"""
            #!/bin/sh
            {(name == "node" ? $"[ \"$1\" = -e ] && exec '{RealNode}' \"$@\"" : "")}
            echo "{name} $*" >> '{_folder["calls"]}'
            pwd >> '{_folder["folders"]}'
            {script}

            """);
        MakeExecutable(file);
        return file;
    }

    public static void MakeExecutable(string file)
    {
        Modes.Set(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Read(string file) => File.Exists(_folder[file]) ? File.ReadAllLines(_folder[file]) : [];
}
