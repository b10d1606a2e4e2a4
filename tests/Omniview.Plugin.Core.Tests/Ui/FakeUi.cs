using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Building;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>
/// A UI project whose pnpm "installs" a Vite and whose node "builds" by copying src/entry.ts behind System.register.
/// </summary>
public sealed class FakeUi : IDisposable
{
    private const string InstallVite = """
        mkdir -p node_modules/vite/bin node_modules/.pnpm
        touch node_modules/vite/bin/vite.js
        echo '{}' > node_modules/vite/package.json
        cp pnpm-lock.yaml node_modules/.pnpm/lock.yaml
        """;

    private const string Build = """
        if grep -q BROKEN src/entry.ts; then echo 'error during build:'; echo "BROKEN in $PWD"; exit 1; fi
        mkdir -p "$5/assets"
        { echo 'System.register([], function () {});'; printf '// '; cat src/entry.ts; } > "$5/assets/entry.js"
        echo "$5/assets/entry.js  0.1 kB"
        """;

    public FakeUi()
    {
        Tools.Add("pnpm", InstallVite);
        Tools.Add("node", Build);
        Folder.Write("ui/package.json", """{ "devDependencies": { "vite": "7.3.8" } }""");
        Folder.Write("ui/pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
        Folder.Write("ui/src/entry.ts", "one");
        Request = new UiBuildRequest
        {
            Ui = new UiProject(Folder["ui"], Folder.Path),
            StampDirectory = Folder["obj/ui"],
            Environment = new Dictionary<string, string?> { ["PATH"] = Tools.SearchPath },
        };
    }

    public TempFolder Folder { get; } = new();

    public FakeTools Tools { get; } = new();

    internal UiBuildRequest Request { get; set; }

    public List<string> Output { get; } = [];

    public string Entry => File.ReadAllText(Folder["ui/dist/assets/entry.js"]);

    internal Task<UiBuildResult> BuildAsync(CancellationToken cancellation) =>
        new UiBuilder(Collect).BuildAsync(Request, cancellation);

    public Task<bool> InstallAsync(CancellationToken cancellation) =>
        new UiInstaller(Collect).EnsureInstalledAsync(Request, cancellation);

    public void Dispose()
    {
        Tools.Dispose();
        Folder.Dispose();
    }

    private void Collect(OutputLine line)
    {
        lock (Output)
        {
            Output.Add(line.Text);
        }
    }
}
