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
    private static readonly TimeSpan LeftoverGrace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly StreamWriter _input;
    private readonly ProcessHandle? _leader;
    private readonly WindowsJob? _job;
    private readonly string _nonce;
    private readonly Task _ended;
    private readonly Lock _lock = new();
    private Task? _ending;

    private ManagedProcess(Process process, string nonce, Action<OutputLine> line)
    {
        _process = process;
        _nonce = nonce;
        _input = process.StandardInput;
        Id = process.Id;
        if (OperatingSystem.IsWindows())
        {
            _job = WindowsJob.Around(process);
        }
        else
        {
            _leader = ProcessHandle.Open(Id);
            if (process.HasExited) // only a child that still runs certainly had the number when it was opened
            {
                _leader?.Dispose();
                _leader = null;
            }
        }

        _ended = process.WaitForExitAsync();
        Exited = WaitAsync(OutputForwarder.RunAsync(process, line));
    }

    /// <summary>PID, and on Linux also the group and session id.</summary>
    public int Id { get; }

    /// <summary>
    /// The exit code (128 + signal on Unix), once the child has ended and its last line has been delivered; fails with what
    /// the listener threw.
    /// </summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a program. Lines arrive on pool threads, one at a time, those of one stream in order, and none after <see cref="Exited"/>.</summary>
    /// <exception cref="DiagnosticException">OVP2006: the program can't be started.</exception>
    public static ManagedProcess Start(ProcessSpec spec, Action<OutputLine> line)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Process process;
        try
        {
            // Through setpriv and setsid these would be a child that ends with a strange message, not a failed start.
            Require(File.Exists(spec.FileName), $"there is no file {spec.FileName}");
            Require(ExecutableFinder.IsExecutable(spec.FileName), "it is not executable");
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

        return new ManagedProcess(process, nonce, line);
    }

    /// <summary>
    /// Asks the whole group to end (TERM; Windows knows no such thing), and after <paramref name="grace"/> ends it (KILL).
    /// Returns when it is gone. Of several calls the first one's grace counts.
    /// </summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await EndAsync(grace).ConfigureAwait(false);
        await ((Task)Exited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        await _input.DisposeAsync().ConfigureAwait(false);
        _leader?.Dispose();
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
        await _ended.ConfigureAwait(false);
        if (await Task.WhenAny(output, Task.Delay(PollInterval)).ConfigureAwait(false) != output)
        {
            await EndAsync(LeftoverGrace).ConfigureAwait(false);
            if (await Task.WhenAny(output, Task.Delay(DrainLimit)).ConfigureAwait(false) != output)
            {
                // A daemon has taken our pipe out of the group.
                _process.StandardOutput.Dispose();
                _process.StandardError.Dispose();
            }
        }

        await output.ConfigureAwait(false);
        return _process.ExitCode;
    }

    private Task EndAsync(TimeSpan grace)
    {
        lock (_lock)
        {
            return _ending ??= Task.Run(() => EndOnceAsync(grace));
        }
    }

    /// <summary>Ends the child and what it leaves in its group: first TERM, once for each, after the grace KILL.</summary>
    private async Task EndOnceAsync(TimeSpan grace)
    {
        var patience = Stopwatch.StartNew();
        var asked = new HashSet<int>();
        while (true)
        {
            var left = grace - patience.Elapsed;
            var signal = left > TimeSpan.Zero ? ProcessGroup.Terminate : ProcessGroup.Kill;
            var leaderRuns = !_ended.IsCompleted;
            if (leaderRuns && (signal == ProcessGroup.Kill || asked.Add(Id)))
            {
                SignalLeader(signal);
            }

            var others = ProcessGroup.Members(Id, _nonce).Where(member => member != Id).ToList();
            foreach (var member in others.Where(member => signal == ProcessGroup.Kill || asked.Add(member)))
            {
                ProcessGroup.SignalMember(member, _nonce, signal);
            }

            if (leaderRuns)
            {
                await Task.WhenAny(_ended, Task.Delay(left > PollInterval ? left : PollInterval)).ConfigureAwait(false);
            }
            else if (others.Count > 0)
            {
                await Task.Delay(PollInterval).ConfigureAwait(false);
            }
            else
            {
                _job?.Dispose();
                return;
            }
        }
    }

    private void SignalLeader(int signal)
    {
        try
        {
            if (OperatingSystem.IsWindows() || (signal == ProcessGroup.Kill && !Containment.HasGroups))
            {
                _process.Kill(entireProcessTree: true);
            }
            else
            {
                _leader?.Signal(signal);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it ended by itself meanwhile
        }
    }
}
