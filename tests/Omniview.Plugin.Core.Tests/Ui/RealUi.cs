using Omniview.Plugin.Core.Ui.Building;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>
/// A small UI with the real Vite 7 and TypeScript 7, installed and built once with the pnpm (or npm) of this machine.
/// </summary>
public sealed class RealUi : IAsyncLifetime
{
    public const string Source = "export const plugin = {\n  name: 'tiny',\n};\n";

    public const string Config = """
        import { defineConfig } from 'vite';

        export default defineConfig({
          build: {
            sourcemap: true,
            rollupOptions: {
              input: 'src/entry.ts',
              preserveEntrySignatures: 'exports-only',
              output: { format: 'system', entryFileNames: 'assets/[name].js' },
            },
          },
        });
        """;

    public const string TypeScriptConfig =
        """
        {
          "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler",
            "target": "es2022", "types": [], "skipLibCheck": true },
          "include": ["src"]
        }
        """;

    public RealUi() =>
        Request = new UiBuildRequest
        {
            Ui = new UiProject(Folder["ui"], Folder.Path),
            StampDirectory = Folder["obj/ui"],
            Environment = new Dictionary<string, string?>
            {
                // pnpm and npm keep their stores and caches there: not in the home of whoever runs the tests.
                ["XDG_DATA_HOME"] = Folder["home/data"],
                ["XDG_CACHE_HOME"] = Folder["home/cache"],
                ["XDG_STATE_HOME"] = Folder["home/state"],
                ["npm_config_cache"] = Folder["home/npm"],
            },
        };

    public TempFolder Folder { get; } = new();

    internal UiBuildRequest Request { get; }

    internal UiBuildResult FirstBuild { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Folder.Write(
            "ui/package.json",
            """
            {
              "name": "tiny", "private": true, "type": "module",
              "devDependencies": { "vite": "^7.3.0", "typescript": "7.0.2" }
            }
            """);
        WriteGoodSources();
        FirstBuild = await BuildAsync();
        // or each test would install it again, and wonder
        Assert.True(FirstBuild.Success, string.Join('\n', FirstBuild.Diagnostics));
    }

    public void WriteGoodSources()
    {
        Folder.Write("ui/vite.config.ts", Config);
        Folder.Write("ui/tsconfig.json", TypeScriptConfig);
        Folder.Write("ui/src/entry.ts", Source);
    }

    internal Task<UiBuildResult> BuildAsync(UiBuildRequest? request = null) =>
        new UiBuilder(_ => { }).BuildAsync(request ?? Request, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
