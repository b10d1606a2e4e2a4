using System.Text;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoImportsTests
{
    private const string Source = """
        //go:build linux

        package main

        /*
        #include "x.h"
        type in_c;
        */
        import "C"

        import (
        	"embed"
        	"fmt"
        )

        //go:embed web
        var files embed.FS

        func main() { fmt.Println(files) }
        """;

    [Theory]
    [InlineData("fmt.Println(files)", "println(files)")]
    [InlineData("func main()", "func other() {}\n\nfunc main()")]
    [InlineData("var files embed.FS", "var files embed.FS\n\ntype T struct{ embed.FS }")]
    public void What_a_file_does_says_nothing_about_the_files_it_needs(string old, string @new) =>
        Assert.Equal(Of(Source), Of(Replaced(old, @new)));

    [Theory]
    [InlineData("linux", "darwin")]
    [InlineData("package main", "package other")]
    [InlineData("#include \"x.h\"", "#include \"y.h\"")]
    [InlineData("\t\"fmt\"", "\t\"fmt\"\n\t\"os\"")]
    [InlineData("import \"C\"", "import \"unsafe\"")]
    [InlineData("//go:embed web", "//go:embed web more")]
    [InlineData("func main()", "//go:embed x.txt\nvar x string\n\nfunc main()")]
    public void What_it_imports_embeds_and_is_built_for_does(string old, string @new) =>
        Assert.NotEqual(Of(Source), Of(Replaced(old, @new)));

    [Theory]
    [InlineData("package x\n\nconst a = 1\n", "package x\n\n// a is one.\nconst a = 1\n", true)]
    [InlineData(
        "package x\n\nimport \"fmt\"\n\n// a is one.\nconst a = 1\n",
        "package x\n\nimport \"fmt\"\nconst a = 1\n",
        true
    )]
    [InlineData("package x\n\n// one\nimport \"fmt\"\n", "package x\n\n// another\nimport \"fmt\"\n", false)]
    [InlineData("// one\n\npackage x\n", "// +build one\n\npackage x\n", false)]
    [InlineData("package x\n\n//go:noinline\nfunc a() {}\n", "package x\n\nfunc a() {}\n", false)]
    [InlineData("package x\n\n/* one */ import \"fmt\"\n", "package x\n\nimport \"fmt\"\n", false)]
    public void A_remark_on_the_first_declaration_says_nothing_and_one_above_an_import_may(
        string one, string other, bool areSame) =>
        Assert.Equal(areSame, Of(one) == Of(other));

    private static string Replaced(string old, string @new)
    {
        Assert.Contains(old, Source, StringComparison.Ordinal);
        return Source.Replace(old, @new, StringComparison.Ordinal);
    }

    private static string Of(string source) => GoImports.Of(Encoding.UTF8.GetBytes(source));
}
