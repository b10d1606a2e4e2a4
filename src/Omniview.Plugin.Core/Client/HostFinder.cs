using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Client;

/// <summary>Finds the dev host of a state directory, or starts the one there is to be.</summary>
internal static class HostFinder
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(60); // of a start that takes one
    private const int Longest = 5; // times as long, while it is doing something
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(15);
    private const int ShownLogLines = 20;

    /// <summary>The running host, or null when none runs.</summary>
    /// <exception cref="DiagnosticException">OVP3002: it is of another version; OVP3003: it is alive but does not
    /// answer; OVP6005: the directory is not ours.</exception>
    public static async Task<HostClient?> FindAsync(string stateDirectory, CancellationToken cancellation)
    {
        var directory = new HostDirectory(stateDirectory);
        directory.Require();
        foreach (var file in RecordsOf(directory))
        {
            if (HostRecord.Read(file) is not { } record)
            {
                continue;
            }

            if (!record.IsAlive)
            {
                if (record.RemoveIfSame(file))
                {
                    StateFile.TryRemove(directory.Token(record.Port)); // not whatever the record names
                }

                continue;
            }

            try
            {
                if (await HostClient.ConnectAsync(record, cancellation) is { } client)
                {
                    return client;
                }
            }
            catch (DiagnosticException e) when (e.Diagnostic.Code == DiagnosticCodes.HostDoesNotAnswer
                && HostRecord.Read(file) != record)
            {
                // It takes its record back before it breaks off: it is on its way out, and no host any more.
            }
        }

        return null;
    }

    /// <summary>The running host, started first if need be.</summary>
    /// <param name="stateDirectory">Absolute.</param>
    /// <param name="command">How to start it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="warn">Gets what was wrong in the directory and is out of the way now.</param>
    /// <exception cref="DiagnosticException">As the other; OVP3001: it ended while starting, took too long, or can't
    /// use its directory.</exception>
    public static Task<HostClient> EnsureAsync(
        string stateDirectory, HostCommand command, CancellationToken cancellation, Action<Diagnostic>? warn = null) =>
        EnsureAsync(stateDirectory, command, IdleLimit, cancellation, warn);

    internal static async Task<HostClient> EnsureAsync(
        string stateDirectory,
        HostCommand command,
        TimeSpan limit,
        CancellationToken cancellation,
        Action<Diagnostic>? warn = null)
    {
        if (await FindAsync(stateDirectory, cancellation) is { } running)
        {
            return running;
        }

        var directory = new HostDirectory(stateDirectory);
        try
        {
            directory.Create();
            await using var turn = await FileLock.TakeAsync(
                directory.StartLock, (Longest + 1) * limit, waiting: null, cancellation);
            if (await FindAsync(stateDirectory, cancellation) is { } startedMeanwhile)
            {
                return startedMeanwhile;
            }

            using (await FileLock.TakeAsync(directory.Lock, limit, waiting: null, cancellation))
            {
                // A host without a record is on its way out: once its lock is free, it is gone.
                directory.SetWrongAside().ToList().ForEach(warn ?? (_ => { }));
            }

            return await StartAsync(command, directory, limit, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.HostDoesNotAnswer, $"A dev host, or what starts one, does not answer: {e.Message}. " +
                    "End that process and try again."), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Unusable(directory, e), e);
        }
    }

    private static List<string> RecordsOf(HostDirectory directory)
    {
        try
        {
            return [.. directory.Records];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Unusable(directory, e), e);
        }
    }

    private static Diagnostic Unusable(HostDirectory directory, Exception e) =>
        Diagnostic.Error(
            DiagnosticCodes.HostDidNotStart,
            $"The dev host can't use its directory {directory.Path}: {e.Message.TrimEnd('.')}. Mend that, or set " +
            $"{State.StateDirectory.Property} or {State.StateDirectory.Variable} to another folder.");

    private static async Task<HostClient> StartAsync(
        HostCommand command, HostDirectory directory, TimeSpan limit, CancellationToken cancellation)
    {
        var timeout = new HostTimeout(limit, Longest * limit);
        while (true)
        {
            var logged = File.Exists(directory.Log) ? new FileInfo(directory.Log).Length : 0;
            using var process = HostLauncher.Start(command, directory);
            if (await FindAsync(process, directory, logged, timeout, cancellation) is { } client)
            {
                return client;
            }
        }
    }

    /// <summary>
    /// The host that has just been started; null when it has ended again in good order, because on this busy machine we
    /// were too slow to come.
    /// </summary>
    private static async Task<HostClient?> FindAsync(
        Process process, HostDirectory directory, long logged, HostTimeout timeout, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var ended = process.HasExited;
            if (await FindAsync(directory.StateDirectory, cancellation) is { } client)
            {
                return client;
            }

            var isOver = timeout.IsOver(process);
            if (ended && process.ExitCode == 0 && !isOver)
            {
                return null;
            }

            if (ended || isOver)
            {
                var how = ended
                    ? $"ended with exit code {process.ExitCode} while starting"
                    : $"did not come up within {timeout.Elapsed.TotalSeconds:0} s";
                if (!ended)
                {
                    process.Kill(entireProcessTree: true);
                }

                var log = Tail(directory.Log, logged) is { Length: > 0 } said
                    ? $"Its log ({directory.Log}) ends:\n{said}"
                    : $"It wrote nothing to its log ({directory.Log}).";
                throw new DiagnosticException(
                    Diagnostic.Error(DiagnosticCodes.HostDidNotStart, $"The dev host {how}. {log}"));
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }

    /// <summary>The last lines after what earlier hosts have written.</summary>
    private static string Tail(string log, long from)
    {
        try
        {
            using var stream = StateFile.Open(log);
            stream.Position = from <= stream.Length ? from : 0; // shorter: begun anew
            using var reader = new StreamReader(stream);
            return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(ShownLogLines));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
