using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.Sources;

namespace Omniview.Plugin.Core.Ui.TypeScript;

/// <summary>Checks the types of a UI with its own TypeScript, which Vite does not: it removes types unread.</summary>
/// <param name="Script">Absolute path of tsc, which node runs: in TypeScript 7 a launcher of the native
/// compiler.</param>
/// <param name="Configurations">Absolute paths of what to check, each with a tsc of its own.</param>
internal sealed record TypeScriptCheck(string Script, IReadOnlyList<string> Configurations)
{
    private const int ShownLines = 15;

    /// <summary>Null when the UI has no tsconfig.json or no TypeScript is installed.</summary>
    public static TypeScriptCheck? Find(UiProject ui)
    {
        var configuration = Path.Combine(ui.Directory, "tsconfig.json");
        var script = ui.Folders().Select(folder => Path.Combine(folder, "node_modules", "typescript", "bin", "tsc"))
            .FirstOrDefault(File.Exists);
        return script is null || !File.Exists(configuration)
            ? null
            : new TypeScriptCheck(script, Checked(configuration));
    }

    /// <param name="ui">The UI folder.</param>
    /// <param name="tools">Its node and environment.</param>
    /// <param name="line">Gets what is not an error.</param>
    /// <param name="isBackground">Whether it lets others have the processor first.</param>
    /// <param name="cancellation">Ends tsc.</param>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(
        string ui, UiTools tools, Action<OutputLine> line, bool isBackground, CancellationToken cancellation)
    {
        var sources = new UiSources(ui);
        List<Diagnostic> found = [];
        foreach (var configuration in Configurations)
        {
            // No tsbuildinfo beside the sources, where it would look like a changed input; composite insists on one.
            var spec = new ProcessSpec(
                tools.Node.Executable,
                [
                    Script,
                    "--noEmit",
                    "--pretty",
                    "false",
                    "--composite",
                    "false",
                    "--incremental",
                    "false",
                    "-p",
                    configuration,
                ],
                ui)
            {
                Environment = tools.Environment,
                IsBackground = isBackground,
            };
            var errors = new TypeScriptErrors(sources, configuration);
            var tail = new OutputTail(line);
            var exitCode = await ToolRunner.RunAsync(spec, one =>
            {
                if (!errors.Add(one.Text))
                {
                    tail.Add(one);
                }
            }, cancellation);
            found.AddRange(errors.Found);
            if (exitCode != 0 && !errors.Found.Any(one => one.Severity == DiagnosticSeverity.Error))
            {
                found.Add(Diagnostic.Error(DiagnosticCodes.TypeCheckFailed,
                    $"TypeScript ended with exit code {exitCode} and reported no error. Its last lines " +
                    $"were:\n{tail.Reason(ShownLines)}").At(configuration));
            }
        }

        return [.. found.Distinct()];
    }

    /// <summary>
    /// A tsconfig.json without files of its own ("files": []) that refers to others, as Vite's templates write it: tsc
    /// -p would check nothing. `tsc -b` would check them but writes beside the sources.
    /// </summary>
    private static IReadOnlyList<string> Checked(string configuration)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllText(configuration),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (
                json.RootElement.TryGetProperty("references", out var references)
                && json.RootElement.TryGetProperty("files", out var files)
                && files.GetArrayLength() == 0)
            {
                var folder = Path.GetDirectoryName(configuration)!;
                return
                [
                    .. references
                        .EnumerateArray()
                        .Select(one => Path.GetFullPath(one.GetProperty("path").GetString()!, folder))
                        .Select(path => Directory.Exists(path) ? Path.Combine(path, "tsconfig.json") : path),
                ];
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException
            or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // tsc says what is wrong with it
        }

        return [configuration];
    }
}
