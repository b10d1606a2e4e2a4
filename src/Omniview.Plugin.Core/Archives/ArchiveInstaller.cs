using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Archives;

/// <summary>
/// Installs a plugin from its registry archive: a tar.gz with <c>plugin.yaml</c>, <c>bin/plugin</c> and <c>assets/</c>.
/// It is unpacked and checked in a temporary folder; only a good one reaches the state directory, in one step.
/// </summary>
internal static class ArchiveInstaller
{
    private const string TemporaryPrefix = "omniview-install-";

    /// <param name="archive">Absolute path of the tar.gz.</param>
    /// <param name="stateDirectory">Absolute.</param>
    /// <param name="allow">Called with what is about to be installed; throws to refuse it.</param>
    /// <param name="cancellation">Has an effect until the first file is put in place.</param>
    /// <exception cref="DiagnosticException">
    /// OVP4020: it can't be read. OVP4021: it holds what is not unpacked. OVP4022: it is no whole plugin for this
    /// system. OVP4002, OVP4003: as <see cref="PluginInstaller.Install"/>.
    /// </exception>
    public static async Task<InstalledArchive> InstallAsync(
        string archive, string stateDirectory, Func<PluginManifest, Task> allow, CancellationToken cancellation)
    {
        Sweep();
        var folder = TemporaryFolder(archive);
        try
        {
            var leftOut = Unpack(archive, folder, cancellation);
            var manifest = Check(archive, folder);
            await allow(manifest);
            var program = new InstalledPlugin(folder, manifest.Id).BinaryFile(OperatingSystem.IsWindows());
            var result = PluginInstaller.Install(
                new InstallRequest(stateDirectory, manifest.Id, Path.Combine(folder, ManifestReader.FileName))
                {
                    BinaryFile = manifest.HasBackend ? Path.Combine(folder, "bin", Path.GetFileName(program)) : null,
                    AssetsDirectory = manifest.HasUi ? Path.Combine(folder, "assets") : null,
                    WindowsBinary = OperatingSystem.IsWindows(),
                },
                cancellation);
            return new InstalledArchive(
                manifest, new InstalledPlugin(stateDirectory, manifest.Id).Directory, result, leftOut);
        }
        finally
        {
            OwnedFolders.Delete(folder);
        }
    }

    /// <summary>Removes what installs that were killed had unpacked.</summary>
    public static void Sweep()
    {
        try
        {
            OwnedFolders.Sweep(Path.GetTempPath(), TemporaryPrefix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a temporary folder that can't be read is said by whoever needs it
        }
    }

    private static string TemporaryFolder(string archive)
    {
        try
        {
            return OwnedFolders.Create(Path.GetTempPath(), TemporaryPrefix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(archive, e);
        }
    }

    private static IReadOnlyList<string> Unpack(string archive, string folder, CancellationToken cancellation)
    {
        try
        {
            return new ArchiveUnpacker(archive, folder, ArchiveLimits.Default).Unpack(cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(archive, e);
        }
    }

    private static PluginManifest Check(string archive, string folder)
    {
        if (!File.Exists(Path.Combine(folder, ManifestReader.FileName)))
        {
            throw Incomplete(archive, "it has no plugin.yaml at its root");
        }

        var (manifest, problems) = ManifestReader.ReadBuilt(folder);
        if (manifest is null)
        {
            var first = problems.First(problem => problem.Severity == DiagnosticSeverity.Error);
            throw new DiagnosticException(
                (
                    first with
                    {
                        Message = string.Create(
                            CultureInfo.InvariantCulture,
                            $"In this archive, plugin.yaml({first.Line},{first.Column}): {first.Message} " +
                            $"Nothing was installed."),
                    }
                ).At(archive));
        }

        if (manifest.HasUi && !File.Exists(Path.Combine(folder, "assets", "entry.js")))
        {
            throw Incomplete(archive, "its plugin.yaml has the capability 'ui', and there is no assets/entry.js");
        }

        var (ours, other) = OperatingSystem.IsWindows() ? ("plugin.exe", "plugin") : ("plugin", "plugin.exe");
        if (manifest.HasBackend && !File.Exists(Path.Combine(folder, "bin", ours)))
        {
            throw Incomplete(archive, File.Exists(Path.Combine(folder, "bin", other))
                ? $"it is for another system: it has bin/{other} and no bin/{ours}"
                : $"its plugin.yaml asks for a backend, and there is no bin/{ours}");
        }

        return manifest;
    }

    private static DiagnosticException Incomplete(string archive, string reason) =>
        new(Diagnostic.Error(
            DiagnosticCodes.ArchiveIncomplete, $"This archive is no plugin for this system: {reason}. Nothing was " +
                "installed. Pack it with 'dotnet pack', or get the one for this system.").At(archive));

    private static DiagnosticException NoRoom(string archive, Exception cause) =>
        new(Diagnostic.Error(
            DiagnosticCodes.TransferFailed, $"This archive can't be unpacked in {Path.GetTempPath()}: " +
                $"{cause.Message.TrimEnd('.')}. Nothing was installed. Free some space there, or set TMPDIR to " +
                "another folder.").At(archive), cause);
}
