using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

/// <summary>
/// A program of several modules, links and embedded files in a repository of git, to which things happen at random.
/// </summary>
internal sealed class WalkedProject : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string?> _environment = [];
    private Random _random = new(0);
    private RandomEdits? _edits;
    private GoBuildRequest? _request;

    public GoBuildRequest Request => _request! with { Environment = new Dictionary<string, string?>(_environment) };

    private RandomEdits Edits => _edits!;

    public string this[string relative] => _folder[relative];

    public void Dispose() => _folder.Dispose();

    public async Task CreateAsync(Random random)
    {
        _random = random;
        _edits = new RandomEdits(_folder, random);
        WalkedSources.Write(_folder);
        _environment["GOENV"] = _folder.Write("goenv", "");
        Directory.CreateDirectory(this["tmp"]);
        _environment["GOTMPDIR"] = this["tmp"];
        _request = new GoBuildRequest
        {
            Toolchain = await GoToolchain.FindAsync(this["p"], null, GoProject.Cancellation),
            ProjectDirectory = this["p"],
            Output = this["out/program"],
            Options = new() { LdFlags = "-s -w" },
        };
        await GitAsync("init", "-q", "-b", "one");
        await GitAsync("add", "p", "lib", "other", "shared");
        await GitAsync("commit", "-q", "-m", "one");
        await GitAsync("checkout", "-q", "-b", "two");
        foreach (var file in new[] { "p/pkg/words/words.go", "lib/lib.go" })
        {
            Edits.Edit(file);
        }

        await GitAsync("commit", "-q", "-a", "-m", "two");
    }

    /// <summary>Something happens, or two or three things do; says what.</summary>
    public async Task<string> StepAsync()
    {
        List<string> done = [];
        for (var left = _random.Next(3); left >= 0; left--)
        {
            done.Add(_random.Next(10) < 8 ? Edits.EditSomething() : await HappenAsync());
        }

        return string.Join(", ", done);
    }

    /// <summary>Three times in four takes away what may keep it from being built.</summary>
    public async Task MendAsync()
    {
        if (_random.Next(4) > 0)
        {
            foreach (var file in new[] { "p/pkg/default.pgo", "p/pkg/words/deep/go.mod", "go.work", "goenv" })
            {
                File.Delete(this[file]);
            }

            if (Directory.Exists(this["p/vendor"]))
            {
                Directory.Delete(this["p/vendor"], recursive: true);
            }

            _folder.Write("goenv", "");
            await GitAsync("checkout", "-q", "-f", "one");
        }
    }

    private async Task<string> HappenAsync()
    {
        switch (_random.Next(17))
        {
            case 0:
                return Edits.AddFile();
            case 1:
                return RandomEdits.Delete(AddedFile());
            case 2:
                return Edits.Rename(AddedFile());
            case 3:
                return Edits.Toggle("p/pkg/words/words.go", "func Word", "fnc Word"); // a mistake, or its mending
            case 4:
                return Edits.Turn(
                    "p/pkg/linked.go", _random.Next(2) == 0 ? "../../shared/linked.go" : "../../shared/turned.go");
            case 5:
                return Edits.Swap("lib", "other");
            case 6:
                return await CopyAsync("lib");
            case 7:
                await GitAsync("checkout", "-q", "-f", _random.Next(2) == 0 ? "one" : "two");
                return "checked out a branch";
            case 8:
                return Edits.Toggle("p/go.mod", "=> ../lib", "=> ../other");
            case 9:
                return Edits.Appear(
                    "go.work", "go 1.25\n\nuse (\n\t./p\n\t./other\n)\n\nreplace example.com/lib => ./other\n");
            case 10:
                return await VendorAsync();
            case 11:
                return Edits.Appear("p/pkg/words/deep/go.mod", "module example.com/deep\n\ngo 1.25\n");
            case 12:
                return Edits.Toggle("goenv", "GOFLAGS=-tags=tagged\n", "# nothing\n");
            case 13:
                return Edits.Toggle("p/pkg/words/tagged.go", "//go:build tagged\n", "//go:build !tagged\n");
            case 14:
                return Edits.Edit("p/pkg/assets/text.txt") + Edits.Toggle("p/pkg/assets/text.txt", "0", "1");
            case 15:
                return Edits.Toggle("p/pkg/words/words_test.go", "package words\n", "package wrong\n");
            default:
                return Edits.Appear("p/pkg/default.pgo", "no profile");
        }
    }

    private string? AddedFile() => Directory.GetFiles(this["p/pkg/words"], "more*.go").Order().FirstOrDefault();

    private async Task<string> CopyAsync(string folder)
    {
        await RunAsync("/bin/cp", "-a", this[folder], this["copy"]);
        Directory.Delete(this[folder], recursive: true);
        Directory.Move(this["copy"], this[folder]);
        return $"a copy of {folder} took its place";
    }

    private async Task<string> VendorAsync()
    {
        if (Directory.Exists(this["p/vendor"]))
        {
            Directory.Delete(this["p/vendor"], recursive: true);
            return "vendor went";
        }

        await RunAsync(Request.Toolchain.Executable, "mod", "vendor");
        return "vendor came";
    }

    private async Task GitAsync(params string[] arguments) =>
        await RunAsync(
            "/usr/bin/git",
            [
                "-C",
                _folder.Path,
                "-c",
                "user.name=x",
                "-c",
                "user.email=x@example.com",
                "-c",
                "commit.gpgsign=false",
                .. arguments,
            ]);

    private async Task RunAsync(string program, params string[] arguments) =>
        await ToolRunner.CaptureAsync(
            new ProcessSpec(program, arguments, this["p"]) { Environment = _environment }, GoProject.Cancellation);
}
