using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoModuleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_the_directives_with_their_lines()
    {
        var file = _folder.Write("go.mod", "module example.com/p\r\n\r\ngo 1.25.1 // why\r\ntoolchain go1.26.1\r\n");

        Assert.Equal(new GoModule(file, new GoVersion(1, 25, 1), 3, "go1.26.1", 4), GoModule.Read(_folder.Path));
    }

    [Fact]
    public void Is_not_misled_by_comments_and_blocks()
    {
        var file = _folder.Write(
            "go.mod", "// go 1.1\nmodule example.com/p\nrequire(\n\tgo 1.2\n\ttoolchain go1.2\n)\ngo 1.25\n");

        Assert.Equal(new GoModule(file, new GoVersion(1, 25, 0), 7, null, 0), GoModule.Read(_folder.Path));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\0\u0001 garbage ( ) go", 0)]
    [InlineData("go soon", 1)]
    public void Takes_any_file(string text, int line)
    {
        var file = _folder.Write("go.mod", text);

        Assert.Equal(new GoModule(file, null, line, null, 0), GoModule.Read(_folder.Path));
    }

    [Fact]
    public void Finds_the_nearest_module_above()
    {
        _folder.Write("go.mod", "module outer\ngo 1.1\n");
        var file = _folder.Write("a/go.mod", "module example.com/p\ngo 1.25\n");
        Directory.CreateDirectory(_folder["a/b/c"]);

        Assert.Equal(file, GoModule.Read(_folder["a/b/c"])?.File);
    }

    [Fact]
    public void Is_null_without_a_module()
    {
        Assert.Null(GoModule.Read(_folder.Path));
    }
}
