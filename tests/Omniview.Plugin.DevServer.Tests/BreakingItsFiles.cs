using System.Diagnostics;
using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>
/// Each file of ours in each wrong form, for an ordinary user: what can do without it goes on, and what can't says so
/// with a code. The files come from the product's own lists, and a file that is in none of them fails the test.
/// </summary>
public sealed class BreakingItsFiles(ITestOutputHelper output) : HostScratch
{
    private const string User = "12345";

    private string Precious => Path.Combine(Root, "precious");

    private string Notes => Path.Combine(Project, "obj", "omniview");

    /// <summary>What the loop says when Vite answers.</summary>
    private const string Served = "  UI   http://";

    // Two seconds to heal or to say what is wrong, beside what the good run took, four times over on a busy machine.
    private TimeSpan? _limit;

    private static bool IsRoot => System.Environment.IsPrivilegedProcess;

    /// <summary>A script in which $1 is the file and $2 another user's file or folder.</summary>
    public static TheoryData<string, string> Forms { get; } = new()
    {
        { "empty", ": > \"$1\"" },
        { "cut", "truncate -s $(( $(stat -c %s \"$1\" 2>/dev/null || echo 2) / 2 )) \"$1\"" },
        { "random", "head -c 5000 /dev/urandom > \"$1\"" },
        { "other version", "echo '{\"version\":\"9.9.9\",\"pid\":1,\"port\":40001}' > \"$1\"" },
        { "huge", "truncate -s 1T \"$1\"" },
        { "folder", "rm -rf \"$1\"; mkdir -p \"$1/full\"" },
        { "pipe", "rm -rf \"$1\"; mkfifo \"$1\"" },
        { "link out", "rm -rf \"$1\"; ln -s \"$2\" \"$1\"" },
        { "dangling link", "rm -rf \"$1\"; ln -s \"$2/no/such\" \"$1\"" },
        { "hard link", "rm -rf \"$1\"; ln \"$2\" \"$1\"" },
        { "unreadable", "touch \"$1\"; chmod 000 \"$1\"" },
        { "read-only", "touch \"$1\"; chmod 400 \"$1\"" },
        { "everybody's", "touch \"$1\"; chmod 666 \"$1\"" },
        { "not ours", "rm -rf \"$1\"; echo 40001 > \"$1\"; chown 0 \"$1\"; chmod 600 \"$1\"" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task What_is_broken_is_healed_or_named_and_nothing_of_the_users_is_touched(string form, string script)
    {
        Assert.SkipWhen(form == "not ours" && !IsRoot, "only root can be two users");
        await BeginAsync();
        AssertAllAreListed();
        var before = Canaries();

        foreach (var kind in new[] { StateEntryKind.Text, StateEntryKind.Folder })
        {
            await HealsAsync(
                form,
                script,
                Targets()
                    .Where(target =>
                        target.Entry.Kind == kind
                        || (kind == StateEntryKind.Text && target.Entry.Kind == StateEntryKind.Log))
                    .ToList());
        }

        await WorkOrAreNamedAsync(
            form, script, Targets().Where(target => target.Entry.Kind == StateEntryKind.Lock).ToList());

        Assert.Equal(before, Canaries());
    }

    /// <summary>What the loop can do without, all at once.</summary>
    private async Task HealsAsync(string form, string script, List<(StateEntry Entry, string Path)> targets)
    {
        foreach (var (entry, path) in targets)
        {
            await BreakAsync(script, entry, path);
        }

        var text = await RunAsync();
        Assert.Contains(Served, text, StringComparison.Ordinal);
        foreach (var (entry, path) in targets)
        {
            var now = FileFacts.Of(path);
            var isNamed = text.Contains($"{path}: warning OVP3030: ", StringComparison.Ordinal);
            Tell(
                form,
                path,
                (isNamed ? "OVP3030, " : "") + (now is null ? "gone" : $"{now.Value.Kind} {now.Value.Mode}"));
            if (IsUsedByTheLoop(path) && now is { } facts)
            {
                Assert.True(
                    facts.Kind == (entry.Kind == StateEntryKind.Folder ? FileKind.Folder : FileKind.File),
                    $"{path} still is a {facts.Kind}\n{text}");
                // tells only what need not be done again: whoever writes there writes the sources, too
                var isNote = path.StartsWith(Notes, StringComparison.Ordinal);
                Assert.False(
                    (facts.OthersMayWrite && !isNote) || (facts.Kind == FileKind.File && facts.Links > 1),
                    $"{path} still is others'\n{text}");
            }
        }
    }

    /// <summary>What it can't do without: what is named is mended, until it works.</summary>
    private async Task WorkOrAreNamedAsync(string form, string script, List<(StateEntry Entry, string Path)> targets)
    {
        foreach (var (entry, path) in targets)
        {
            await BreakAsync(script, entry, path);
        }

        while (true)
        {
            var text = await RunAsync();
            if (text.Contains(Served, StringComparison.Ordinal))
            {
                targets.ForEach(target => Tell(form, target.Path, "works"));
                return;
            }

            var code = text.Split('\n').First(line => line.Contains("error OVP", StringComparison.Ordinal));
            var named = targets.FindIndex(target => code.Contains(target.Path, StringComparison.Ordinal));
            Assert.True(named >= 0, text);
            Tell(form, targets[named].Path, code[code.IndexOf("OVP", StringComparison.Ordinal)..]);
            await ShAsync("rm -rf \"$1\"", targets[named].Path);
            targets.RemoveAt(named);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await ShAsync("chmod -R u+rwX \"$1\"", Root);
        await base.DisposeAsync();
    }

    /// <summary>One good run, so that everything is there.</summary>
    private async Task BeginAsync()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        FakeTool("pnpm", "exit 0\n");
        Environment["PATH"] = $"{Path.Combine(Root, "fakes")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        Plugins.Write(Precious, "folder/canary", "private");
        Plugins.Write(Precious, "canary", "private");
        await ShAsync("chmod 600 \"$1/canary\" && chmod 755 \"$2\"", Precious, Root);
        if (IsRoot)
        {
            await ShAsync($"chown -R {User}:{User} \"$1\"", Root);
        }

        Assert.Contains(Served, await RunAsync(), StringComparison.Ordinal);
    }

    /// <summary>The loop from its start until Vite serves, or until it has said what is wrong; then its stop.</summary>
    private async Task<string> RunAsync()
    {
        string[] asUser = IsRoot ? ["setpriv", "--reuid", User, "--regid", User, "--clear-groups"] : ["env"];
        using var loop = StartCommandLineWith(asUser, "--vite-port", $"{OwnPorts.PortStart}");
        var clock = Stopwatch.StartNew();
        try
        {
            await loop.WaitForAsync(text =>
                text.Contains(Served, StringComparison.Ordinal) || text.Contains("error OVP", StringComparison.Ordinal)
            );
            output.WriteLine(FormattableString.Invariant($"    {clock.ElapsedMilliseconds} ms"));
            _limit ??= TimeSpan.FromSeconds(2) + (4 * clock.Elapsed);
            Assert.True(clock.Elapsed < _limit, $"it took {clock.Elapsed} of {_limit}\n{loop.Text}");
            loop.TrySignal(PosixSignal.SIGTERM);
        }
        catch (InvalidOperationException)
        {
            // it has ended by itself, with a code or without: the caller looks
        }

        await loop.ExitAsync();
        await Poll.UntilAsync(() => Processes("").Count == 0, "the host has ended");
        var log = File.Exists(HostFiles.Log) ? await File.ReadAllTextAsync(HostFiles.Log, Cancellation) : "";
        Assert.DoesNotContain("   at Omniview.", loop.Text + log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", loop.Text + log, StringComparison.OrdinalIgnoreCase);
        return loop.Text;
    }

    private void AssertAllAreListed()
    {
        foreach (
            var (folder, entries) in new[]
            {
                (HostFiles.Path, HostDirectory.Entries),
                (Notes, IntermediateFolder.Entries),
            })
        {
            var listed = entries.SelectMany(entry => entry.In(folder)).ToHashSet();
            Assert.All(Directory.EnumerateFileSystemEntries(folder), path => Assert.Contains(path, listed));
        }
    }

    private IEnumerable<(StateEntry Entry, string Path)> Targets() =>
        [
            .. HostDirectory
                .Entries.Where(entry => entry.Kind != StateEntryKind.Sockets)
                .Select(entry =>
                    (entry, Path.Combine(HostFiles.Path, entry.Pattern.Replace("*", "40001", StringComparison.Ordinal)))
                ),
            .. IntermediateFolder.Entries.Select(entry => (entry, Path.Combine(Notes, entry.Pattern))),
            // one of those in a folder
            (
                new StateEntry("0123456789abcdef.group", StateEntryKind.Text),
                Path.Combine(HostFiles.Groups, "0123456789abcdef.group")),
        ];

    /// <summary>A loop without a backend reads neither of these.</summary>
    private static bool IsUsedByTheLoop(string path) =>
        Path.GetFileName(path) is not ("ui-build.stamp" or "go-modules.stamp" or "watch.stamp" or "dev.json" or "s");

    private Task BreakAsync(string script, StateEntry entry, string path)
    {
        var isFolder = entry.Kind == StateEntryKind.Folder;
        var other = Path.Combine(
            Precious, isFolder && script.Contains("ln -s", StringComparison.Ordinal) ? "folder" : "canary");
        var first = isFolder ? "rm -rf \"$1\"; " : "";
        var last = IsRoot && !script.Contains("chown", StringComparison.Ordinal)
            ? $"; chown -h {User}:{User} \"$1\""
            : "";
        return ShAsync(first + script + last, path, other);
    }

    private string Canaries() =>
        string.Join(
            '\n',
            Directory
                .EnumerateFileSystemEntries(Precious, "*", SearchOption.AllDirectories)
                .Order()
                .Select(path =>
                    File.Exists(path) ? $"{path} {File.GetUnixFileMode(path)} {File.ReadAllText(path)}" : path));

    private void Tell(string form, string path, string what) =>
        output.WriteLine($"{form,-14} {Path.GetFileName(path),-24} {what}");

    private static async Task ShAsync(string script, params string[] arguments)
    {
        using var process = Process.Start("/bin/sh", ["-c", script, "sh", .. arguments]);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{script}: {process.ExitCode}");
    }
}
