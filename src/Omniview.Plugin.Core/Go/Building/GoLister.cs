using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>Asks the go command what a program is made of.</summary>
internal static class GoLister
{
    private const string Fields =
        "ImportPath,Dir,Standard,Module,GoFiles,IgnoredGoFiles,EmbedPatterns,EmbedFiles,"
            + "Export,BuildID,Error,DepsErrors";

    /// <summary>
    /// What the program the request would build is made of; null when go can't say all of it, as while an import leads
    /// nowhere. Takes about as long as a build with nothing to do, if there is nothing to do: what is not compiled yet
    /// is.
    /// </summary>
    /// <param name="request">What would be built, with its flags and environment.</param>
    /// <param name="workFolder">Absolute path of a folder for what go writes meanwhile; created.</param>
    /// <param name="cancellation">Ends go.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<GoListing?> ListAsync(
        GoBuildRequest request, string workFolder, CancellationToken cancellation)
    {
        try
        {
            using var work = new GoWorkFolder(workFolder);
            var begun = DateTimeOffset.UtcNow;
            var spec = new ProcessSpec(request.Toolchain.Executable, Arguments(request), request.ProjectDirectory)
            {
                Environment = work.ExtendEnvironment(GoBuildArguments.EnvironmentFor(request)),
            };
            var (exitCode, output) = await ToolRunner.CaptureAsync(spec, cancellation);
            return exitCode == 0 && Read(output, request) is { } listing ? listing with { Begun = begun } : null;
        }
        catch (Exception e) when (e is DiagnosticException or JsonException or IOException
            or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] Arguments(GoBuildRequest request) =>
        [
            "list",
            "-e",
            "-deps",
            "-export",
            $"-json={Fields}",
            .. GoFlags.For(request, GoCommand.Build),
            request.Options.Package,
        ];

    private static GoListing? Read(string output, GoBuildRequest request)
    {
        var content = new GoListingContent();
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(output), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            var package = JsonSerializer.Deserialize<Package>(ref reader)!;
            if (package.Error is not null || package.DepsErrors is { Length: > 0 })
            {
                return null;
            }

            content.Add(package, IsOwn(package));
        }

        return content.Finish(request);
    }

    /// <summary>
    /// A version with a folder lies in the module cache, one without is vendored, one that replaces lies in the cache
    /// too.
    /// </summary>
    private static bool IsOwn(Package package) =>
        !package.Standard
            && package.Module is not { Version.Length: > 0, Replace: null, Dir.Length: > 0 }
            and not { Replace.Version.Length: > 0 };

    internal sealed record Package(
        string? ImportPath,
        string? Dir,
        bool Standard,
        Module? Module,
        string[]? GoFiles,
        string[]? IgnoredGoFiles,
        string[]? EmbedPatterns,
        string[]? EmbedFiles,
        string? Export,
        [property: JsonPropertyName("BuildID")] string? BuildId,
        JsonElement? Error,
        JsonElement[]? DepsErrors);

    internal sealed record Module(string? Path, string? Version, string? Dir, Module? Replace);
}
