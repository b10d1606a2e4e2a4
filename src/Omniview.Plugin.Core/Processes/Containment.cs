using System.Diagnostics;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// How a child is kept from outliving us and how its descendants are found again.
/// Linux: <c>setpriv --pdeathsig KILL setsid program</c> (util-linux) makes child, group and session one number and has
/// the kernel end it when we are killed. Windows: a <see cref="WindowsJob"/>. macOS, or Linux without util-linux: the child
/// is an ordinary one in our own group. It is ended as a tree, but nothing ends it when we are killed: <c>setsid</c>, a
/// death signal and <c>/proc</c> have no counterpart there.
/// </summary>
internal static class Containment
{
    /// <summary>The variable that proves a process to be ours; it is inherited by all descendants.</summary>
    public const string NonceVariable = "OMNIVIEW_DEV_NONCE";

    /// <summary>Hexadecimal digits of a nonce.</summary>
    public const int NonceLength = 32;

    private static readonly string? Setpriv = OperatingSystem.IsLinux() ? Find("setpriv") : null;
    public static readonly string? Setsid = OperatingSystem.IsLinux() ? Find("setsid") : null;

    /// <summary>Whether children lead their own process group.</summary>
    public static bool HasGroups => Setpriv is not null && Setsid is not null;

    public static ProcessStartInfo StartInfo(ProcessSpec spec, string nonce)
    {
        var info = new ProcessStartInfo
        {
            WorkingDirectory = spec.WorkingDirectory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            FileName = HasGroups ? Setpriv! : spec.FileName,
        };
        IEnumerable<string> arguments = HasGroups
            ? ["--pdeathsig", "KILL", Setsid!, spec.FileName, .. spec.Arguments]
            : spec.Arguments;
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in spec.Environment)
        {
            if (value is null)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }

        info.Environment[NonceVariable] = nonce;
        return info;
    }

    // BusyBox has both names too, but its setpriv knows no --pdeathsig.
    private static string? Find(string tool) =>
        new[] { "/usr/bin/", "/bin/", "/usr/local/bin/" }
            .Select(folder => folder + tool)
            .FirstOrDefault(file => File.Exists(file) && File.ResolveLinkTarget(file, returnFinalTarget: true)?.Name != "busybox");
}
