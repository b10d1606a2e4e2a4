using CliWrap;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// How a child is kept from outliving us and how its descendants are found again.
/// Linux: <c>setpriv --pdeathsig KILL setsid program</c> (util-linux) makes child, group and session one number and has
/// the kernel end it when we are killed. Windows: a <see cref="WindowsJob"/>. macOS, or Linux without util-linux: the
/// child is an ordinary one in our own group, ended as a tree: <c>setsid</c>, a death signal and <c>/proc</c> have no
/// counterpart on macOS. What none of this ends when we are killed, the <see cref="Guardian"/> does.
/// </summary>
internal static class Containment
{
    /// <summary>The variable that proves a process to be ours; it is inherited by all descendants.</summary>
    public const string NonceVariable = "OMNIVIEW_DEV_NONCE";

    /// <summary>Hexadecimal digits of a nonce.</summary>
    public const int NonceLength = 32;

    private static readonly string? Setpriv = OperatingSystem.IsLinux() ? Find("setpriv") : null;

    /// <summary>The program that gives another a session of its own, where there is one.</summary>
    public static string? Setsid { get; } = OperatingSystem.IsLinux() ? Find("setsid") : null;

    /// <summary>Whether children lead their own process group.</summary>
    public static bool HasGroups => Setpriv is not null && Setsid is not null;

    public static Command Command(ProcessSpec spec, string nonce) =>
        Cli.Wrap(HasGroups ? Setpriv! : spec.FileName)
            .WithArguments(HasGroups
                ? ["--pdeathsig", "KILL", Setsid!, spec.FileName, .. spec.Arguments]
                : spec.Arguments)
            .WithWorkingDirectory(spec.WorkingDirectory)
            .WithEnvironmentVariables(new Dictionary<string, string?>(spec.Environment) { [NonceVariable] = nonce })
            .WithValidation(CommandResultValidation.None);

    // BusyBox has both names too, but its setpriv knows no --pdeathsig.
    private static string? Find(string tool) =>
        new[] { "/usr/bin/", "/bin/", "/usr/local/bin/" }
            .Select(folder => folder + tool)
            .FirstOrDefault(file => File.Exists(file) && Path.GetFileName(RealPath.Of(file)) != "busybox");
}
