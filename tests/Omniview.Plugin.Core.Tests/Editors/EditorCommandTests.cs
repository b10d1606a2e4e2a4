using Omniview.Plugin.Core.Desktop;

namespace Omniview.Plugin.Core.Tests.Editors;

public sealed class EditorCommandTests
{
    private const string File = "/p/a b;c/x.go";

    [Theory]
    [InlineData("code", "-g|/p/a b;c/x.go:3:7")]
    [InlineData("code --wait -w --new-window", "--new-window|-g|/p/a b;c/x.go:3:7")]
    [InlineData("/usr/bin/codium", "-g|/p/a b;c/x.go:3:7")]
    [InlineData("'C:\\Program Files\\VS Code\\Code.exe'", "-g|/p/a b;c/x.go:3:7")]
    [InlineData("goland", "--line|3|--column|7|/p/a b;c/x.go")]
    [InlineData("\"C:\\Program Files\\JetBrains\\bin\\rider64.exe\"", "--line|3|--column|7|/p/a b;c/x.go")]
    [InlineData("subl", "/p/a b;c/x.go:3:7")]
    [InlineData("gvim", "+3|/p/a b;c/x.go")]
    [InlineData("my-editor", "/p/a b;c/x.go")]
    [InlineData("my-editor --at={line}:{column} \"{file}\"", "--at=3:7|/p/a b;c/x.go")]
    public void Each_editor_is_told_the_place_in_its_own_way(string setting, string expected) =>
        Assert.Equal(expected, string.Join('|', EditorCommand.Parse(setting)!.ArgumentsFor(File, 3, 7)));

    [Fact]
    public void What_stands_in_a_files_name_is_never_part_of_the_command() =>
        Assert.Equal(
            ["/p/{line} {column} {file}'\"$(x).go", "3"],
            EditorCommand.Parse("e {file} {line}")!.ArgumentsFor("/p/{line} {column} {file}'\"$(x).go", 3, 7));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("''")]
    public void Nothing_is_no_command(string? setting) => Assert.Null(EditorCommand.Parse(setting));

    [Theory]
    [InlineData("code", true)]
    [InlineData("idea64.exe", true)]
    [InlineData("vim", false)]
    [InlineData("nano", false)]
    [InlineData("emacs -nw", false)]
    public void Only_editors_with_a_window_can_be_started_without_a_terminal(string setting, bool hasWindow) =>
        Assert.Equal(hasWindow, EditorCommand.Parse(setting)!.HasWindow);
}
