using System.Collections.Concurrent;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Toolchain;

/// <summary>A Go installation.</summary>
/// <param name="Executable">Absolute path of the go command.</param>
/// <param name="Version">Its own version. A build may run a newer one, when go.mod asks for it and GOTOOLCHAIN lets Go
/// switch.</param>
/// <param name="GoRoot">Absolute path of the installation; null when the command is a shim that alone knows it.</param>
internal sealed record GoToolchain(string Executable, GoVersion Version, string? GoRoot)
{
    // A version manager's shim gives another Go in another folder, hence the project in the key.
    private static readonly ConcurrentDictionary<(
        string File, DateTime Written, long Size, string Project), GoVersion> Asked = new();

    /// <summary>
    /// The Go to build with: the property GoToolPath, else the variable OMNIVIEW_GO_PATH, else PATH outside the
    /// project, else where installers put it.
    /// </summary>
    /// <param name="projectDirectory">Absolute path of the project.</param>
    /// <param name="property">Value of the property: the go command or a folder that has it; a relative path is
    /// relative to the project.</param>
    /// <param name="cancellation">Ends the wait for <c>go version</c>.</param>
    /// <param name="searchPath">Instead of this process's PATH.</param>
    /// <param name="variable">Instead of this process's variables.</param>
    /// <exception cref="DiagnosticException">OVP2001: there is none, or it does not say its version. OVP2006: it can't
    /// be started.</exception>
    public static Task<GoToolchain> FindAsync(
        string projectDirectory,
        string? property,
        CancellationToken cancellation,
        string? searchPath = null,
        Func<string, string?>? variable = null) =>
        OpenAsync(
            new GoFinder(
                projectDirectory,
                property,
                (variable ?? Environment.GetEnvironmentVariable)(GoFinder.Variable),
                GoFinder.WellKnownFolders((variable ?? Environment.GetEnvironmentVariable)("GOROOT")),
                searchPath
            ).Find(),
            projectDirectory,
            cancellation);

    /// <summary>The installation a go command belongs to.</summary>
    internal static async Task<GoToolchain> OpenAsync(
        string executable, string projectDirectory, CancellationToken cancellation)
    {
        var file = new FileInfo(RealPath.Of(executable) ?? executable);
        if (file.Directory?.Parent is { } root && VersionFile(root.FullName) is { } written)
        {
            return new GoToolchain(executable, written, root.FullName);
        }

        var key = (file.FullName, file.LastWriteTimeUtc, file.Length, projectDirectory);
        if (!Asked.TryGetValue(key, out var version))
        {
            version = await AskAsync(executable, projectDirectory, cancellation);
            Asked[key] = version;
        }

        return new GoToolchain(executable, version, null);
    }

    /// <summary>Every Go release has its name in the first line of GOROOT/VERSION: no process needed.</summary>
    private static GoVersion? VersionFile(string root)
    {
        try
        {
            return File.ReadLines(Path.Combine(root, "VERSION")).FirstOrDefault() is { } line
                && line.StartsWith("go", StringComparison.Ordinal)
                && GoVersion.TryParse(line, out var version) ? version : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<GoVersion> AskAsync(
        string executable, string projectDirectory, CancellationToken cancellation)
    {
        var said = new List<string>();
        var question = new ProcessSpec(executable, ["version"], projectDirectory)
        {
            // Otherwise the mere question may download the toolchain go.mod asks for.
            Environment = new Dictionary<string, string?> { ["GOTOOLCHAIN"] = "local" },
        };
        var exitCode = await ToolRunner.RunAsync(question, one => said.Add(one.Text), cancellation);
        foreach (var line in said)
        {
            if (exitCode == 0 && line.StartsWith("go version ", StringComparison.Ordinal)
                && GoVersion.TryParse(line, out var version))
            {
                return version;
            }
        }

        throw new DiagnosticException(Diagnostic.Error(
            DiagnosticCodes.GoNotFound,
            $"{executable} is not a Go that works: `go version` ended with exit code {exitCode} and said " +
            $"'{string.Join(' ', said.Take(5))}'. Install Go (https://go.dev/dl), or let {GoFinder.Property} or " +
            $"{GoFinder.Variable} name another."));
    }
}
