using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// A child with all its descendants. There is one waiter; stopping is idempotent; whatever the child leaves behind in its
/// group ends with it, so nobody waits on a pipe that a forgotten grandchild holds open.
/// </summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly string _nonce;
    private readonly Lock _lock = new();
    private Task? _stopping;

    private ManagedProcess(Process process, string nonce, Task output)
    {
        _process = process;
        _nonce = nonce;
        Id = process.Id;
        Exited = WaitAsync(output);
    }

    /// <summary>PID, and on Linux also the group and session id.</summary>
    public int Id { get; }

    /// <summary>The exit code (128 + signal on Unix), once the child has ended and its last line has been delivered.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a program. Lines arrive on pool threads, those of one stream in order.</summary>
    /// <exception cref="DiagnosticException">OVP2006: the program can't be started.</exception>
    public static ManagedProcess Start(ProcessSpec spec, Action<OutputLine> line)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Process process;
        try
        {
            Require(File.Exists(spec.FileName), $"there is no file {spec.FileName}");
            Require(Directory.Exists(spec.WorkingDirectory), $"there is no folder {spec.WorkingDirectory}");
            process = SpawnThread.Run(() => Process.Start(Containment.StartInfo(spec, nonce))!);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new DiagnosticException(Diagnostic.Error(DiagnosticCodes.ToolDidNotStart, $"{spec.FileName} could not be started: {e.Message}"), e);
        }

        if (!spec.KeepInputOpen)
        {
            process.StandardInput.Close();
        }

        var gate = new Lock();
        void Deliver(OutputLine one)
        {
            lock (gate)
            {
                line(one);
            }
        }

        var output = Task.WhenAll(
            Task.Run(() => new LineSplitter(isError: false, Deliver).ReadToEndAsync(process.StandardOutput.BaseStream)),
            Task.Run(() => new LineSplitter(isError: true, Deliver).ReadToEndAsync(process.StandardError.BaseStream)));
        return new ManagedProcess(process, nonce, output);
    }

    /// <summary>Asks the whole group to end (TERM), and after <paramref name="grace"/> ends it (KILL). Returns when it is gone.</summary>
    public Task StopAsync(TimeSpan grace)
    {
        lock (_lock)
        {
            return _stopping ??= StopOnceAsync(grace);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        _process.Dispose();
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new IOException(otherwise);
        }
    }

    private async Task<int> WaitAsync(Task output)
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        if (await Task.WhenAny(output, Task.Delay(PollInterval)).ConfigureAwait(false) != output)
        {
            await EndLeftoversAsync(TimeSpan.FromMilliseconds(500)).ConfigureAwait(false);
            await Task.WhenAny(output, Task.Delay(DrainLimit)).ConfigureAwait(false);
        }

        return _process.ExitCode;
    }

    private async Task StopOnceAsync(TimeSpan grace)
    {
        if (!_process.HasExited && grace > TimeSpan.Zero)
        {
            Signal(ProcessGroup.Terminate);
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(grace)).ConfigureAwait(false);
        }

        if (!_process.HasExited)
        {
            Signal(ProcessGroup.Kill);
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        await EndLeftoversAsync(grace).ConfigureAwait(false);
        await Exited.ConfigureAwait(false);
    }

    private void Signal(int signal)
    {
        try
        {
            if (Containment.HasGroups)
            {
                ProcessGroup.Signal(Id, signal);
            }
            else if (signal == ProcessGroup.Kill || OperatingSystem.IsWindows())
            {
                _process.Kill(entireProcessTree: true);
            }
            else
            {
                ProcessGroup.SignalProcess(Id, signal);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it ended by itself meanwhile
        }
    }

    /// <summary>Ends what the leader left in its group: first TERM, after the grace KILL, each member proved ours by its nonce.</summary>
    private async Task EndLeftoversAsync(TimeSpan grace)
    {
        var patience = Stopwatch.StartNew();
        var asked = new HashSet<int>();
        while (ProcessGroup.Members(Id, _nonce) is { Count: > 0 } members)
        {
            foreach (var member in members)
            {
                if (patience.Elapsed >= grace)
                {
                    ProcessGroup.SignalProcess(member, ProcessGroup.Kill);
                }
                else if (asked.Add(member))
                {
                    ProcessGroup.SignalProcess(member, ProcessGroup.Terminate);
                }
            }

            await Task.Delay(PollInterval).ConfigureAwait(false);
        }
    }
}
