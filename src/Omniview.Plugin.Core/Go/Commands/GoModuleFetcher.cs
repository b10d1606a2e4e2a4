using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>Fetches the modules go.mod names into Go's module cache, with <c>go mod download</c>.</summary>
internal static class GoModuleFetcher
{
    internal static readonly string[] Arguments = ["mod", "download"];

    /// <summary>Fetches them, and notes that they are there. Each problem is an error at its place.</summary>
    /// <param name="request">Where and with what environment.</param>
    /// <param name="files">What names them.</param>
    /// <param name="isLocked">Whether go.mod and go.sum have to stay as they are: go adds to go.sum what it
    /// misses.</param>
    /// <param name="line">Gets every line of go.</param>
    /// <param name="cancellation">Ends go within two seconds.</param>
    /// <exception cref="DiagnosticException">OVP2006, OVP2003.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<IReadOnlyList<Diagnostic>> FetchAsync(
        GoRequest request, GoModuleFiles files, bool isLocked, Action<OutputLine> line, CancellationToken cancellation)
    {
        var before = files.Read();
        var (exitCode, found) = await GoRun.RunAsync(request, GoCommand.Build, Arguments, line, null, cancellation);
        if (isLocked && PutBack(before, files.Read()) is { } changed)
        {
            return [.. found, Diagnostic.Error(
                DiagnosticCodes.LockFilesOutOfDate,
                $"{Path.GetFileName(changed)} does not have all that go.mod asks for, and a locked restore does not " +
                "change it. Run `go mod tidy` and commit go.mod and go.sum.").At(changed)];
        }

        if (exitCode == 0)
        {
            files.NoteFetched();
        }

        return found;
    }

    private static string? PutBack(Dictionary<string, byte[]?> before, Dictionary<string, byte[]?> after)
    {
        string? changed = null;
        foreach (var (file, content) in before.Where(one => !Same(one.Value, after[one.Key])))
        {
            changed ??= file;
            if (content is null)
            {
                File.Delete(file);
            }
            else
            {
                AtomicFile.Write(file, content, Permissions.Of(file));
            }
        }

        return changed;
    }

    private static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null ? one == other : one.AsSpan().SequenceEqual(other);
}
