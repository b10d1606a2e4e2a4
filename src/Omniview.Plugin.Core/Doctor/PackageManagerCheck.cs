using System.Runtime.CompilerServices;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>The UI's package manager is there, in the version that package.json names.</summary>
internal static class PackageManagerCheck
{
    /// <exception cref="DiagnosticException">OVP2004, OVP2005, OVP5007.</exception>
    public static async IAsyncEnumerable<Finding> RunAsync(
        CheckContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!context.HasUi)
        {
            yield break;
        }

        var settings = context.Settings.Ui;
        var node = Node(context);
        var manager = PackageManager.Detect(context.Ui, context.Finder, settings.PackageManagerPath, node);
        if (manager.IsThroughCorepack)
        {
            context.AddFact(
                $"{manager.Name} through corepack, which gets the version package.json names ({manager.Executable})");
            yield break;
        }

        // Most of them are scripts whose first line asks PATH for node.
        var searchPath = context.Settings.SearchPath ?? Environment.GetEnvironmentVariable("PATH");
        var environment = node is null
            ? new Dictionary<string, string?>()
            : new() { ["PATH"] = $"{node.Folder}{Path.PathSeparator}{searchPath}" };
        var said = await CheckContext.QueryToolAsync(manager.Executable, ["--version"], environment, cancellation);
        if (!NpmVersion.TryParse(said, out var version))
        {
            yield return Finding.Error(
                DiagnosticCodes.PackageManagerVersionDiffers,
                $"{manager.Executable} does not say its version.",
                $"Install {manager.Name} anew, or set the property OmniviewPackageManagerPath to another.").At(
                    manager.Executable);
            yield break;
        }

        context.AddFact($"{manager.Name} {version} ({manager.Executable})");
        foreach (
            var package in context
                .Ui.Folders()
                .Select(folder => PackageFacts.Read(Path.Combine(folder, "package.json")))
                .OfType<PackageFacts>())
        {
            if (package.PackageManager?.Split('@', 2) is [var name, var named] && name == manager.Name
                && NpmVersion.TryParse(named, out var wanted) && wanted != version)
            {
                yield return Finding.Warning(
                    DiagnosticCodes.PackageManagerVersionDiffers,
                    $"\"packageManager\" names {manager.Name} {wanted}, and {manager.Executable} is {version}: it " +
                    "may fetch the other one, or write another lock file than your colleagues.",
                    $"Install it (npm install --global {manager.Name}@{wanted}), or name {version} in " +
                    "\"packageManager\".").At(package.File);
            }

            var range = package.Engines.GetValueOrDefault(manager.Name);
            if (version.IsOutside(range))
            {
                yield return Finding.Warning(
                    DiagnosticCodes.PackageManagerVersionDiffers,
                    $"\"engines\" asks for {manager.Name} {range}, and {manager.Executable} is {version}.",
                    $"Install one in that range: npm install --global {manager.Name}@\"{range}\"").At(package.File);
            }
        }
    }

    private static NodeTool? Node(CheckContext context)
    {
        try
        {
            return NodeTool.Find(
                context.Finder,
                context.Settings.Ui.NodePath,
                Environment.GetEnvironmentVariable(NodeTool.PathVariable));
        }
        catch (DiagnosticException)
        {
            return null; // said by the check of Node.js
        }
    }
}
