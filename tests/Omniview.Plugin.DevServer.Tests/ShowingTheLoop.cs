using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Terminal;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>The lines of a dev loop on a terminal, and what is written to draw them.</summary>
public sealed class ShowingTheLoop
{
    private static readonly DevServerState Ready = new()
    {
        PluginId = "hello",
        Mode = "managed",
        DevPath = "/p",
        GoStatus = ProcessStatus.Ready,
        GrpcConnected = true,
        Generation = 3,
        LastBuildDuration = 149_600_000,
    };

    private readonly List<string> _written = [];
    private (int Columns, int Rows) _size = (40, 10);

    [Fact]
    public void The_status_says_how_backend_and_ui_are_and_which_keys_there_are() =>
        Assert.Equal(
            "* hello ready | backend ready, generation 3, build 150 ms | UI http://127.0.0.1:15173 | o dashboard  r "
                + "rebuild  q quit  ? help",
            Plain(
                StatusLines
                    .Of(
                        Ready with
                        {
                            ViteStatus = ProcessStatus.Ready,
                            VitePort = 15173,
                            ViteUrl = "http://127.0.0.1:15173",
                        },
                        [],
                        default,
                        "",
                        200)
                    .Single()));

    [Theory]
    [InlineData(
        80,
        "* hello ready | backend ready, generation 3, build 6 min 44 s",
        "  UI http://127.0.0.1:15173 | o dashboard  r rebuild  q quit  ? help"
    )]
    [InlineData(
        50,
        "* hello ready",
        "  backend ready, generation 3, build 6 min 44 s",
        "  UI http://127.0.0.1:15173",
        "  o dashboard  r rebuild  q quit  ? help"
    )]
    public void What_does_not_fit_into_one_line_takes_more_of_them_and_the_keys_are_never_cut_off(
        int columns, params string[] lines) =>
        Assert.Equal(
            lines,
            StatusLines
                .Of(
                    Ready with
                    {
                        ViteStatus = ProcessStatus.Ready,
                        VitePort = 15173,
                        ViteUrl = "http://127.0.0.1:15173",
                        LastBuildDuration = 404_295_000_000,
                    },
                    [],
                    default,
                    "",
                    columns)
                .Select(Plain));

    [Fact]
    public void What_is_busy_says_how_long_and_what_it_said_last() =>
        Assert.Equal(
            "* hello building | 12 s | Progress: resolved 120 | UI starting | o dashboard  r rebuild  q quit  ? help",
            Plain(
                StatusLines
                    .Of(
                        Ready with
                        {
                            GoStatus = ProcessStatus.Idle,
                            ViteStatus = ProcessStatus.Starting,
                        },
                        [],
                        TimeSpan.FromSeconds(12),
                        "\e[1mProgress:\e[0m resolved 120",
                        200)
                    .Single()));

    [Fact]
    public void The_first_problems_are_above_the_status_each_on_a_line_of_its_own_whatever_is_in_them()
    {
        var problems = Enumerable
            .Range(1, 7)
            .Select(line => new BuildError(
                "/p/pkg/x.go", line, 5, "first\nsecond\e[2J\e]0;title\a\tend", "GO0001", "error", ""))
            .ToList();

        var lines = StatusLines.Of(Ready with { StaleReason = "build failed" }, problems, default, "", 200);

        Assert.Equal(7, lines.Count);
        Assert.Equal("  GO0001 pkg/x.go(1,5): first second end", Plain(lines[0]));
        Assert.Equal("  … 2 more", lines[5]);
        Assert.Equal(
            "* hello ready, stale: build failed | backend ready, generation 3, build 150 ms | problems: 7 | o " +
            "dashboard  r rebuild  q quit  ? help", Plain(lines[6]));
        Assert.All(lines, line => Assert.DoesNotContain(Plain(line), char.IsControl));
    }

    [Fact]
    public void A_line_goes_above_those_that_stay_and_only_those_are_erased()
    {
        using var area = new LiveArea(_written.Add, () => _size);
        area.Write("one");
        area.Show(["problem", "status"]);
        area.Write("two");
        area.Show(["problem", "status"]);

        Assert.Equal(["one\n", "\e[?7lproblem\nstatus\e[?7h", "\e[A\r\e[Jtwo\n\e[?7lproblem\nstatus\e[?7h"], _written);
    }

    [Fact]
    public void Lines_the_terminal_has_broken_anew_are_erased_whole_and_drawn_to_fit()
    {
        using var area = new LiveArea(_written.Add, () => _size);
        area.Show([new string('a', 30), Ansi.Colour(Ansi.Red, new string('b', 50))]);
        Assert.Equal($"\e[?7l{new string('a', 30)}\n\e[31m{new string('b', 39)}\e[0m\e[?7h", _written[^1]);

        _size = (20, 10); // 30 and 39 columns are two rows each now
        area.Redraw();

        Assert.Equal(
            $"\e[A\e[A\e[A\r\e[J\e[?7l{new string('a', 19)}\e[0m\n\e[31m{new string('b', 19)}\e[0m\e[?7h",
            _written[^1]);
    }

    [Fact]
    public void Of_more_lines_than_half_the_terminal_has_the_last_are_shown_and_in_the_end_none()
    {
        _size = (40, 4);
        var area = new LiveArea(_written.Add, () => _size);
        area.Show(["1", "2", "3"]);
        Assert.Equal("\e[?7l2\n3\e[?7h", _written[^1]);

        area.Dispose();
        area.Show(["too late"]);
        area.Write("last");

        Assert.Equal(["\e[A\r\e[J", "last\n"], _written[1..]);
    }

    [Fact]
    public void A_coloured_line_has_the_text_of_the_plain_one()
    {
        var entry = new LogEntry(
            "2026-11-20T12:00:00.000Z", LogSource.Plugin, "warn", "hot \e[2J\e[31mred", "hello", 1, 1);
        var problem = new BuildError("/p/x.go", 3, 5, "undefined: y", "GO0001", "error", "");

        Assert.Equal(Plain(LogLine.Of(entry)), Plain(new ColouredLines().Log(entry)));
        Assert.Equal(LineStyle.Plain.Problem(problem), Plain(new ColouredLines().Problem(problem)));
        Assert.Contains(
            "\e[32m[plugin]\e[0m \e[33mwarn: \e[0m", new ColouredLines().Log(entry), StringComparison.Ordinal);
        Assert.Contains("\e[31merror GO0001\e[0m", new ColouredLines().Problem(problem), StringComparison.Ordinal);
    }

    private static string Plain(string line) => Core.Text.PlainText.Of(line);
}
