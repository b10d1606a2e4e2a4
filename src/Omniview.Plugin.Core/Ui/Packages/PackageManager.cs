using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>The package manager of a UI.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Name">Its command, <c>pnpm</c> for instance.</param>
/// <param name="LockFile">Absolute path of its lock file, or of the one it would write when there is none yet.</param>
/// <param name="Executable">Absolute path of the program to start.</param>
internal sealed record PackageManager(PackageManagerKind Kind, string Name, string LockFile, string Executable)
{
    private static readonly PackageManagerKind[] All = [
        PackageManagerKind.Pnpm, PackageManagerKind.Npm, PackageManagerKind.Yarn, PackageManagerKind.Bun];

    /// <summary>Yarn 2 or later, whose options differ from those of Yarn 1.</summary>
    public bool IsYarnBerry { get; init; }

    /// <summary>
    /// Whether <see cref="Executable"/> is corepack, which comes with many Node.js and gets the manager itself.
    /// </summary>
    public bool IsThroughCorepack { get; init; }

    /// <summary>
    /// Decides by the nearest <c>packageManager</c> field, else by the nearest lock file, else takes pnpm if it is
    /// there and npm if not. The name of an overriding executable decides before all of these when it is the name of a
    /// manager.
    /// </summary>
    /// <param name="ui">The UI.</param>
    /// <param name="finder">Searches PATH.</param>
    /// <param name="overrideExecutable">The property OmniviewPackageManagerPath; relative to the project.</param>
    /// <param name="node">Its folder is looked into as well: npm comes with node.</param>
    /// <exception cref="DiagnosticException">OVP2005: it can't be found. OVP5007: package.json can't be
    /// read.</exception>
    public static PackageManager Detect(
        UiProject ui, ExecutableFinder finder, string? overrideExecutable = null, NodeTool? node = null) =>
        Detect(
            ui,
            finder,
            overrideExecutable,
            node is null ? WellKnownFolders.PackageManagers : [node.Folder, .. WellKnownFolders.PackageManagers]);

    internal static PackageManager Detect(
        UiProject ui, ExecutableFinder finder, string? overrideExecutable, IReadOnlyList<string> wellKnown)
    {
        var given = string.IsNullOrWhiteSpace(overrideExecutable)
            ? null
            : Path.GetFullPath(overrideExecutable, ui.ProjectDirectory);
        var (kind, version, reason) = Choose(ui, given, () => finder.Find("pnpm", wellKnown) is not null);
        var name = CommandOf(kind);
        var manager = new PackageManager(
            kind, name, ui.Nearest(LockFilesOf(kind)) ?? Path.Combine(ui.Directory, LockFilesOf(kind)[0]), "")
        {
            IsYarnBerry = kind == PackageManagerKind.Yarn
                && (version is null ? ui.Nearest(".yarnrc.yml") is not null : version.Split('.')[0] != "1"),
        };
        if (given is not null)
        {
            return ExecutableFinder.IsExecutable(given)
                ? manager with { Executable = given }
                : throw Missing(
                    $"The property OmniviewPackageManagerPath names {given}, which isn't a program. Give it the " +
                    $"path of {name}, or remove it to have PATH searched.");
        }

        if (finder.Find(name, wellKnown) is { } found)
        {
            return manager with { Executable = found };
        }

        var corepack = kind is PackageManagerKind.Pnpm or PackageManagerKind.Yarn
            ? finder.Find("corepack", wellKnown)
            : null;
        return corepack is not null
            ? manager with { Executable = corepack, IsThroughCorepack = true }
            : throw Missing(
                $"This UI is installed with {name} ({reason}), but there is no {name} on PATH nor in its usual " +
                $"places. {HowToGet(kind)}, or set the property OmniviewPackageManagerPath to its path.");
    }

    /// <summary>
    /// The arguments that install what package.json asks for, without a question. A frozen install takes exactly what
    /// the lock file says and fails when that no longer fits package.json.
    /// </summary>
    public IReadOnlyList<string> InstallArguments(bool frozen)
    {
        string[] arguments = Kind switch
        {
            // pnpm asks before it rebuilds a node_modules of another layout, and fails when nobody can answer.
            PackageManagerKind.Pnpm =>
                ["install", "--config.confirmModulesPurge=false", .. If(frozen, "--frozen-lockfile")],
            PackageManagerKind.Npm => [frozen && File.Exists(LockFile) ? "ci" : "install"],
            PackageManagerKind.Yarn when IsYarnBerry => ["install", .. If(frozen, "--immutable")],
            PackageManagerKind.Yarn => ["install", "--non-interactive", .. If(frozen, "--frozen-lockfile")],
            _ => ["install", .. If(frozen, "--frozen-lockfile")],
        };
        return IsThroughCorepack ? [Name, .. arguments] : arguments;
    }

    private static (PackageManagerKind Kind, string? Version, string Reason) Choose(
        UiProject ui, string? given, Func<bool> hasPnpm)
    {
        PackageJson.Read(ui.PackageJson); // it has to be there; those of the folders above need not
        var declared = ui.Folders().Select(folder => Path.Combine(folder, "package.json")).Where(File.Exists).Select(
            PackageJson.Read)
            .FirstOrDefault(package => package.PackageManager is not null);
        var field = declared?.PackageManager!.Split('@', 2);
        var version = field is [_, var text] ? text : null;
        if (given is not null && KindOf(Path.GetFileName(given).Split('.')[0]) is { } named)
        {
            return (
                named, field is not null && KindOf(field[0]) == named ? version : null, "named by the property " +
                    "OmniviewPackageManagerPath");
        }

        if (field is not null)
        {
            return KindOf(field[0]) is { } kind
                ? (kind, version, $"{declared!.File} says \"packageManager\": \"{declared.PackageManager}\"")
                : throw new DiagnosticException(Diagnostic.Error(DiagnosticCodes.PackageManagerNotFound,
                    $"\"packageManager\" is \"{declared!.PackageManager}\"; UIs are installed with pnpm, npm, yarn " +
                    "or bun. Name one of these, or remove the field.").At(declared.File));
        }

        foreach (var folder in ui.Folders())
        {
            foreach (var kind in All)
            {
                if (
                    LockFilesOf(kind).Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is
                    { } lockFile)
                {
                    return (kind, null, $"because of {lockFile}");
                }
            }
        }

        return (
            hasPnpm() ? PackageManagerKind.Pnpm : PackageManagerKind.Npm, null, "there is neither a lock file nor a " +
                "\"packageManager\" in package.json, and no pnpm");
    }

    private static string[] If(bool condition, string argument) => condition ? [argument] : [];

    private static PackageManagerKind? KindOf(string command) =>
        All.Where(kind => CommandOf(kind).Equals(command, StringComparison.OrdinalIgnoreCase))
            .Select(kind => (PackageManagerKind?)kind).FirstOrDefault();

    private static string CommandOf(PackageManagerKind kind) => kind switch
    {
        PackageManagerKind.Pnpm => "pnpm",
        PackageManagerKind.Npm => "npm",
        PackageManagerKind.Yarn => "yarn",
        _ => "bun",
    };

    /// <summary>The first is the one the manager writes.</summary>
    private static string[] LockFilesOf(PackageManagerKind kind) => kind switch
    {
        PackageManagerKind.Pnpm => ["pnpm-lock.yaml"],
        PackageManagerKind.Npm => ["package-lock.json", "npm-shrinkwrap.json"],
        PackageManagerKind.Yarn => ["yarn.lock"],
        _ => ["bun.lock", "bun.lockb"],
    };

    private static string HowToGet(PackageManagerKind kind) => kind switch
    {
        PackageManagerKind.Npm => "Install Node.js, which brings it",
        PackageManagerKind.Bun => "Install Bun",
        _ => $"Install it with `npm install --global {CommandOf(kind)}`",
    };

    private static DiagnosticException Missing(string message) =>
        new(Diagnostic.Error(DiagnosticCodes.PackageManagerNotFound, message));
}
