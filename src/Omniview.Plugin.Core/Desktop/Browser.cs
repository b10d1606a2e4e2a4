using System.ComponentModel;
using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Desktop;

/// <summary>The user's browser, by what the system has for it; no shell sees the address.</summary>
internal static class Browser
{
    /// <summary>
    /// xdg-open tries one browser after the other, and returns when one has taken the page; a text browser stays.
    /// </summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(5);

    /// <summary>Opens an address in it.</summary>
    /// <exception cref="DiagnosticException">OVP3017: there is none.</exception>
    public static Task OpenAsync(string url, CancellationToken cancellation) => OpenAsync(url, url, cancellation);

    /// <summary>
    /// Opens an address in it by a file that leads there: other users see what a program is started with.
    /// </summary>
    /// <param name="file">Empty when it could not be written.</param>
    /// <param name="url">The address.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="DiagnosticException">OVP3017: there is none, or no file.</exception>
    public static Task OpenByFileAsync(string file, string url, CancellationToken cancellation) =>
        file.Length > 0
            ? OpenAsync(file, url, cancellation)
            : throw None(url, "the file that leads it there could not be written");

    /// <param name="what">Address or file.</param>
    /// <param name="url">What the user can open when no browser does.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    private static async Task OpenAsync(string what, string url, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(Command(what, url));
            if (process is null)
            {
                return; // Windows gave it to a browser that runs
            }

            process.StandardInputClose();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(WaitLimit);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
            {
                throw None(url, $"{process.StartInfo.FileName} ended with exit code {process.ExitCode}");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // it shows the page itself
        }
        catch (Win32Exception e)
        {
            throw None(url, e.Message, e);
        }
    }

    private static ProcessStartInfo Command(string what, string url)
    {
        if (OperatingSystem.IsWindows())
        {
            // ShellExecute: the program registered for it, not cmd
            return new ProcessStartInfo(what) { UseShellExecute = true };
        }

        var opener = OperatingSystem.IsMacOS()
            ? "/usr/bin/open"
            : new ExecutableFinder(Directory.GetCurrentDirectory()).Find("xdg-open");
        return opener is null
            ? throw None(url, "there is no xdg-open on PATH")
            : new ProcessStartInfo(opener, [what])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
    }

    private static void StandardInputClose(this Process process)
    {
        if (process.StartInfo.RedirectStandardInput)
        {
            process.StandardInput.Close();
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
    }

    private static DiagnosticException None(string url, string reason, Exception? cause = null) =>
        new(Diagnostic.Error(
            DiagnosticCodes.NothingToOpen, $"No browser could be started: {reason}. Open {url} yourself."), cause);
}
