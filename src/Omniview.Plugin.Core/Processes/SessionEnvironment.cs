namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// The environment of the terminal or build that opens a session: its plugin, Go and Vite run with it, and not with
/// that of whoever happened to start the dev host. All of it is treated as a secret: it goes over the API's
/// authenticated connection, is kept in memory alone, and nothing ever shows a value.
/// </summary>
internal static class SessionEnvironment
{
    /// <summary>
    /// What does not pass, since it is about the process that has it: of MSBuild, of the dotnet command and dotnet
    /// watch, of the dev host, and of the shell. A star stands for any end.
    /// </summary>
    private static readonly string[] Withheld =
    [
        "MSBUILD*", "_MSBUILD*", "DOTNET_CLI_*", "DOTNET_HOST_PATH", "DOTNET_WATCH*", "DOTNET_STARTUP_HOOKS",
        "DOTNET_MODIFIABLE_ASSEMBLIES", "DOTNET_HOTRELOAD_*",
        "OMNIVIEW", "OMNIVIEW_DEV", Containment.NonceVariable, "OMNIVIEW_PLUGIN_ID", "OMNIVIEW_VITE_PORT",
        "_", "PWD", "OLDPWD", "SHLVL",
    ];

    /// <summary>
    /// What two terminals of one user never have in common: if nothing else differs, neither does the environment.
    /// </summary>
    private static readonly string[] OfTheTerminal =
    [
        "TERM", "TERM_*", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "WINDOW", "WINDOWID",
        "WINDOWPATH", "GPG_TTY", "SSH_*", "STY", "TMUX*", "VTE_VERSION",
        "VSCODE_*", "GIT_ASKPASS", "XDG_SESSION_*", "SESSION_MANAGER", "GNOME_TERMINAL_*", "KONSOLE_*", "ITERM_*",
        "LC_TERMINAL*", "ALACRITTY_*", "KITTY_*", "WEZTERM_*",
        "WT_SESSION", "WT_PROFILE_ID", "CONEMU*", "SECURITYSESSIONID", "INVOCATION_ID", "JOURNAL_STREAM",
    ];

    /// <summary>Names of variables are the same in any case on Windows only.</summary>
    public static StringComparer Names { get; } = OperatingSystem.IsWindows()
        ? StringComparer.OrdinalIgnoreCase
        : StringComparer.Ordinal;

    /// <summary>What of this process's environment passes.</summary>
    public static IReadOnlyDictionary<string, string> OfThisProcess()
    {
        var passed = new Dictionary<string, string>(Names);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && Passes(name))
            {
                passed[name] = value;
            }
        }

        return passed;
    }

    /// <summary>Whether a variable is for the processes of a session.</summary>
    public static bool Passes(string name) =>
        name.Length > 0 && !name.Contains('=', StringComparison.Ordinal)
        && !Withheld.Any(pattern => Fits(name, pattern));

    /// <summary>
    /// What to override in the environment of this process so that a child has that of the session; a null value
    /// removes a variable.
    /// </summary>
    /// <param name="session">Null leaves all as it is.</param>
    public static Dictionary<string, string?> Over(IReadOnlyDictionary<string, string>? session)
    {
        var over = new Dictionary<string, string?>(Names);
        if (session is null)
        {
            return over;
        }

        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            over[name] = null;
        }

        foreach (var (name, value) in session.Where(variable => Passes(variable.Key)))
        {
            over[name] = value;
        }

        return over;
    }

    /// <summary>
    /// The names of the variables in which two sessions differ, in their order; those of the terminal aside.
    /// </summary>
    public static IReadOnlyList<string> Differences(
        IReadOnlyDictionary<string, string> one,
        IReadOnlyDictionary<string, string> other) =>
        [
            .. one
                .Keys.Union(other.Keys, Names)
                .Where(name =>
                    one.GetValueOrDefault(name) != other.GetValueOrDefault(name)
                    && Passes(name)
                    && !OfTheTerminal.Any(pattern => Fits(name, pattern)))
                .Order(StringComparer.Ordinal),
        ];

    private static bool Fits(string name, string pattern) =>
        pattern.EndsWith('*')
            ? name.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
            : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
