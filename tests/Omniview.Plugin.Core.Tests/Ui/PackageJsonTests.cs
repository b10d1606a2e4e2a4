using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class PackageJsonTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Takes_the_manager_and_the_names_of_all_dependencies()
    {
        var package = Read(
            "\uFEFF"
                + """{ "packageManager": "pnpm@10.0.0", "dependencies": { "a": "1" }, """
                + """ "devDependencies": { "@b/c": "workspace:*" } }""");

        Assert.Equal("pnpm@10.0.0", package.PackageManager);
        Assert.Equal(["@b/c", "a"], package.Dependencies.Order());
    }

    [Theory]
    [InlineData("{\n  \"name\": \"x\",\n}", 3, 1)]
    [InlineData("{\n  \"name\" \"x\"\n}", 2, 10)]
    [InlineData("", 1, 1)]
    [InlineData("[]", 1, 1)]
    public void What_is_no_JSON_object_is_OVP5007_with_its_place(string text, int line, int column)
    {
        var problem = Assert.Throws<DiagnosticException>(() => Read(text)).Diagnostic;

        Assert.Equal(
            (DiagnosticCodes.PackageJsonUnreadable, _folder["package.json"], line, column),
            (problem.Code, problem.File, problem.Line, problem.Column));
        Assert.DoesNotContain("BytePosition", problem.Message);
    }

    [Fact]
    public void A_missing_file_is_OVP5007()
    {
        var problem = Assert.Throws<DiagnosticException>(() => PackageJson.Read(_folder["package.json"])).Diagnostic;

        Assert.Equal((DiagnosticCodes.PackageJsonUnreadable, _folder["package.json"]), (problem.Code, problem.File));
    }

    private PackageJson Read(string text) => PackageJson.Read(_folder.Write("package.json", text));
}
