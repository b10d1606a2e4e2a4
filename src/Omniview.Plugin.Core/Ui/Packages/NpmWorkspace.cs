using System.Text.Json;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// What <c>npm ci</c> has installed for all members of a workspace. It removes node_modules first, so a second member's
/// would take away what the first one builds with. The note lies in node_modules and goes with it.
/// </summary>
internal sealed class NpmWorkspace(UiProject ui, PackageManager manager)
{
    private const int LargestLockFile = 64 * 1024 * 1024;

    private static readonly string[] Declarations = ["package.json", ".npmrc"];

    private readonly string _root = Path.GetDirectoryName(manager.LockFile)!;

    private string Note => Path.Combine(_root, "node_modules", ".omniview-install.stamp");

    /// <summary>Whether another member's <c>npm ci</c> has just done what this one's would.</summary>
    public bool IsInstalled() => Key() is { } key && StampFile.Read(Note) is [var noted] && noted == key;

    public void NoteInstalled()
    {
        if (Key() is { } key && Directory.Exists(Path.GetDirectoryName(Note)))
        {
            StampFile.Write(Note, [key]);
        }
    }

    /// <summary>Over the lock file and all that it was made of; null for what is no workspace of npm's.</summary>
    private string? Key()
    {
        if (manager.Kind != PackageManagerKind.Npm || PathNames.AreSame(_root, ui.Directory)
            || Members() is not { } members)
        {
            return null;
        }

        return InstallStamp.Hash(
            members.SelectMany(folder => Declarations.Select(name => Path.Combine(folder, name)))
                .Prepend(manager.LockFile));
    }

    /// <summary>
    /// The folders whose package.json the lock file was made of: in its <c>packages</c>, what is not in node_modules.
    /// </summary>
    private List<string>? Members()
    {
        try
        {
            using var json = LenientJson.Parse(RegularFile.ReadAllBytes(manager.LockFile, LargestLockFile));
            return json.RootElement.TryGetProperty("packages", out var packages)
                && packages.ValueKind == JsonValueKind.Object
                ? [
                    .. packages.EnumerateObject().Select(one => one.Name)
                        .Where(name => !name.Split('/').Contains("node_modules"))
                        .Select(name => Path.GetFullPath(name, _root)),
                ]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
