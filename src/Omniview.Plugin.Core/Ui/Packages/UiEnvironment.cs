namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>The environment of package managers and Vite.</summary>
internal static class UiEnvironment
{
    /// <summary>Names of variables are the same in any case on Windows only.</summary>
    public static StringComparer Names { get; } = OperatingSystem.IsWindows()
        ? StringComparer.OrdinalIgnoreCase
        : StringComparer.Ordinal;

    /// <summary>Variables that decide how programs write, which here is never for a terminal.</summary>
    public static IReadOnlyList<string> OfOutput { get; } = [
        "NO_COLOR", "FORCE_COLOR", "COREPACK_ENABLE_DOWNLOAD_PROMPT"];

    /// <summary>
    /// What to override in the environment of this process: the author's variables, which always win, PATH with the
    /// tools' folders in front (scripts of packages start <c>node</c> by name), no colours and no questions.
    /// </summary>
    /// <param name="author">The author's variables; a null value removes one.</param>
    /// <param name="toolFolders">Absolute paths, the first comes first.</param>
    public static IReadOnlyDictionary<string, string?> For(
        IReadOnlyDictionary<string, string?> author, params IEnumerable<string> toolFolders)
    {
        var environment = new Dictionary<string, string?>(Names)
        {
            ["NO_COLOR"] = "1",
            ["FORCE_COLOR"] = null, // Node.js lets it win over NO_COLOR and prints a warning
            ["COREPACK_ENABLE_DOWNLOAD_PROMPT"] = "0",
            // else corepack writes a packageManager field into the author's package.json
            ["COREPACK_ENABLE_AUTO_PIN"] = "0",
        };
        foreach (var (name, value) in author)
        {
            environment[name] = value;
        }

        environment["PATH"] = string.Join(
            Path.PathSeparator,
            toolFolders.Distinct().Concat(Variable(author, "PATH") is { Length: > 0 } path ? [path] : []));
        return environment;
    }

    /// <summary>The value a child would see: the author's when there is one, else that of this process.</summary>
    public static string? Variable(IReadOnlyDictionary<string, string?> author, string name)
    {
        foreach (var (key, value) in author)
        {
            if (Names.Equals(key, name))
            {
                return value;
            }
        }

        return Environment.GetEnvironmentVariable(name);
    }
}
