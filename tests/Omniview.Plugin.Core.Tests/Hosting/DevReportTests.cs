using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class DevReportTests : DevReportTestBase
{
    [Theory]
    [InlineData("debug", LogSource.GoWatch, "changed: pkg/x.go", false)]
    [InlineData("info", LogSource.Vite, "  ", false)]
    [InlineData("info", LogSource.GoBuild, "pkg/x.go:3:5: undefined: y", false)]
    [InlineData("info", LogSource.GoBuild, "go: downloading example.com/m v1.0.0", true)]
    [InlineData("info", LogSource.Plugin, "hello", true)]
    public void What_only_repeats_or_explains_is_for_those_who_ask(
        string level, string source, string message, bool isShown)
    {
        var entry = Entry(level, message) with { Source = source };

        new DevReport(Lines.Add).Logged(entry);
        Assert.Equal(isShown ? 1 : 0, Lines.Count);

        new DevReport(Lines.Add, verbose: true).Logged(entry);
        Assert.Equal(isShown ? 2 : 1, Lines.Count);
    }

    [Fact]
    public void The_UIs_address_is_told_once_and_again_when_it_changes()
    {
        var report = new DevReport(Lines.Add);
        var ready = Running with { ViteStatus = ProcessStatus.Ready, ViteUrl = Ui };

        foreach (
            var state in new[]
            {
                Running,
                ready,
                ready with
                {
                    Seq = 2,
                },
                Running,
                ready,
                ready with
                {
                    ViteUrl = "http://127.0.0.1:15174",
                },
            })
        {
            report.StatusChanged(state);
        }

        Assert.Equal(
            ["  UI   http://127.0.0.1:15173", "  UI   http://127.0.0.1:15173", "  UI   http://127.0.0.1:15174"],
            Lines);
    }

    [Fact]
    public void Debug_lines_are_for_those_who_ask()
    {
        new DevReport(Lines.Add).Logged(Entry("debug", "detail"));
        Assert.Empty(Lines);

        new DevReport(Lines.Add, verbose: true).Logged(Entry("debug", "detail"));
        Assert.Equal([$"{Time} [manager] detail"], Lines);
    }

    [Fact]
    public void No_line_and_no_problem_can_steer_the_terminal()
    {
        var report = new DevReport(Lines.Add);

        report.Logged(Entry("error", "\e]52;c;x\aa\e[2J"));
        report.ErrorsChanged([Error with { Message = "b\e[1A" }]);

        Assert.Equal([$"{Time} [manager] error: a", "/p/x.go(3,5): error GO0001: b"], Lines);
    }

    [Fact]
    public void Among_other_plugins_each_line_has_its_plugins_name_and_a_problem_still_begins_with_its_file()
    {
        var report = new DevReport(Lines.Add, style: new NamedLines("hello", isColoured: false));

        report.Logged(Entry("warn", "two\nlines"));
        report.StatusChanged(Running with { ViteStatus = ProcessStatus.Ready, ViteUrl = Ui });
        report.ErrorsChanged([Error, Error with { File = "", Line = 0, Column = 0, Code = "OVP3005" }]);
        report.ErrorsChanged([]);

        Assert.Equal(
            [
                $"hello | {Time} [manager] warn: two\nhello | lines",
                "hello |   UI   http://127.0.0.1:15173",
                "/p/x.go(3,5): error GO0001: undefined: y",
                "hello: error OVP3005: undefined: y",
                "hello | problems: none",
            ],
            Lines);
    }

    [Fact]
    public void A_plugins_name_has_the_same_colour_each_time_and_another_plugins_another()
    {
        string[] colours = [
            .. new[] { "one", "two", "one" }.Select(name => new NamedLines(name, isColoured: true).Line("x"))];

        Assert.Matches("^\e\\[[0-9]{2}mone \\|\e\\[0m x$", colours[0]);
        Assert.Equal(colours[0], colours[2]);
        Assert.NotEqual(colours[0].Split('m')[0], colours[1].Split('m')[0]);
    }

    [Fact]
    public void A_problem_is_told_once_with_a_way_to_its_page_and_again_when_it_comes_back()
    {
        var report = new DevReport(Lines.Add);
        var known = BuildError.From(Diagnostic.Error("OVP3005", "no port"));

        report.ErrorsChanged([known]);
        // one more, of another source
        report.ErrorsChanged([Error, BuildError.From(Diagnostic.Error("OVP3005", "no port"))]);
        report.ErrorsChanged([Error]);
        report.ErrorsChanged([known, Error]);

        Assert.Equal(
            [
                "omniview: error OVP3005: no port",
                $"  OVP3005: {HelpPages.For("OVP3005")}",
                "/p/x.go(3,5): error GO0001: undefined: y",
                "omniview: error OVP3005: no port",
            ],
            Lines);
    }

    [Fact]
    public void That_there_are_no_problems_is_said_only_after_some()
    {
        var report = new DevReport(Lines.Add);

        report.ErrorsChanged([]);
        report.ErrorsChanged([Error]);
        report.ErrorsChanged([]);
        report.ErrorsChanged([]);

        Assert.Equal(["/p/x.go(3,5): error GO0001: undefined: y", "problems: none"], Lines);
    }
}
