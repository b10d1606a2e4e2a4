using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Doctor;

[UnixOnly("the tools examined are shell scripts")]
public sealed class ViteChecksTests : IDisposable
{
    private readonly ExaminedProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Settings_of_vite_that_let_others_in_are_told_with_their_places()
    {
        var config = _project.Write("ui/vite.config.ts", """
            import { defineConfig } from 'vite';
            // host: true
            const text = "cors: true", pattern = /[/"']cors: true,/;
            export default defineConfig(({ mode }) => ({
              server: {
                host: true,
                /* allowedHosts: true, */
                "allowedHosts": true as const,
                cors: { origin: "*" },
                fs: { strict: false },
              },
              preview: { cors: true },
              other: { host: true, cors: true },
            }));
            """);

        var findings = await _project.FindAsync(DiagnosticCodes.ViteSettingDangerous);

        Assert.Equal(
            [(6, 5), (8, 5), (9, 13), (10, 11), (12, 14)],
            findings.Select(finding => (finding.Problem.Line, finding.Problem.Column)));
        Assert.All(findings, finding => Assert.Equal(config, finding.Problem.File));
        Assert.StartsWith(
            "server.cors.origin: '*' lets any web site", findings[2].Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_lets_nobody_in()
    {
        File.Copy(
            Path.Combine(Repository.Root, "samples", "plugin", "ui", "vite.config.ts"),
            Path.Combine(_project.Directory, "ui", "vite.config.ts"),
            overwrite: true);

        Assert.Empty(await _project.FindAsync(DiagnosticCodes.ViteSettingDangerous));
    }

    [Fact]
    public async Task A_vite_with_known_holes_is_told()
    {
        _project.Write("ui/node_modules/vite/package.json", """{ "name": "vite", "version": "5.4.21" }""");

        Assert.Contains(
            "6.4.3",
            Assert.Single(await _project.FindAsync(DiagnosticCodes.ViteVersionVulnerable)).Cure,
            StringComparison.Ordinal);
    }
}
