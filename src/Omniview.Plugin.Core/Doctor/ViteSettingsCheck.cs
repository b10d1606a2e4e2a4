using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>
/// Settings of Vite that let others in. They are read from the text of vite.config, which is a program: what it
/// computes is not seen.
/// </summary>
internal static class ViteSettingsCheck
{
    private static readonly string[] Names = ["ts", "js", "mts", "mjs", "cts", "cjs"]; // Vite's DEFAULT_CONFIG_FILES

    public static IEnumerable<Finding> Run(CheckContext context)
    {
        if (
            !context.HasUi
            || Names
                .Select(name => Path.Combine(context.Ui.Directory, $"vite.config.{name}"))
                .FirstOrDefault(File.Exists)
                is not { } file)
        {
            yield break;
        }

        foreach (var setting in ScriptSettings.Read(ReadText(file)))
        {
            if (Danger(setting) is var (what, cure))
            {
                yield return Finding.Warning(DiagnosticCodes.ViteSettingDangerous, what, cure)
                    .At(file, setting.Line, setting.Column);
            }
        }
    }

    private static (string What, string Cure)? Danger(ScriptSetting setting) =>
        (setting.Path, setting.Value) switch
        {
            ("server.host" or "preview.host", "true" or "'0.0.0.0'" or "'::'") => (
                $"{setting.Path}: {setting.Value} opens Vite to the whole network. The dev loop overrides it with " +
                "127.0.0.1; started by hand, Vite obeys it.",
                "Write host: '127.0.0.1'."),
            ("server.allowedHosts" or "preview.allowedHosts", "true" or "'all'") => (
                $"{setting.Path}: {setting.Value} lets any web site reach Vite under a name of its own (DNS " +
                "rebinding), and read your sources.",
                "Remove it, or list the names you need."),
            ("server.cors" or "preview.cors", "true")
            or ("server.cors.origin" or "preview.cors.origin", "true" or "'*'") => (
                $"{setting.Path}: {setting.Value} lets any web site you visit read your sources from Vite.",
                "Allow Omniview's window and this machine only: see cors in the vite.config.ts of the sample."),
            ("server.fs.strict", "false") => (
                $"{setting.Path}: {setting.Value} lets whoever reaches Vite read every file you can read.",
                "Remove it, or list folders in server.fs.allow."),
            _ => null,
        };

    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // Vite will say it
        }
    }
}
