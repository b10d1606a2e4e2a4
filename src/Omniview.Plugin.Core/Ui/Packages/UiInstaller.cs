using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// Installs the packages of a UI when what is installed is not what package.json and the lock file say.
/// </summary>
/// <param name="line">Gets the package manager's output as it comes.</param>
/// <param name="note">Is told what is waited for: another program, or, if it is given, an install and how far that is.
/// By default the former is a line like the others.</param>
internal sealed partial class UiInstaller(Action<OutputLine> line, Action<string>? note = null)
{
    private const int ShownLines = 15;

    /// <summary>Whether the line only tells how far an install is, as pnpm does again and again.</summary>
    public static bool IsTick(OutputLine line) => Tick().IsMatch(line.Text);

    /// <summary>Returns whether an install was needed; it has ended well then.</summary>
    /// <exception cref="DiagnosticException">OVP2004, OVP2005, OVP5007; OVP5001: the install failed, or a frozen one
    /// has no lock file.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the package manager has ended. The next call installs
    /// again.</exception>
    public async Task<bool> EnsureInstalledAsync(UiInstallRequest request, CancellationToken cancellation)
    {
        using var held = await UiLock.AcquireAsync(
            request.StampDirectory, Waiting, cancellation);
        return (await EnsureInstalledAsync(request, UiTools.Find(request), cancellation)).Ran;
    }

    /// <summary>As above, for the holder of the lock; the key names what is installed now.</summary>
    internal async Task<(bool Ran, string Key)> EnsureInstalledAsync(
        UiInstallRequest request, UiTools tools, CancellationToken cancellation)
    {
        var stamp = new InstallStamp(request.StampDirectory, request.Ui, tools.Manager);
        if (stamp.IsCurrent())
        {
            return (false, stamp.Key());
        }

        using var held = await UiLock.AcquireInstallAsync(request.Ui, Waiting, cancellation);

        if (request.Frozen && !File.Exists(tools.Manager.LockFile))
        {
            throw Failed(
                $"A frozen install needs a lock file, and there is no {Path.GetFileName(tools.Manager.LockFile)} in " +
                $"{request.Ui.Directory}. Run `{tools.Manager.Name} install` there and commit the file it writes.",
                request.Ui);
        }

        var workspace = new NpmWorkspace(request.Ui, tools.Manager);
        if (request.Frozen && workspace.IsInstalled())
        {
            stamp.Write();
            return (false, stamp.Key());
        }

        stamp.Clear(); // from here on node_modules is in no known state until the install has ended well
        var declared = stamp.Declared();
        var local = LocalPackages.FilesOf(request.Ui).ToList(); // npm links folders that were not linked before
        var content = InstallStamp.Hash(local);
        await RunAsync(request, tools, cancellation);
        workspace.NoteInstalled();
        if (stamp.Declared() != declared || InstallStamp.Hash(local) != content)
        {
            // edited meanwhile: which state was installed nobody knows, so the next call installs again
            return (true, Guid.NewGuid().ToString());
        }

        stamp.Write();
        return (true, stamp.Key());
    }

    private void Waiting(string text)
    {
        if (note is null)
        {
            line(new OutputLine(text, IsError: false));
        }
        else
        {
            note(text);
        }
    }

    private async Task RunAsync(UiInstallRequest request, UiTools tools, CancellationToken cancellation)
    {
        var output = new OutputTail(line);
        var spec = new ProcessSpec(
            tools.Manager.Executable, tools.Manager.InstallArguments(request.Frozen), request.Ui.Directory)
        {
            // With NODE_ENV=production every manager leaves devDependencies out, and Vite is one.
            Environment = new Dictionary<string, string?>(tools.Environment, UiEnvironment.Names)
            {
                ["NODE_ENV"] = null,
            },
        };
        using var ticking = note is null ? null : new InstallProgress(tools.Manager.Name, note);
        var exitCode = await ToolRunner.RunAsync(spec, one =>
        {
            output.Add(one);
            ticking?.Said(PlainText.Of(one.Text));
        }, cancellation);
        if (exitCode != 0 && request.Frozen
            && output.Lines.FirstOrDefault(line => StaleLockFile().IsMatch(line)) is not null)
        {
            throw Failed(
                $"{Path.GetFileName(tools.Manager.LockFile)} does not fit package.json, and a frozen install takes " +
                $"exactly what it says. Run `{tools.Manager.Name} install` in {request.Ui.Directory} and commit the " +
                "lock file.", request.Ui);
        }

        if (exitCode != 0)
        {
            var arguments = spec.Arguments.Skip(tools.Manager.IsThroughCorepack ? 1 : 0);
            var command = $"{tools.Manager.Name} {string.Join(' ', arguments)}";
            throw Failed(
                $"`{command}` ended with exit code {exitCode} in {request.Ui.Directory}. It " +
                $"said:\n{output.Reason(ShownLines)}", request.Ui);
        }
    }

    private static DiagnosticException Failed(string message, UiProject ui) =>
        new(Diagnostic.Error(DiagnosticCodes.UiInstallFailed, message).At(ui.PackageJson));

    /// <summary>In the words of pnpm, npm, Yarn 1, Yarn 2 and later, and Bun.</summary>
    [GeneratedRegex(
        "ERR_PNPM_OUTDATED_LOCKFILE|`npm ci` can only install packages when|Your lockfile needs to be " +
        "updated|YN0028|lockfile had changes, but lockfile is frozen")]
    private static partial Regex StaleLockFile();

    [GeneratedRegex(@"^(?:\S+ \| )?Progress: resolved \d+")]
    private static partial Regex Tick();
}
