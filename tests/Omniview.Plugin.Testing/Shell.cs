using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Omniview.Plugin.Testing;

/// <summary>
/// A command started by a test, its output collected, waited for by what it prints rather than by time.
/// </summary>
public sealed class Shell : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _text = new();
    private readonly List<(Func<string, bool> Condition, TaskCompletionSource<string> Done)> _waiting = [];
    private readonly Task _exited;
    private bool _disposed;

    public Shell(ProcessStartInfo info)
    {
        info.UseShellExecute = false;
        info.RedirectStandardOutput = info.RedirectStandardError = info.RedirectStandardInput = true;
        Command = $"{info.FileName} {string.Join(' ', info.ArgumentList)}";
        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
        _exited = _process.WaitForExitAsync();
        _ = _exited.ContinueWith(_ => Check(ended: true), TaskScheduler.Default);
    }

    public string Command { get; }

    public int Id => _process.Id;

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// All output once it satisfies the condition; fails with the output when the command ends before, or in time.
    /// </summary>
    public async Task<string> WaitForAsync(Func<string, bool> condition)
    {
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_text)
        {
            if (condition(_text.ToString()))
            {
                return _text.ToString();
            }

            if (_exited.IsCompleted)
            {
                throw new InvalidOperationException(
                    $"{Command} ended ({_process.ExitCode}) without what was waited for:\n{_text}");
            }

            _waiting.Add((condition, done));
        }

        try
        {
            return await done.Task.WaitAsync(Limits.Wait);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Command} did not print what was waited for:\n{Text}");
        }
    }

    public Task<string> WaitForAsync(string text) => WaitForAsync(all => all.Contains(text, StringComparison.Ordinal));

    public async Task<int> ExitAsync()
    {
        try
        {
            await _exited.WaitAsync(Limits.Wait);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Command} did not end:\n{Text}");
        }

        return _process.ExitCode;
    }

    public void Signal(PosixSignal signal) => Signals.Send(_process.Id, Number(signal));

    /// <summary>As <see cref="Signal"/>, of a process that may have ended already.</summary>
    public void TrySignal(PosixSignal signal)
    {
        if (!_exited.IsCompleted)
        {
            Signals.TrySend(_process.Id, Number(signal));
        }
    }

    /// <summary>kill -9, of this one process.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            lock (_text)
            {
                _text.Append(line).Append('\n');
            }

            Check(ended: false);
        }
    }

    private void Check(bool ended)
    {
        lock (_text)
        {
            foreach (var waiter in _waiting.ToList())
            {
                if (waiter.Condition(_text.ToString()))
                {
                    _waiting.Remove(waiter);
                    waiter.Done.TrySetResult(_text.ToString());
                }
                else if (ended)
                {
                    _waiting.Remove(waiter);
                    waiter.Done.TrySetException(new InvalidOperationException(
                        $"{Command} ended without what was waited for:\n{_text}"));
                }
            }
        }
    }

    private static int Number(PosixSignal signal) =>
        signal == PosixSignal.SIGINT ? Signals.Interrupt : Signals.Terminate;
}
