using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Ports;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// A child with all its descendants. There is one waiter; stopping is idempotent; whatever the child leaves behind in
/// its group ends with it, so nobody waits on a pipe that a forgotten grandchild holds open.
/// </summary>
internal sealed class ManagedProcess : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LeftoverGrace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private static readonly PipeSource OpenInput =
        PipeSource.Create((_, childEnded) => Task.Delay(Timeout.Infinite, childEnded));

    private readonly CommandTask<CommandResult> _command;
    private readonly ProcessHandle? _leader;
    private readonly WindowsJob? _job;
    private readonly ProcessGroup _group;
    private readonly UsageMeter _usage;
    private readonly GroupRecords.Entry? _record;
    private readonly ProcessTermination _termination;
    private readonly Task _ended;
    private readonly OutputForwarder _output;
    private readonly Lock _lock = new();
    private Task? _ending;

    private ManagedProcess(ProcessSpec spec, string nonce, GroupRecords.Entry? record, Action<OutputLine> line)
    {
        _record = record;
        _output = new OutputForwarder(line, spec.KeptLineBytes);
        var command = Containment.Command(spec, nonce)
            .WithStandardInputPipe(spec.KeepInputOpen ? OpenInput : PipeSource.Null)
            .WithStandardOutputPipe(_output.Target(isError: false))
            .WithStandardErrorPipe(_output.Target(isError: true));
        Process process = null!;
        Task ended = null!;
        WindowsJob? job = null;
        _command = SpawnThread.Run(() => command.ExecuteAsync(null, started =>
        {
            process = started;
            ended = started.WaitForExitAsync(); // the command's own task waits for the pipes too
            job = OperatingSystem.IsWindows() ? WindowsJob.Around(started) : null;
            if (spec.IsBackground)
            {
                LowerPriority(started);
            }
        }));
        (_ended, _job) = (ended, job);
        Id = _command.ProcessId;
        var identity = ProcessIdentity.Of(Id);
        if (!OperatingSystem.IsWindows())
        {
            _leader = ProcessHandle.Open(Id);
            if (HasExited(process)) // only a child that still runs certainly had the number when it was looked at
            {
                _leader?.Dispose();
                _leader = null;
                identity = null;
            }
        }

        // One that has ended already may have left something no older than ourselves.
        _group = new ProcessGroup(Id, identity?.StartTicks ?? ProcessIdentity.Current.StartTicks, nonce);
        _usage = new UsageMeter(process, identity ?? new ProcessIdentity(Id, -1));
        record?.SetLeader(identity);
        _termination = new ProcessTermination(process, Id, _leader, _group, spec.EndsOwnChildren, _ended, _job);
        Exited = WaitAsync();
        _output.Begin();
    }

    /// <summary>PID, and on Linux also the group and session id.</summary>
    public int Id { get; }

    /// <summary>
    /// The exit code (128 + signal on Unix), once the child has ended and its last line has been delivered; fails with
    /// what the listener threw.
    /// </summary>
    public Task<int> Exited { get; }

    /// <summary>
    /// Starts a program. Lines arrive on pool threads, one at a time, those of one stream in order, and none after
    /// <see cref="Exited"/>.
    /// </summary>
    /// <param name="spec">The program.</param>
    /// <param name="line">Gets what it prints.</param>
    /// <param name="records">Where it is written down, before it can do anything;
    /// <see cref="GroupRecords.OfThisProcess"/> when null.</param>
    /// <exception cref="DiagnosticException">OVP2006: the program can't be started.</exception>
    public static ManagedProcess Start(ProcessSpec spec, Action<OutputLine> line, GroupRecords? records = null)
    {
        var nonce = Randomness.Hex(Containment.NonceLength / 2);
        GroupRecords.Entry? record = null;
        try
        {
            // Through setpriv and setsid these would be a child that ends with a strange message, not a failed start.
            Require(File.Exists(spec.FileName), $"there is no file {spec.FileName}");
            Require(ExecutableFinder.IsExecutable(spec.FileName), "it is not executable");
            Require(Directory.Exists(spec.WorkingDirectory), $"there is no folder {spec.WorkingDirectory}");
            // a job object needs none
            record = OperatingSystem.IsWindows()
                ? null
                : AddRecord(spec.FileName, nonce, records ?? GroupRecords.OfThisProcess);
            return new ManagedProcess(spec, nonce, record, line);
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            record?.Remove();
            var reason = (e as Win32Exception)?.InnerException ?? e; // CliWrap's own message guesses
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.ToolDidNotStart, $"{spec.FileName} could not be started: {reason.Message}"), e);
        }
    }

    private static GroupRecords.Entry? AddRecord(string program, string nonce, GroupRecords? records)
    {
        try
        {
            return records?.Add(program, nonce);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"it can't be written down in {records!.Folder}, without which nothing is started, since nobody " +
                $"could end it later: {e.Message}", e);
        }
    }

    /// <summary>Whether the child or a descendant listens on a port; null where the system does not tell.</summary>
    public bool? ListensOn(int port) => PortHolder.IsAmong(_group.Members().Select(member => member.Pid), port);

    /// <summary>What the child and its descendants take of the machine just now.</summary>
    public ProcessUsage Usage() => _ended.IsCompleted ? ProcessUsage.None(Id) : _usage.Read();

    /// <summary>
    /// Asks the child and all its descendants, in whatever group or session they are, to end (TERM; Windows knows no
    /// such thing), and after <paramref name="grace"/> ends them (KILL). Returns when they are gone. Of several calls
    /// the first one's grace counts. A process that doesn't even die of KILL (it waits for a broken disk) is left, with
    /// its record.
    /// </summary>
    public Task StopAsync(TimeSpan grace) => StopAsync(grace, thorough: true);

    public async ValueTask DisposeAsync()
    {
        // A tool that ended by itself, and whose output has ended, has hardly left anybody who is no longer in its
        // group.
        await StopAsync(TimeSpan.Zero, thorough: !Exited.IsCompleted);
        _leader?.Dispose();
    }

    private static bool HasExited(Process process)
    {
        try
        {
            return process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return true; // the command has ended too, and has disposed of it
        }
    }

    private static void LowerPriority(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // it has ended already
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new IOException(otherwise);
        }
    }

    private async Task StopAsync(TimeSpan grace, bool thorough)
    {
        await EndAsync(grace, thorough);
        if (_ended.IsCompleted)
        {
            await ((Task)Exited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> WaitAsync()
    {
        await _ended;
        if (await Task.WhenAny(_command.Task, Task.Delay(PollInterval)) != _command.Task)
        {
            await EndAsync(LeftoverGrace, thorough: true);
            // a daemon that threw its environment away may have our pipe
            await _output.CloseWhenSilentAsync(_command.Task, DrainLimit);
        }

        return (await _command).ExitCode;
    }

    private Task EndAsync(TimeSpan grace, bool thorough)
    {
        lock (_lock)
        {
            return _ending ??= Task.Run(() => EndOnceAsync(grace, thorough));
        }
    }

    private async Task EndOnceAsync(TimeSpan grace, bool thorough)
    {
        if (await _termination.RunAsync(grace, thorough))
        {
            _record?.Remove();
        }

        _job?.Dispose();
    }
}
