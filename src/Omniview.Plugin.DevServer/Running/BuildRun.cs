using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// One build at a time: plugin.yaml, then the program, without the go command where that is possible.
/// </summary>
internal sealed class BuildRun(PluginContext context, IncrementalBuild incremental)
{
    private GoToolchain? _toolchain;
    private IReadOnlyDictionary<string, string>? _environment;

    /// <summary>Never throws: whatever goes wrong is an outcome.</summary>
    public async Task<BuildOutcome> RunAsync(DevSettings settings, CancellationToken cancellation)
    {
        ManifestResult? manifest = null;
        var isIncremental = false;
        try
        {
            manifest = ProjectRules.Check(context.PluginId, ManifestReader.Read(settings.ProjectDirectory));
            if (manifest.Manifest is null)
            {
                return new ManifestWrong(manifest);
            }

            var request = await RequestAsync(settings, cancellation);
            var clock = System.Diagnostics.Stopwatch.StartNew();
            isIncremental = true; // also when it is cancelled meanwhile
            if (await incremental.BuildAsync(Show, cancellation) is { } result)
            {
                return new Compiled(manifest, request, result, isIncremental);
            }

            isIncremental = false;
            incremental.Forget(); // what it knows is not of the program to come
            var tried = clock.Elapsed;
            result = await GoBuilder.BuildAsync(request, Show, cancellation);
            return new Compiled(manifest, request, result with { Duration = result.Duration + tried }, isIncremental);
        }
        catch (OperationCanceledException)
        {
            return new BuildCancelled(isIncremental);
        }
        catch (Exception e)
        {
            // Whatever went wrong in one build must not end the loop: the next save may mend it.
            if (e is not DiagnosticException)
            {
                context.Board.Log(LogSource.Manager, "debug", e.ToString());
            }

            return new BuildBroken(manifest, StartProblem.Of(e, "The build failed unexpectedly"));
        }
    }

    private void Show(OutputLine line) => context.Board.Output(LogSource.GoBuild, line);

    private async Task<GoBuildRequest> RequestAsync(DevSettings settings, CancellationToken cancellation)
    {
        if (_toolchain is null || _environment != settings.Environment)
        {
            string? Variable(string name) => ChildEnvironment.Variable(settings, name);
            _toolchain = await GoToolchain.FindAsync(
                settings.ProjectDirectory, settings.Go.ToolPath, cancellation, settings.SearchPath, Variable);
            _environment = settings.Environment;
        }

        var target = GoTarget.FromRuntimeIdentifier(null);
        return new GoBuildRequest
        {
            Toolchain = _toolchain,
            ProjectDirectory = settings.ProjectDirectory,
            Output = settings.Go.Output
                ?? Path.Combine(settings.ProjectDirectory, "build", "bin", "plugin" + target.ExecutableExtension),
            Target = target,
            Options = settings.Go,
            Environment = ChildEnvironment.Of(settings, settings.Go.Environment),
        };
    }
}
