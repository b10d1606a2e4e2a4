using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
using Omniview.Plugin.DevServer.Cli;
using Omniview.Plugin.DevServer.Cli.Output;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>
/// Whatever is typed ends with an exit code and a message. What can be typed is taken from the commands themselves.
/// </summary>
public sealed class TypingAnything : HostScratch
{
    private static readonly string[] Unusable =
    [
        "",
        " ",
        "garbage",
        "-",
        "--",
        "-1",
        "NaN",
        "1e3",
        "99999999999999999999",
        "0x10",
        "a\0b",
        "\ud800",
        "@",
        "@garbage",
        "~",
        "..",
        "/dev/null",
        "(a",
        new('x', 5000),
    ];

    public static TheoryData<string> Verbs =>
        [.. DevCommand.Create().Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)];

    private string[] Values => [.. Unusable, Folder, Pipe, Path.Combine(Root, "missing")];

    private string Folder => Path.Combine(Root, "folder");

    private string Pipe => Path.Combine(Root, "pipe");

    private static string[] Of(Option option, string value) => [option.Name, value];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task No_verb_ends_in_a_stack_trace(string name)
    {
        await PrepareAsync();
        var root = DevCommand.Create();
        var verb = root.Subcommands.Single(verb => verb.Name == name);

        foreach (var line in Lines(verb, [.. verb.Options, .. root.Options.Where(option => option.Recursive)], [name]))
        {
            foreach (var typed in new[] { line, [.. line, "--json"] })
            {
                AssertTold(typed, await TypedCommand.RunAsync(typed));
            }
        }
    }

    [Fact]
    public async Task Nor_does_the_loop()
    {
        await PrepareAsync();
        var root = DevCommand.Create();
        var running = new List<(string[] Line, Shell Shell)>();
        foreach (var line in Lines(root, root.Options, []))
        {
            if (DevCommand.Create().Parse(line, CommandLine.Parsing).Errors.Count > 0)
            {
                AssertTold(line, await TypedCommand.RunAsync(line));
            }
            else if (
                !Array.Exists(
                    line,
                    value =>
                        value.Contains('\0', StringComparison.Ordinal)
                        || value.Contains('\ud800', StringComparison.Ordinal)))
            {
                // no system passes the others to a program
                running.Add((line, StartCommandLine([.. line, "--no-vite"])));
            }

            if (running.Count == 4)
            {
                await EndAsync();
            }
        }

        await EndAsync();

        async Task EndAsync()
        {
            foreach (var (line, shell) in running)
            {
                AssertTold(line, (await shell.ExitAsync(), "", shell.Text));
            }

            running.Clear();
        }
    }

    [Theory]
    [InlineData("[suggest]")]
    [InlineData("[suggest:-1]", "logs")]
    [InlineData("[suggest:abc]", "logs --")]
    [InlineData("[suggest:99999999999]", "logs --")]
    [InlineData("[suggest:7]", "logs -n abc --state-dir \"")]
    [InlineData("[suggest:9]", "explain OVP")]
    [InlineData("[nonsense]")]
    public async Task Nor_does_what_shells_ask_to_complete_a_line(params string[] typed)
    {
        var (exitCode, _, errors) = await TypedCommand.RunAsync(typed);

        Assert.True(exitCode is ExitCode.Ok or ExitCode.Usage, errors);
    }

    [Theory]
    [InlineData("'--lines' takes a whole number from 0 to 2147483647, and 'abc' is none.", "logs", "-n", "abc")]
    [InlineData("'--vite-port' takes a whole number from 1 to 65535, and '65536' is none.", "--vite-port", "65536")]
    [InlineData("'--dir' takes a path, and '' is none.", "doctor", "--dir", "")]
    [InlineData("'--state-dir' lacks its value: '--json' is an option.", "ps", "--state-dir", "--json")]
    [InlineData("'archive' takes a path, and '' is none.", "install", "")]
    public async Task What_makes_no_sense_is_told_in_plain_words(string message, params string[] typed)
    {
        var (exitCode, output, errors) = await TypedCommand.RunAsync(typed);

        Assert.Equal((ExitCode.Usage, "", message), (exitCode, output, errors.Trim()));
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_told_once_and_in_words()
    {
        var full = StartCommandLineWith(["sh", "-c", "\"$@\" > /dev/full", "sh"], "ps");

        Assert.Equal(1, await full.ExitAsync());
        Assert.StartsWith("omniview-plugin-dev: ", Assert.Single(full.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_current_folder_that_is_gone_is_told_in_words()
    {
        var gone = Path.Combine(Root, "gone");
        Directory.CreateDirectory(gone);
        foreach (var verb in new[] { "", "ps", "doctor", "status", "explain OVP1007" })
        {
            var shell = StartCommandLineWith(
                ["sh", "-c", $"mkdir -p '{gone}' && cd '{gone}' && rmdir '{gone}' && \"$@\" {verb}", "sh"]);
            AssertTold([verb], (await shell.ExitAsync(), "", shell.Text));
        }
    }

    /// <summary>Each option and each argument with each value, with none, twice, and attached.</summary>
    private IEnumerable<string[]> Lines(Command command, IEnumerable<Option> options, string[] name)
    {
        string[] state = ["--state-dir", State];
        var needed = command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0)
            .Select(argument => argument.Name == "shell" ? "bash" : "needed").ToArray();
        foreach (var option in options.Where(option => option is not HelpOption))
        {
            string[] before = option.Name == "--state-dir" || command.Name == "completion" || command.Name == "explain"
                ? [.. name, .. needed]
                : [.. name, .. needed, .. state];
            yield return [.. before, option.Name];
            yield return [.. before, $"{option.Name}="];
            yield return [.. before, .. Of(option, Folder), .. Of(option, Folder)];
            foreach (var value in Values)
            {
                yield return [.. before, .. Of(option, value)];
                yield return [.. before, $"{option.Name}={value}"];
            }
        }

        foreach (var value in Values)
        {
            string[] before = command.Name is "completion" or "explain" ? name : [.. name, .. state];
            yield return [.. before, value];
            yield return [.. before, value, value];
        }
    }

    private async Task PrepareAsync()
    {
        Directory.CreateDirectory(Folder);
        Assert.Equal(0, await Start("mkfifo", Pipe).ExitAsync());
    }

    private static void AssertTold(string[] typed, (int ExitCode, string Output, string Errors) run)
    {
        var what =
            $"{string.Join(' ', typed.Select(value => $"'{(value.Length > 100 ? value[..100] + "…" : value)}'"))} " +
            $"ended with {run.ExitCode}:\n{run.Output}{run.Errors}";
        Assert.True(run.ExitCode is >= 0 and <= 3, what);
        Assert.True(run.ExitCode == 0 || run.Output.Length + run.Errors.Length > 0, what);
        Assert.DoesNotContain("   at ", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("nhandled", run.Output + run.Errors, StringComparison.Ordinal);
        if (typed.Contains("--json") && !typed.Contains("--"))
        {
            foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.True(IsJson(line), what);
            }
        }
    }

    private static bool IsJson(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
