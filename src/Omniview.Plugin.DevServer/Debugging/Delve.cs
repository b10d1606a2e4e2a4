using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.DevServer.Debugging;

/// <summary>The debugger for Go programs.</summary>
/// <param name="Executable">Absolute path of dlv.</param>
internal sealed record Delve(string Executable)
{
    public const string Property = "OmniviewDlvPath";

    private static readonly string[] WellKnownFolders = OperatingSystem.IsWindows()
        ? ["~/go/bin"]
        : ["~/go/bin", "/opt/homebrew/bin", "/usr/local/bin", "/home/linuxbrew/.linuxbrew/bin"];

    /// <summary>
    /// The given one, else the first on PATH outside the project, else the one "go install" has put into its folder.
    /// </summary>
    /// <param name="finder">Searches PATH.</param>
    /// <param name="givenPath">The property <see cref="Property"/>; empty counts as not given.</param>
    /// <param name="variable">Values of the variables GOBIN and GOPATH, which say where "go install" puts
    /// programs.</param>
    /// <exception cref="DiagnosticException">OVP2007, a warning: there is none, or the named one isn't a
    /// program.</exception>
    public static Delve Find(ExecutableFinder finder, string? givenPath, Func<string, string?> variable)
    {
        if (!string.IsNullOrWhiteSpace(givenPath))
        {
            return Path.IsPathFullyQualified(givenPath) && ExecutableFinder.IsExecutable(givenPath)
                ? new Delve(givenPath)
                : throw Missing(
                    $"the property {Property} names \"{givenPath}\", which isn't the absolute path of a program");
        }

        var installed = (variable("GOPATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "bin"));
        return
            finder.Find(
                "dlv",
                [
                    .. (string[])(variable("GOBIN") is { Length: > 0 } bin ? [bin] : []),
                    .. installed,
                    .. WellKnownFolders,
                ])
                is { } found
            ? new Delve(found)
            : throw Missing("dlv isn't on PATH, nor where \"go install\" puts it");
    }

    /// <summary>
    /// The program under this debugger, running: clients may come to 127.0.0.1 and go as they like. The program's
    /// standard output is that of dlv.
    /// </summary>
    public ProcessSpec Around(ProcessSpec program, int port) => program with
    {
        FileName = Executable,
        // to end its program dlv stops each of its threads and waits for that; the CONT that goes with our TERM takes
        // the stops back
        EndsOwnChildren = true,
        Arguments =
        [
            "exec", "--headless", string.Create(CultureInfo.InvariantCulture, $"--listen=127.0.0.1:{port}"),
            "--api-version=2", "--accept-multiclient", "--continue",
            program.FileName, .. program.Arguments.Prepend("--"),
        ],
    };

    private static DiagnosticException Missing(string what) => new(Diagnostic.Warning(
        DiagnosticCodes.DelveNotFound,
        $"The plugin runs without a debugger: {what}. Install it with \"go install " +
        $"github.com/go-delve/delve/cmd/dlv@latest\", or set {Property} to the path of a dlv."));
}
