using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>Builds a plugin's backend with <c>go build</c>.</summary>
internal static class GoBuilder
{
    /// <summary>
    /// Builds <see cref="GoBuildRequest.Output"/>. The file there is replaced in one step and only by a whole program
    /// for the right system, mode 0755; it is never missing meanwhile, and neither a failed nor a cancelled build
    /// changes it. A build whose program has the same bytes leaves it untouched, with its modification time.
    /// </summary>
    /// <param name="request">What to build.</param>
    /// <param name="line">Gets every line go writes, as it is written.</param>
    /// <param name="cancellation">Ends go and its compilers within two seconds.</param>
    /// <exception cref="DiagnosticException">OVP2006: go can't be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<GoBuildResult> BuildAsync(
        GoBuildRequest request, Action<OutputLine> line, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<Diagnostic> diagnostics;
        try
        {
            using var staging = new GoStaging(request.Output, GoWorkFolder.ChosenFor(request));
            diagnostics = await BuildAsync(request, staging, line, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics = [Unusable($"{request.Output} can't be written: {e.Message}")];
        }

        return new GoBuildResult(
            !diagnostics.Any(one => one.Severity == DiagnosticSeverity.Error), diagnostics, clock.Elapsed);
    }

    private static async Task<IReadOnlyList<Diagnostic>> BuildAsync(
        GoBuildRequest request, GoStaging staging, Action<OutputLine> line, CancellationToken cancellation)
    {
        var environment = GoMemory.EnvironmentFor(request);
        environment["GOTMPDIR"] = staging.Work;
        var spec = new ProcessSpec(
            request.Toolchain.Executable,
            GoBuildArguments.WithEvents(request, GoBuildArguments.For(request with { Output = staging.Program })),
            request.ProjectDirectory)
        {
            Environment = environment,
        };
        var parser = new GoOutputParser(request.ProjectDirectory, workspace: request.Workspace);
        var reader = new GoOutputReader();
        var exitCode = await ToolRunner.RunAsync(spec, one =>
        {
            foreach (var read in reader.Read(one.Text, one.IsError))
            {
                var text = read.Text.Replace(staging.Program, request.Output, StringComparison.Ordinal);
                if (read.IsText)
                {
                    line(new OutputLine(text, one.IsError || read.Source == GoLineSource.BuildEvent, one.ElidedBytes));
                }

                parser.Add(read with { Text = text });
            }
        }, cancellation);

        var diagnostics = parser.Finish(exitCode);
        if (exitCode != 0)
        {
            return await GoErrorNames.AddAsync(
                request,
                GoCommand.Build,
                packages => GoBuildArguments.ForNames(request, packages),
                staging.Work,
                diagnostics,
                parser.RefusedPackages,
                cancellation);
        }

        if (WhatIsWrong(request, staging) is { } problem)
        {
            return [.. diagnostics, problem];
        }

        staging.PutInPlace();
        return diagnostics;
    }

    /// <summary>Why what was built is of no use; null when it is.</summary>
    internal static Diagnostic? WhatIsWrong(GoBuildRequest request, GoStaging staging)
    {
        if (!staging.HasProgram)
        {
            return Unusable(
                $"go build ended well but wrote no {request.Output}. Look for arguments or GOFLAGS that keep it " +
                $"from building (-n), and at what {request.Toolchain.Executable} is");
        }

        var goos = request.Target.Goos ?? GoSettings.Get(request.Environment, "GOOS") ?? HostGoos();
        // else that of the go command, which may be another than ours
        var goarch = request.Target.Goarch ?? GoSettings.Get(request.Environment, "GOARCH");
        return GoProgram.Read(staging.Program) switch
        {
            { Format: GoProgram.Archive } =>
                Unusable(
                    $"{request.Options.Package} is a library, so there is nothing to start: its files must begin " +
                    "with `package main`"),
            { } program when program.Fits(goos, goarch) => null,
            { } program =>
                Unusable(
                    $"go build made a program of another kind ({program}) than asked for " +
                    $"({goos}{(goarch is null ? "" : "/" + goarch)}). Look for GOOS, GOARCH or -buildmode in " +
                    "arguments and GOFLAGS"),
            null =>
                Unusable(
                    $"go build ended well, but what it wrote to {request.Output} is not a program for {goos}. Look " +
                    $"for -buildmode in arguments and GOFLAGS, and at what {request.Toolchain.Executable} is"),
        };
    }

    private static string HostGoos() =>
        OperatingSystem.IsWindows()
            ? "windows"
            : OperatingSystem.IsMacOS()
            ? "darwin"
            : OperatingSystem.IsFreeBSD()
            ? "freebsd"
            : "linux";

    private static Diagnostic Unusable(string message) =>
        Diagnostic.Error(DiagnosticCodes.GoOutputUnusable, message + ".");
}
