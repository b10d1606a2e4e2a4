using System.ComponentModel;
using System.Diagnostics;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// Runs a program when this process dies without having said good-bye: a shell that waits at a pipe whose other end
/// only this process holds, and then becomes that program. So even SIGKILL is noticed, at the cost of an idle
/// <c>sh</c>; who is to be ended is decided by the program, not by the shell. Windows needs none: its job objects end
/// with their owner.
/// </summary>
internal sealed class Guardian : IAsyncDisposable
{
    // Signals to our terminal's group don't end it; the program gets them as usual.
    private const string Script = "trap '' HUP INT TERM; read -r bye || { trap - HUP INT TERM; exec \"$@\"; }";

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<string> _program;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _keeping;
    private Process? _shell;

    /// <param name="program">An executable and its arguments.</param>
    public Guardian(IReadOnlyList<string> program)
    {
        _program = program;
        if (OperatingSystem.IsWindows())
        {
            _keeping = Task.CompletedTask;
            return;
        }

        _shell = Start();
        _keeping = KeepAsync();
    }

    /// <summary>PID of the shell; null on Windows.</summary>
    public int? Id => _shell?.Id;

    /// <summary>Says good-bye: the program is not run.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _keeping;
        if (_shell is not null)
        {
            try
            {
                await _shell.StandardInput.WriteLineAsync("bye");
                await _shell.StandardInput.FlushAsync();
                await _shell.WaitForExitAsync().WaitAsync(WaitLimit);
            }
            catch (Exception e) when (e is IOException or TimeoutException)
            {
                // it was killed, or is stopped; then it ends once it is continued
            }

            _shell.Dispose();
        }

        _ending.Dispose();
    }

    /// <summary>A guardian that somebody ended is replaced.</summary>
    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                await _shell!.WaitForExitAsync(_ending.Token);
                await Task.Delay(RestartPause, _ending.Token);
                try
                {
                    var next = Start();
                    _shell.Dispose();
                    _shell = next;
                }
                catch (Win32Exception)
                {
                    // the system has no process to give just now: again after the pause
                }
            }
        }
        catch (OperationCanceledException)
        {
            // good-bye
        }
    }

    private Process Start()
    {
        string[] shell = ["/bin/sh", "-c", Script, "omniview-guardian", .. _program];
        string[] command = Containment.Setsid is { } setsid ? [setsid, .. shell] : shell;
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        info.Environment.Remove(Containment.NonceVariable); // nobody's child
        return Process.Start(info)!;
    }
}
