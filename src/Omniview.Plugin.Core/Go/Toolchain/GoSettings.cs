using System.Text;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Toolchain;

/// <summary>
/// The value the go command will see for one of its variables, found as it finds them: the child's environment, then
/// the file that <c>go env -w</c> writes. An empty variable counts as unset.
/// </summary>
internal static class GoSettings
{
    private const int LargestFile = 1024 * 1024;

    /// <param name="overlay">What the child's environment has over this process's; null values are variables taken
    /// away.</param>
    /// <param name="name">Name of the variable, e.g. <c>GOFLAGS</c>.</param>
    public static string? Get(IReadOnlyDictionary<string, string?> overlay, string name) =>
        FromEnvironment(overlay, name) ?? FromFile(FromEnvironment(overlay, "GOENV"), name);

    private static string? FromEnvironment(IReadOnlyDictionary<string, string?> overlay, string name)
    {
        var value = overlay.TryGetValue(name, out var overlaid) ? overlaid : Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static string? FromFile(string? goenv, string name)
    {
        if (goenv == "off")
        {
            return null;
        }

        // os.UserConfigDir()/go/env; .NET means the same folder by ApplicationData on Linux (XDG_CONFIG_HOME), macOS
        // and Windows.
        var file = goenv
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "go", "env");
        try
        {
            return Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file, LargestFile)).Split(['\n', '\r'])
                .Where(line => line.StartsWith(name + "=", StringComparison.Ordinal))
                .Select(line => line[(name.Length + 1)..])
                .LastOrDefault(value => value.Length > 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
