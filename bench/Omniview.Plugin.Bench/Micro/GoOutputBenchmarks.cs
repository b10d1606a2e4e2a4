using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Bench.Micro;

/// <summary>
/// The Go parser on a build with very much to say; its peer finds positions only, as an editor's problem matcher does.
/// </summary>
public partial class GoOutputBenchmarks
{
    private const int Lines = 10_000;

    // What go 1.27 prints, twenty lines of it again and again with other names and numbers.
    private static readonly string[] Pattern =
    [
        "# example.com/hello-omniview/pkg/module{0}",
        "pkg/module{0}/server.go:{1}:2: undefined: handle",
        "pkg/module{0}/server.go:{1}:14: cannot use request (variable of type *http.Request) as io.Reader value in " +
        "argument to decode: *http.Request does not implement io.Reader (missing method Read)",
        "pkg/module{0}/list.go:{1}:9: not enough return values",
        "\thave (number)",
        "\twant (int, error)",
        "./main.go:{1}:2: declared and not used: count",
        "../shared/wire/wire.go:{1}:8: \"os\" imported and not used",
        "pkg/module{0}/server.go:{1}:6: too many errors",
        "# example.com/hello-omniview/pkg/other{0}",
        "pkg/other{0}/greet.go:{1}:6: can inline greet",
        "pkg/other{0}/greet.go:{1}:13: ... argument does not escape",
        "pkg/other{0}/greet.go:{1}:14: \"hello\" escapes to heap",
        "go: downloading github.com/hashicorp/go-plugin v1.7.{0}",
        "pkg/module{0}/duplicate.go:{1}:6: main redeclared in this block",
        "\tpkg/module{0}/server.go:{1}:6: other declaration of main",
        "net/http",
        "go: example.com/module{0}@v1.0.{1}: reading file:///proxy/module/@v/v1.0.{1}.mod: no such file or directory",
        "",
        "/usr/local/go/src/net/http/server.go:{1}:20: note: type declared here",
    ];

    private string[] _lines = [];

    [GlobalSetup]
    public void MakeLines() =>
        _lines = [.. Enumerable.Range(0, Lines).Select(i => Pattern[i % Pattern.Length]
            .Replace("{0}", $"{i / Pattern.Length}", StringComparison.Ordinal)
            .Replace("{1}", $"{i + 1}", StringComparison.Ordinal))];

    [Benchmark(Description = "GoOutputParser (ours)")]
    public int Parser()
    {
        var parser = new GoOutputParser(Path.GetTempPath());
        foreach (var line in _lines)
        {
            parser.Add(line);
        }

        return parser.Finish(1).Count;
    }

    [Benchmark(Description = "one regular expression")]
    public int OneExpression()
    {
        var found = 0;
        foreach (var line in _lines)
        {
            var match = Position().Match(line);
            found += match.Success && match.Groups[4].Value.Length > 0 ? 1 : 0;
        }

        return found;
    }

    [GeneratedRegex(@"^([^:]+):(\d+):(?:(\d+):)? (.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
