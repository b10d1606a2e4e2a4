using System.ComponentModel;
using System.Diagnostics;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// Runs a program when this process dies without having said good-bye: a shell that waits at a pipe whose other end
/// only this process holds, and then becomes that program. So even SIGKILL is noticed, at the cost of an idle
/// <c>sh</c>, or <c>cmd</c> on Windows; who is to be ended is decided by the program, not by the shell.
/// </summary>
internal sealed class Guardian : IAsyncDisposable
{
    // Signals to our terminal's group don't end it; the program gets them as usual.
    private const string Script = "trap '' HUP INT TERM; read -r bye || { trap - HUP INT TERM; exec \"$@\"; }";

    // The program is put in last, when cmd has looked for its own signs: paths may hold them.
    private const string WindowsScript = $"set bye=&set /p bye=&if not defined bye !{ProgramVariable}!";
    private const string ProgramVariable = "OMNIVIEW_GUARDIAN_PROGRAM";

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<string> _program;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _keeping;
    private Process _shell;

    /// <param name="program">An executable and its arguments.</param>
    public Guardian(IReadOnlyList<string> program)
    {
        _program = program;
        _shell = Start();
        _keeping = KeepAsync();
    }

    /// <summary>PID of the shell.</summary>
    public int Id => _shell.Id;

    /// <summary>Says good-bye: the program is not run.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _keeping;
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
        _ending.Dispose();
    }

    /// <summary>A guardian that somebody ended is replaced.</summary>
    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                await _shell.WaitForExitAsync(_ending.Token);
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
        var info = OperatingSystem.IsWindows() ? OnWindows() : OnUnix();
        info.UseShellExecute = false;
        info.RedirectStandardInput = true;
        info.Environment.Remove(Containment.NonceVariable); // nobody's child
        return Process.Start(info)!;
    }

    private ProcessStartInfo OnUnix()
    {
        string[] shell = ["/bin/sh", "-c", Script, "omniview-guardian", .. _program];
        string[] command = Containment.Setsid is { } setsid ? [setsid, .. shell] : shell;
        return new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" };
    }

    private ProcessStartInfo OnWindows() =>
        new(Path.Combine(Environment.SystemDirectory, "cmd.exe"), $"/d /v:on /s /c \"{WindowsScript}\"")
        {
            CreateNoWindow = true,
            WorkingDirectory = Environment.SystemDirectory,
            Environment = { [ProgramVariable] = WindowsCommandLine.Of(_program) },
        };
}
