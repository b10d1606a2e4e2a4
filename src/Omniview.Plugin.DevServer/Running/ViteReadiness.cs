using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Vite;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>Whether a Vite that was started serves: its port tells, and not what it prints.</summary>
internal static class ViteReadiness
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when the port answers and it is this Vite that answers, or when this Vite has ended.</summary>
    /// <exception cref="DiagnosticException">OVP3006: it took too long.</exception>
    public static async Task WaitAsync(
        ManagedProcess vite, ViteModules modules, int port, int seconds, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        using var probing = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        // who has taken the port may accept, and never answer
        var answering = UntilAnswersAsync(vite, modules, port, probing.Token);
        await Task.WhenAny(answering, vite.Exited);
        try
        {
            if (vite.Exited.IsCompleted)
            {
                await probing.CancelAsync();
                await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            await answering;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DiagnosticException(
                Diagnostic.Error(
                    DiagnosticCodes.ViteNotReady,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Vite was not ready within {seconds} s (property ViteReadyTimeout). Its output is in the " +
                        $"log under [vite]."
                    )));
        }
    }

    private static async Task UntilAnswersAsync(
        ManagedProcess vite, ViteModules modules, int port, CancellationToken cancellation)
    {
        while (!await AnswersAsync(vite, modules, port, cancellation))
        {
            await Task.Delay(ProbeInterval, cancellation);
        }
    }

    /// <summary>
    /// Who answers may be a program that took the port just before Vite; where the system does not tell whose it is,
    /// only Vite has a client.
    /// </summary>
    private static async Task<bool> AnswersAsync(
        ManagedProcess vite, ViteModules modules, int port, CancellationToken cancellation)
    {
        try
        {
            var isVite = await modules.IsViteAsync(cancellation);
            return vite.ListensOn(port) ?? isVite;
        }
        catch (HttpRequestException)
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
    }
}
