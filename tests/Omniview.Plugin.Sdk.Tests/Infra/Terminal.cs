namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>A real terminal with a shell in it (tmux), typed into and read like a person does.</summary>
public sealed class Terminal(string folder, Func<string, IEnumerable<string>, Task<Result>> run) : IAsyncDisposable
{
    private readonly string _socket = Path.Combine(folder, "tmux");

    public async Task OpenAsync() =>
        (await TmuxAsync("new-session", "-d", "-x", "200", "-y", "50", "env PS1='$ ' sh")).ShouldSucceed();

    /// <summary>Types a line and presses Enter.</summary>
    public async Task TypeAsync(string line) => (await TmuxAsync("send-keys", line, "Enter")).ShouldSucceed();

    /// <summary>A key that stands for itself.</summary>
    public async Task PressAsync(char key) => (await TmuxAsync("send-keys", "-l", key.ToString())).ShouldSucceed();

    /// <summary>As when somebody pulls at the window's corner.</summary>
    public async Task ResizeAsync(int columns) =>
        (await TmuxAsync(
            "resize-window", "-x", columns.ToString(System.Globalization.CultureInfo.InvariantCulture), "-y", "50"))
            .ShouldSucceed();

    public async Task PressCtrlCAsync() => (await TmuxAsync("send-keys", "C-c")).ShouldSucceed();

    /// <summary>What stands on the screen and above it, once the condition holds.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> condition, string what)
    {
        var screen = "";
        try
        {
            await Poll.UntilAsync(
                async () => condition(screen = (await TmuxAsync("capture-pane", "-p", "-J", "-S", "-")).Output), what);
        }
        catch (Xunit.Sdk.TrueException)
        {
            Assert.Fail($"On the terminal this did not appear: {what}. It shows:\n{screen}");
        }

        return screen;
    }

    /// <summary>What stands on the screen now, with its colours.</summary>
    public async Task<string> ReadColoursAsync() =>
        (await TmuxAsync("capture-pane", "-e", "-p", "-J")).ShouldSucceed().Output;

    public async ValueTask DisposeAsync() => await TmuxAsync("kill-server");

    private Task<Result> TmuxAsync(params string[] arguments) =>
        run("tmux", ["-f", "/dev/null", "-S", _socket, .. arguments]);
}
