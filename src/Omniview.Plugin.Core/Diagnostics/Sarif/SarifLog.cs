using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Diagnostics.Sarif;

/// <summary>
/// A SARIF 2.1.0 file with one run per tool and project. Several tasks, builds and projects may write one at a time or
/// at once; a reader always sees a whole file.
/// </summary>
internal static class SarifLog
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string Version = "2.1.0";
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);

    // Not for HTML: < and ' in messages stay readable.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Replaces what the tool reported of the project before; an empty list takes it back.</summary>
    /// <param name="file">Absolute path; its folder is made. What is there and is no SARIF log is overwritten.</param>
    /// <param name="tool">The run's driver.</param>
    /// <param name="projectDirectory">Absolute; files below it get relative URIs.</param>
    /// <exception cref="IOException">It can't be written, or others have been writing it for half a minute.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Replace(
        string file, SarifTool tool, string projectDirectory, IReadOnlyList<Diagnostic> diagnostics)
    {
        var run = new SarifRun(tool, projectDirectory);
        Change(file, run.IsOfSameTool, run.Write(diagnostics));
    }

    /// <summary>
    /// As <see cref="Replace"/>, for the first tool of a build: what any tool reported of the project before is gone.
    /// </summary>
    /// <exception cref="IOException">As <see cref="Replace"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="Replace"/>.</exception>
    public static void Begin(
        string file, SarifTool tool, string projectDirectory, IReadOnlyList<Diagnostic> diagnostics)
    {
        var run = new SarifRun(tool, projectDirectory);
        Change(file, run.IsOfSameProject, run.Write(diagnostics));
    }

    private static void Change(string file, Func<JsonNode?, bool> isReplaced, JsonObject run)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var turn = Turn(file);
        try
        {
            var runs = Runs(file).Where(other => !isReplaced(other)).Select(other => other?.DeepClone()).Append(run);
            var log = new JsonObject
            {
                ["$schema"] = Schema,
                ["version"] = Version,
                ["runs"] = new JsonArray([.. runs]),
            };
            AtomicFile.Write(file, Encoding.UTF8.GetBytes(log.ToJsonString(Readable) + "\n"), Mode);
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    /// <summary>
    /// A mutex and no lock file: one beside the log would stay there, as deleting it would let two hold it.
    /// </summary>
    private static Mutex Turn(string file)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)));
        var mutex = new Mutex(
            initiallyOwned: false,
            $"omniview-sarif-{name}",
            new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
        try
        {
            if (mutex.WaitOne(WaitLimit))
            {
                return mutex;
            }
        }
        catch (AbandonedMutexException)
        {
            return mutex; // its holder died; the file is whole all the same
        }

        mutex.Dispose();
        throw new IOException($"others have been writing it for {WaitLimit.TotalSeconds:0} s");
    }

    private static IReadOnlyList<JsonNode?> Runs(string file)
    {
        try
        {
            var log =
                JsonNode.Parse(
                    LenientJson.Mended(File.ReadAllBytes(file)),
                    documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }
                ) as JsonObject;
            return log?["version"]?.ToString() == Version && log["runs"] is JsonArray runs
                ? [.. runs.Where(run => run is JsonObject)]
                : [];
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return [];
        }
    }
}
