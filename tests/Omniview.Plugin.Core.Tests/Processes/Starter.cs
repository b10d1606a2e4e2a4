using System.Globalization;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>
/// The test tool, which starts a shell script as the dev host would, for tests to kill. Its own parent only runs it: a
/// starter in our charge would take its child along by the group.
/// </summary>
internal sealed class Starter : IAsyncDisposable
{
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Omniview.Plugin.TestTool");

    private readonly ManagedProcess _parent;

    private Starter(ManagedProcess parent, Output output, int id)
    {
        _parent = parent;
        Output = output;
        Id = id;
    }

    public Output Output { get; }

    public int Id { get; }

    /// <param name="script">What the starter is to start.</param>
    /// <param name="options">The test tool's.</param>
    public static async Task<Starter> StartAsync(string script, params string[] options)
    {
        var output = new Output();
        // The nonce is not to be the parent's: it would be proof for what the starter leaves too.
        var parent = ManagedProcess.Start(
            Sh.Script(
                $"env -u {Containment.NonceVariable} \"$@\" & echo \"$!\"; wait",
                [Program, .. options, "/bin/sh", "-c", script]),
            output.Add);
        return new Starter(parent, output, await output.NextNumberAsync());
    }

    /// <summary>The number after a word the starter prints.</summary>
    public async Task<int> NumberAfterAsync(string word)
    {
        var line = await Output.NextAsync();
        Assert.StartsWith(word + " ", line);
        return int.Parse(line[(word.Length + 1)..], CultureInfo.InvariantCulture);
    }

    public async Task SignalAsync(string signal) =>
        Assert.Equal(
            0,
            await ToolRunner.RunAsync(
                Sh.Script("kill \"-$1\" \"$2\"", signal, $"{Id}"), _ => { }, TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _parent.DisposeAsync();
}
