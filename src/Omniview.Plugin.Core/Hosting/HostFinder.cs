using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>Finds the dev host of a state directory, or starts the one there is to be.</summary>
public static class HostFinder
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(15);
    private const int ShownLogLines = 20;

    /// <summary>The running host, or null when none runs.</summary>
    /// <exception cref="DiagnosticException">OVP3002: it is of another version; OVP3003: it is alive but does not answer.</exception>
    public static async Task<HostClient?> FindAsync(string stateDirectory, CancellationToken cancellation)
    {
        foreach (var file in new HostDirectory(stateDirectory).Records)
        {
            if (HostRecord.Read(file) is not { } record)
            {
                continue;
            }

            if (!record.Process.IsAlive)
            {
                File.Delete(file);
                File.Delete(record.TokenFile);
                continue;
            }

            if (await HostClient.ConnectAsync(record, cancellation).ConfigureAwait(false) is { } client)
            {
                return client;
            }
        }

        return null;
    }

    /// <summary>The running host, started first if need be.</summary>
    /// <exception cref="DiagnosticException">As <see cref="FindAsync"/>; OVP3001: it ended while starting or took too long.</exception>
    public static async Task<HostClient> EnsureAsync(string stateDirectory, HostCommand command, CancellationToken cancellation)
    {
        if (await FindAsync(stateDirectory, cancellation).ConfigureAwait(false) is { } running)
        {
            return running;
        }

        var directory = new HostDirectory(stateDirectory);
        directory.Create();
        await using var turn = await FileLock.TakeAsync(directory.StartLock, cancellation).ConfigureAwait(false);
        if (await FindAsync(stateDirectory, cancellation).ConfigureAwait(false) is { } startedMeanwhile)
        {
            return startedMeanwhile;
        }

        using (await FileLock.TakeAsync(directory.Lock, cancellation).ConfigureAwait(false))
        {
            // A host without a record is on its way out: once its lock is free, it is gone.
        }

        using var process = HostLauncher.Start(command, directory);
        var patience = Stopwatch.StartNew();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await FindAsync(stateDirectory, cancellation).ConfigureAwait(false) is { } client)
            {
                return client;
            }

            if (process.HasExited || patience.Elapsed > StartLimit)
            {
                var how = process.HasExited ? $"ended with exit code {process.ExitCode} while starting" : $"did not come up within {StartLimit.TotalSeconds} s";
                throw new DiagnosticException(Diagnostic.Error(
                    DiagnosticCodes.HostDidNotStart,
                    $"The dev host {how}. Its log ({directory.Log}) ends:\n{Tail(directory.Log)}"));
            }

            await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
        }
    }

    private static string Tail(string log)
    {
        try
        {
            using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(ShownLogLines));
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }
}
