using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.State;

/// <summary>Where Omniview keeps its plugins: one rule for the tasks, the dev host and the command line.</summary>
internal static class StateDirectory
{
    public const string Property = "OmniviewStateDir";
    public const string Variable = "OMNIVIEW_STATE_DIR";

    /// <summary>
    /// The property, else the variable, else <c>~/.omniview</c>, as an absolute path without <c>..</c> or a closing
    /// separator. A leading <c>~</c>, <c>~/</c> or <c>~\</c> is the user's home. Empty counts as not set. Nothing is
    /// created.
    /// </summary>
    /// <param name="property">Value of the MSBuild property or command line option.</param>
    /// <param name="environment">Looks a variable up; the process's own when null.</param>
    /// <param name="home">The user's home; the system's answer when null.</param>
    /// <exception cref="DiagnosticException">OVP4001: the path is relative.</exception>
    public static string Resolve(string? property, Func<string, string?>? environment = null, string? home = null)
    {
        var (value, source) = Choose(property, environment ?? Environment.GetEnvironmentVariable);
        home ??= Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var path = value switch
        {
            "~" => home,
            ['~', '/' or '\\', .. var rest] when home.Length > 0 => Path.Combine(home, rest),
            _ => value,
        };
        return Path.IsPathFullyQualified(path)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
            : throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.StateDirectoryRelative,
                $"The state directory '{value}' ({source}) is not an absolute path. Set {Property} or {Variable} to " +
                "one; it may start with '~/'."));
    }

    private static (string Value, string Source) Choose(string? property, Func<string, string?> environment) =>
        !string.IsNullOrWhiteSpace(property) ? (property, $"from the property {Property}")
        : environment(Variable) is { } variable
            && !string.IsNullOrWhiteSpace(variable) ? (variable, $"from the environment variable {Variable}")
        : ("~/.omniview", "the default, and your home directory is unknown");
}
