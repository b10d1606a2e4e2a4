namespace Omniview.Plugin.Core.Tests.Go.Incremental;

/// <summary>A program of several modules with links and embedded files. Edits change the digits in them.</summary>
internal static class WalkedSources
{
    private const string Lib =
        "package lib\n\n//go:noinline\nfunc Name() string { return \"0000\" }\n\nconst Seen = \"0000\"\n";

    public static void Write(TempFolder folder)
    {
        folder.Write(
            "p/go.mod", "module example.com/p\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n\nreplace " +
            "example.com/lib => ../lib\n");
        folder.Write(
            "p/pkg/main.go", "package main\n\nimport " +
            "(\n\t\"example.com/lib\"\n\t\"example.com/p/pkg/assets\"\n\t\"example.com/p/pkg/words\"\n)\n\nfunc " +
            "main() { println(\"0000\", words.Word(), words.Seen, lib.Name(), lib.Seen, assets.Text, linked) }\n");
        folder.Write(
            "p/pkg/assets/assets.go", "package assets\n\nimport _ \"embed\"\n\n//go:embed text.txt\nvar Text " +
            "string\n\n// 0000\n");
        folder.Write("p/pkg/assets/text.txt", "0000");
        folder.Write(
            "p/pkg/words/words.go", "package words\n\nimport \"example.com/p/pkg/words/deep\"\n\nconst Seen = " +
            "\"0000\"\n\n//go:noinline\nfunc Word() string { return \"0000\" + deep.Deep() }\n");
        folder.Write("p/pkg/words/words_test.go", "package words\n\n// 0000\n");
        folder.Write(
            "p/pkg/words/tagged.go", "//go:build tagged\n\npackage words\n\nfunc init() { println(\"0000\") }\n");
        folder.Write(
            "p/pkg/words/deep/deep.go", "package deep\n\n//go:noinline\nfunc Deep() string { return \"0000\" }\n");
        folder.Write("shared/linked.go", "package main\n\nconst linked = \"0000\"\n");
        folder.Write("shared/turned.go", "package main\n\nconst linked = \"turn\"\n\n// 0000\n");
        File.CreateSymbolicLink(folder["p/pkg/linked.go"], "../../shared/linked.go");
        foreach (var lib in new[] { "lib", "other" })
        {
            folder.Write($"{lib}/go.mod", "module example.com/lib\n\ngo 1.25\n");
            folder.Write(
                $"{lib}/lib.go",
                Lib.Replace("0000", lib == "lib" ? "libs" : "othe", StringComparison.Ordinal) + "\n// 0000\n"
            );
        }
    }
}
