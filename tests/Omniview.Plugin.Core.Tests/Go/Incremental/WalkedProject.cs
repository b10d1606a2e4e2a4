using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

/// <summary>
/// A program of several modules, links and embedded files in a repository of git, to which things happen at random.
/// </summary>
internal sealed class WalkedProject : IDisposable
{
    private const string Lib =
        "package lib\n\n//go:noinline\nfunc Name() string { return \"0000\" }\n\nconst Seen = \"0000\"\n";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string?> _environment = [];
    private Random _random = new(0);
    private GoBuildRequest? _request;
    private int _number;

    public GoBuildRequest Request => _request! with { Environment = new Dictionary<string, string?>(_environment) };

    public string this[string relative] => _folder[relative];

    public void Dispose() => _folder.Dispose();

    public async Task CreateAsync(Random random)
    {
        _random = random;
        _folder.Write(
            "p/go.mod", "module example.com/p\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n\nreplace " +
            "example.com/lib => ../lib\n");
        _folder.Write(
            "p/pkg/main.go", "package main\n\nimport " +
            "(\n\t\"example.com/lib\"\n\t\"example.com/p/pkg/assets\"\n\t\"example.com/p/pkg/words\"\n)\n\nfunc " +
            "main() { println(\"0000\", words.Word(), words.Seen, lib.Name(), lib.Seen, assets.Text, linked) }\n");
        _folder.Write(
            "p/pkg/assets/assets.go", "package assets\n\nimport _ \"embed\"\n\n//go:embed text.txt\nvar Text " +
            "string\n\n// 0000\n");
        _folder.Write("p/pkg/assets/text.txt", "0000");
        _folder.Write(
            "p/pkg/words/words.go", "package words\n\nimport \"example.com/p/pkg/words/deep\"\n\nconst Seen = " +
            "\"0000\"\n\n//go:noinline\nfunc Word() string { return \"0000\" + deep.Deep() }\n");
        _folder.Write("p/pkg/words/words_test.go", "package words\n\n// 0000\n");
        _folder.Write(
            "p/pkg/words/tagged.go", "//go:build tagged\n\npackage words\n\nfunc init() { println(\"0000\") }\n");
        _folder.Write(
            "p/pkg/words/deep/deep.go", "package deep\n\n//go:noinline\nfunc Deep() string { return \"0000\" }\n");
        _folder.Write("shared/linked.go", "package main\n\nconst linked = \"0000\"\n");
        _folder.Write("shared/turned.go", "package main\n\nconst linked = \"turn\"\n\n// 0000\n");
        File.CreateSymbolicLink(this["p/pkg/linked.go"], "../../shared/linked.go");
        foreach (var lib in new[] { "lib", "other" })
        {
            _folder.Write($"{lib}/go.mod", "module example.com/lib\n\ngo 1.25\n");
            _folder.Write(
                $"{lib}/lib.go",
                Lib.Replace("0000", lib == "lib" ? "libs" : "othe", StringComparison.Ordinal) + "\n// 0000\n"
            );
        }

        _environment["GOENV"] = _folder.Write("goenv", "");
        Directory.CreateDirectory(this["tmp"]);
        _environment["GOTMPDIR"] = this["tmp"];
        _request = new GoBuildRequest
        {
            Toolchain = await GoToolchain.FindAsync(this["p"], null, GoProject.Cancellation),
            ProjectDirectory = this["p"],
            Output = this["out/program"],
            LdFlags = "-s -w",
        };
        await GitAsync("init", "-q", "-b", "one");
        await GitAsync("add", "p", "lib", "other", "shared");
        await GitAsync("commit", "-q", "-m", "one");
        await GitAsync("checkout", "-q", "-b", "two");
        foreach (var file in new[] { "p/pkg/words/words.go", "lib/lib.go" })
        {
            Edit(file);
        }

        await GitAsync("commit", "-q", "-a", "-m", "two");
    }

    /// <summary>Something happens, or two or three things do; says what.</summary>
    public async Task<string> StepAsync()
    {
        List<string> done = [];
        for (var left = _random.Next(3); left >= 0; left--)
        {
            done.Add(_random.Next(10) < 8 ? EditSomething() : await HappenAsync());
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

    private string EditSomething()
    {
        var files = new[]
        {
            "p/pkg/main.go",
            "p/pkg/words/words.go",
            "p/pkg/words/deep/deep.go",
            "lib/lib.go",
            "other/lib.go",
            "shared/linked.go",
            "shared/turned.go",
            "p/pkg/words/words_test.go",
            "p/pkg/words/tagged.go",
            "p/vendor/example.com/lib/lib.go",
        };
        var file = files[_random.Next(files.Length)];
        return File.Exists(this[file]) ? Edit(file) : "nothing";
    }

    /// <summary>
    /// Some four digits are others; sometimes in a file that takes the place of the last, as editors do it.
    /// </summary>
    private string Edit(string file)
    {
        var text = File.ReadAllText(this[file]);
        var places = Enumerable.Range(0, text.Length - 4).Where(
            at => text[at] is '"' or ' ' && text.AsSpan(at + 1, 4).ContainsAnyExceptInRange('0', '9') is false)
            .ToList();
        if (places.Count == 0)
        {
            return "nothing";
        }

        var at = places[_random.Next(places.Count)] + 1;
        Put(
            file,
            string.Concat(
                text.AsSpan(0, at),
                _random.Next(10).ToString("0000", System.Globalization.CultureInfo.InvariantCulture),
                text.AsSpan(at + 4)));
        return $"edited {file}";
    }

    private void Put(string file, string text)
    {
        if (_random.Next(2) == 0)
        {
            File.WriteAllText(this[file], text);
        }
        else
        {
            File.WriteAllText(this[file] + ".new", text);
            File.Move(this[file] + ".new", this[file], overwrite: true);
        }
    }

    private async Task<string> HappenAsync()
    {
        switch (_random.Next(17))
        {
            case 0:
                _folder.Write(
                    $"p/pkg/words/more{++_number}.go", $"package words\n\nfunc init() {{ " +
                    $"println(\"{_number:0000}\") }}\n");
                return "added a file";
            case 1:
                return Delete(Directory.GetFiles(this["p/pkg/words"], "more*.go").Order().FirstOrDefault());
            case 2:
                return Rename(Directory.GetFiles(this["p/pkg/words"], "more*.go").Order().FirstOrDefault());
            case 3:
                return Toggle("p/pkg/words/words.go", "func Word", "fnc Word"); // a mistake, or its mending
            case 4:
                return Turn(
                    "p/pkg/linked.go", _random.Next(2) == 0 ? "../../shared/linked.go" : "../../shared/turned.go");
            case 5:
                return Swap("lib", "other");
            case 6:
                return await CopyAsync("lib");
            case 7:
                await GitAsync("checkout", "-q", "-f", _random.Next(2) == 0 ? "one" : "two");
                return "checked out a branch";
            case 8:
                return Toggle("p/go.mod", "=> ../lib", "=> ../other");
            case 9:
                return Appear(
                    "go.work", "go 1.25\n\nuse (\n\t./p\n\t./other\n)\n\nreplace example.com/lib => ./other\n");
            case 10:
                return await VendorAsync();
            case 11:
                return Appear("p/pkg/words/deep/go.mod", "module example.com/deep\n\ngo 1.25\n");
            case 12:
                return Toggle("goenv", "GOFLAGS=-tags=tagged\n", "# nothing\n");
            case 13:
                return Toggle("p/pkg/words/tagged.go", "//go:build tagged\n", "//go:build !tagged\n");
            case 14:
                return Edit("p/pkg/assets/text.txt") + Toggle("p/pkg/assets/text.txt", "0", "1");
            case 15:
                return Toggle("p/pkg/words/words_test.go", "package words\n", "package wrong\n");
            default:
                return Appear("p/pkg/default.pgo", "no profile");
        }
    }

    private string Toggle(string file, string one, string other)
    {
        var text = File.ReadAllText(this[file]);
        Put(
            file,
            text.Contains(one, StringComparison.Ordinal) ? text.Replace(one, other, StringComparison.Ordinal)
                : text.Contains(other, StringComparison.Ordinal) ? text.Replace(other, one, StringComparison.Ordinal)
                : one);
        return $"changed {file}";
    }

    private string Appear(string file, string text)
    {
        if (File.Exists(this[file]))
        {
            return Delete(this[file]);
        }

        _folder.Write(file, text);
        return $"{file} came";
    }

    private static string Delete(string? file)
    {
        if (file is not null)
        {
            File.Delete(file);
        }

        return $"deleted {file}";
    }

    private string Rename(string? file)
    {
        if (file is not null)
        {
            File.Move(file, this[$"p/pkg/words/more{++_number}.go"]);
        }

        return $"renamed {file}";
    }

    private string Turn(string link, string target)
    {
        var text = File.ReadAllText(this[link]);
        File.Delete(this[link]);
        if (_random.Next(3) == 0)
        {
            File.WriteAllText(this[link], text); // a file with the same content
            return $"{link} is a file";
        }

        File.CreateSymbolicLink(this[link], target);
        return $"{link} leads to {target}";
    }

    private string Swap(string one, string other)
    {
        Directory.Move(this[one], this["aside"]);
        Directory.Move(this[other], this[one]);
        Directory.Move(this["aside"], this[other]);
        return $"{one} and {other} changed places";
    }

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
