using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// With a state directory of the user's own choice, plugins made with plugin-sdk would not start: whatever that
/// directory, they read <c>~/.omniview/plugins/&lt;id&gt;/plugin.yaml</c> and panic when it is not there (plugin-sdk,
/// pkg/sdk/plugin.go). Their HOME is the user's and stays: a plugin may need what else is there. So a link to the
/// installed manifest is made in that place, only where nothing is, and taken away with the plugin.
/// </summary>
internal sealed class HomeManifest(PluginContext context)
{
    private readonly List<string> _createdFolders = [];
    private DevSettings? _settings;

    private InstalledPlugin Installed => context.Installed;

    /// <summary>Creates the link if this plugin needs it, and says so.</summary>
    public void CreateLink(DevSettings settings)
    {
        _settings = settings;
        if (Place() is not { } place || IsOurs(place))
        {
            return;
        }

        try
        {
            CreateFolders(Path.GetDirectoryName(place)!);
            File.CreateSymbolicLink(place, Installed.ManifestFile);
            Tell(
                place, "A link to the installed manifest was laid here for as long as the plugin runs: plugin-sdk " +
                    $"reads this file only, and the state directory is {Installed.StateDirectory}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(
                place, $"plugin-sdk reads this file only, the state directory is {Installed.StateDirectory}, and no " +
                    $"link to {Installed.ManifestFile} could be laid: {e.Message} Copy that file to this place if " +
                    "the plugin does not start.");
        }
    }

    /// <summary>Removes the link, unless something else has come in its place.</summary>
    public void Remove()
    {
        try
        {
            if (Place() is { } place && IsOurs(place))
            {
                File.Delete(place);
            }

            foreach (
                var folder in Enumerable
                    .Reverse(_createdFolders)
                    .Where(folder => !Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Board.Warn(LogSource.Manager, $"The link laid for plugin-sdk could not be taken away: {e.Message}");
        }

        _createdFolders.Clear();
    }

    /// <summary>Where the link belongs, or null when none is needed.</summary>
    private string? Place()
    {
        if (_settings is not { } settings)
        {
            return null;
        }

        var name = OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME";
        var home = settings.Go.Environment.GetValueOrDefault(name) ?? ChildEnvironment.Variable(settings, name)
            ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (!Path.IsPathFullyQualified(home) || !PluginSdk.IsRequiredBy(settings.ProjectDirectory))
        {
            return null;
        }

        var place = new InstalledPlugin(Path.Combine(home, ".omniview"), context.PluginId).ManifestFile;
        // also when ~/.omniview is the state directory, by whatever path
        return File.Exists(place) && !IsOurs(place) ? null : place;
    }

    private bool IsOurs(string place) => new FileInfo(place).LinkTarget == Installed.ManifestFile;

    private void CreateFolders(string folder)
    {
        if (!Directory.Exists(folder))
        {
            CreateFolders(Path.GetDirectoryName(folder)!);
            Permissions.CreateFolder(folder, Permissions.OwnerFolder);
            _createdFolders.Add(folder);
        }
    }

    private void Tell(string place, string text) =>
        context.Board.Warn(
            LogSource.Manager, Diagnostic.Warning(DiagnosticCodes.SdkReadsHome, text).At(place).ToString());
}
