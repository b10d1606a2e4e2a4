using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// Where installers put node and the package managers when they are not on PATH, as it is for an IDE started from the
/// desktop. Written as <see cref="ExecutableFinder"/> reads them.
/// </summary>
internal static class WellKnownFolders
{
    public static IReadOnlyList<string> Node { get; } =
        OperatingSystem.IsWindows()
            ? Expanded(
                @"%ProgramFiles%\nodejs",
                @"%LOCALAPPDATA%\Volta\bin",
                "%NVM_SYMLINK%",
                @"%APPDATA%\fnm\node-versions\*\installation")
        : OperatingSystem.IsMacOS()
            ?
            [
                "/opt/homebrew/bin",
                "/usr/local/bin",
                "~/.volta/bin",
                "~/.nvm/versions/node/*/bin",
                "~/Library/Application Support/fnm/node-versions/*/installation/bin",
            ]
        :
        [
            "/usr/local/bin",
            "~/.volta/bin",
            "~/.nvm/versions/node/*/bin",
            "~/.local/share/fnm/node-versions/*/installation/bin",
        ];

    public static IReadOnlyList<string> PackageManagers { get; } =
    [
        .. OperatingSystem.IsWindows()
            ? Expanded(@"%LOCALAPPDATA%\pnpm", @"%APPDATA%\npm", @"%USERPROFILE%\.bun\bin")
            : OperatingSystem.IsMacOS()
                ? ["~/Library/pnpm", "~/.bun/bin", "~/.yarn/bin"]
                : new[] { "~/.local/share/pnpm", "~/.bun/bin", "~/.yarn/bin" },
        .. Node,
    ];

    /// <summary>
    /// Those whose variables are set: an unset one would leave a path relative to wherever we happen to run.
    /// </summary>
    private static string[] Expanded(params IEnumerable<string> folders) =>
        [
            .. folders
                .Select(Environment.ExpandEnvironmentVariables)
                .Where(folder => !folder.Contains('%', StringComparison.Ordinal)),
        ];
}
