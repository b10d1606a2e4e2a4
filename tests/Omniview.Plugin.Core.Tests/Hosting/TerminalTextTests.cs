using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class TerminalTextTests
{
    public static TheoryData<string, string> Texts { get; } = new()
    {
        { "plain é 漢 🙂\ttab", "plain é 漢 🙂\ttab" },
        { "two\nlines", "two\nlines" },
        { "\e[1;32mgreen\e[0m", "\e[1;32mgreen\e[0m" },
        { "\e[38;2;1;2;3mrgb\e[m\e[0m", "\e[38;2;1;2;3mrgb\e[m\e[0m" },
        { "\e[4:3mcurly\e[0m", "\e[4:3mcurly\e[0m" },
        { "\e[31mleft red", "\e[31mleft red\e[0m" }, // or all that follows would be red, or invisible
        { "\e[2Jcleared", "cleared" },
        { "\e[10;20Hmoved\e[?25lhidden", "movedhidden" },
        { "\e[6n\e[c\e[5i", "" },
        { "\e[>4;2mkeys\e[?4m", "keys" }, // ends in m, but sets the keyboard's mode
        { "\e[0 mspaced", "spaced" },
        { "\e]0;title\adone", "done" },
        { "\e]2;title\e\\done", "done" },
        { "\e]8;;http://evil.example\e\\link\e]8;;\e\\", "link" },
        { "\e]52;c;cm0gLXJm\apaste", "paste" },
        { "\e]52;c;unfinished", "" },
        { "\ePq#0;2;0;0;0#0~~\e\\sixel", "sixel" },
        { "\e_Gf=100;AAAA\e\\kitty", "kitty" },
        { "\e^private\e\\\eXstring\e\\x", "x" },
        { "\u009b2Jc1", "c1" }, // the same in one character each: C1
        { "\u009b31mred", "red" },
        { "\u009d52;c;cm0gLXJm\u009cpaste", "paste" },
        { "a\u0090b\u009cc\u0098d\u009ce\u009ef\u009cg\u009fh\u009ci", "acegi" },
        { "next\u0085line\u0080\u0081\u0099", "nextline" },
        { "\u202egnp.exe\u202c \u2066isolated\u2069", "gnp.exe isolated" }, // turned around, it reads exe.png
        { "\ecreset\eM\e7\e8", "reset" },
        { "\e(0charset", "charset" },
        { "over\rwritten\b\b\u007f\0\a\v\f\u000e\u000f", "overwritten" },
        { "\e\e[31m\e[0m", "\e[31m\e[0m" },
        { "\e[\e[2J", "" },
        { "split \e[", "split " },
        { "\e", "" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Colours_stay_and_everything_else_that_steers_a_terminal_goes(string text, string shown) =>
        Assert.Equal(shown, TerminalText.Neutralise(text));

    [Theory]
    [InlineData("\e[31mred\e[0m\e]0;title\a \u009b2J\u0085plain\u202e", "red plain")]
    public void Nothing_that_steers_a_terminal_is_left_where_colours_are_not_wanted(string text, string shown)
    {
        Assert.Equal(shown, TerminalText.Plain(text));
        Assert.Equal(shown, PlainText.Of(text));
    }

    [Fact]
    public void Hostile_text_costs_no_more_than_other_text()
    {
        const int Length = 1024 * 1024; // at a cost that grows with its square no test would end
        foreach (var text in new[] { "\e", "\e[", "\e]", "\e[0;", "\e]8;;", "\u009b", "\u009d", "\u0090" })
        {
            TerminalText.Neutralise(string.Concat(Enumerable.Repeat(text, Length / text.Length)));
        }

        TerminalText.Neutralise("\e[" + new string('0', Length));
    }
}
