using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>Reads plugin.yaml, and says all that is wrong with it at once.</summary>
internal static class ManifestReader
{
    public const string FileName = "plugin.yaml";

    /// <summary>
    /// A file of garbage can have a problem at every byte; nobody reads more than the first hundred, errors before
    /// warnings.
    /// </summary>
    internal const int MostShown = 100;

    /// <summary>
    /// Reads <c>plugin.yaml</c> of a project and checks it and the files that its capabilities need. Problems of the
    /// file never throw: each is a diagnostic with its line and column.
    /// </summary>
    /// <param name="projectDirectory">The folder that holds plugin.yaml; a relative one starts at the current
    /// directory.</param>
    public static ManifestResult Read(string projectDirectory) => Read(projectDirectory, isProject: true);

    /// <summary>
    /// As <see cref="Read(string)"/>, of a built plugin: the sources that its capabilities need are not looked for.
    /// </summary>
    public static ManifestResult ReadBuilt(string pluginDirectory) => Read(pluginDirectory, isProject: false);

    private static ManifestResult Read(string projectDirectory, bool isProject)
    {
        var file = Path.GetFullPath(Path.Combine(projectDirectory, FileName));
        var problems = new List<Diagnostic>();
        PluginManifest? manifest = null;
        try
        {
            manifest = Read(ManifestText.Load(file), isProject, problems);
        }
        catch (DiagnosticException e)
        {
            problems.Add(e.Diagnostic);
        }

        var isUsable = problems.All(problem => problem.Severity != DiagnosticSeverity.Error);
        IEnumerable<Diagnostic> shown = problems.Count > MostShown
            ? problems.OrderByDescending(problem => problem.Severity).Take(MostShown)
            : problems;
        return new ManifestResult(
            isUsable ? manifest : null, [.. shown.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private static PluginManifest? Read(ManifestText source, bool isProject, List<Diagnostic> problems)
    {
        var root = YamlReader.Read(source, problems);
        if (root.Entries is not { } entries)
        {
            var shape = root.Items is null ? "a single text" : "a list";
            throw source.Failure(
                DiagnosticCodes.ManifestWrongShape, root.Index, $"plugin.yaml is {shape} and must be a mapping. " +
                    "Start it with 'id: my-plugin'.");
        }

        var rules = new ManifestRules(source, entries, root.Index, problems);
        var id = rules.Id();
        var version = rules.Version();
        var name = rules.Optional("name");
        var description = rules.Optional("description");
        var capabilities = rules.Capabilities();
        if (isProject)
        {
            problems.AddRange(ManifestFiles.Missing(source, capabilities));
        }

        return id is null || version is null
            ? null
            : new PluginManifest
            {
                File = source.File,
                Id = id,
                IdPlace = source.PlaceOf(entries["id"].Value.Index),
                Version = version,
                Name = name ?? id,
                Description = description,
                Capabilities = [.. capabilities.Select(capability => capability.Text!)],
            };
    }
}
