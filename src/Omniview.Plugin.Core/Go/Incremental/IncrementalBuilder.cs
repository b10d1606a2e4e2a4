using System.Diagnostics;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// Builds a program again after changes inside of its packages, with the compiler and the linker alone. The go command needs 80 ms and
/// five more processes to find out what to do, which it does not if no file came or went and none has other imports: then it runs
/// these same two. As soon as anything is not quite like that, the answer is null, and it is the go command's turn again.
/// </summary>
/// <remarks>
/// What is compiled stays in a folder of ours: nothing gets into Go's cache, and no program says it is what Go would build.
/// The linker itself refuses packages that were compiled for others than those it is given.
/// </remarks>
public sealed class IncrementalBuilder : IDisposable
{
    // Those of cmd/go that its tools look at; they need not be in the environment, so go tells them (cmd/go, main: cfg.CmdEnv).
    private static readonly string[] Variables =
        ["GOOS", "GOARCH", "GOROOT", "GOEXPERIMENT", "GOFIPS140", "GO386", "GOAMD64", "GOARM", "GOARM64", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64", "GOWASM"];

    private const int LongestLine = 32 * 1024 * 1024; // a thousand packages make a line of 80 KB

    private readonly GoBuildRequest _request;
    private readonly GoWorkFolder _work;
    private readonly PackageCompiler _compiler;
    private readonly ProgramLinker _linker;
    private readonly FileTimes _tools;
    private FileTimes _output;

    private IncrementalBuilder(GoBuildRequest request, GoWorkFolder work, BuildPlan plan, IReadOnlyList<GoListedPackage> packages, IReadOnlyDictionary<string, string?> environment, string settings)
    {
        _request = request;
        _work = work;
        _compiler = new PackageCompiler(plan, packages, environment, work.Path);
        _linker = new ProgramLinker(request, plan.Link, environment, work.Path);
        _tools = FileTimes.Of([plan.Link.Executable, .. plan.Compile.Select(step => step.Executable).Distinct(), settings, .. ProfileOf(plan.Link.Package, plan)]);
        _output = FileTimes.Of([request.Output]);
    }

    /// <summary>
    /// Prepares for further builds of a program that <c>go build</c> has just built; null when go does not tell how, as before Go 1.24.
    /// The archives listed must be those in the program: no source may have changed in between.
    /// </summary>
    /// <param name="request">The build that ended well.</param>
    /// <param name="listing">What it is made of.</param>
    /// <param name="workFolder">Absolute path of a folder for what is compiled and linked; created.</param>
    /// <param name="cancellation">Ends go.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<IncrementalBuilder?> PrepareAsync(GoBuildRequest request, GoListing listing, string workFolder, CancellationToken cancellation)
    {
        GoWorkFolder? work = null;
        try
        {
            work = new GoWorkFolder(workFolder);
            var (environment, settings) = await EnvironmentAsync(request, cancellation).ConfigureAwait(false);
            if (await PlanAsync(request, listing, work, cancellation).ConfigureAwait(false) is { Compile.Count: > 0 } plan
                && plan.Link.Imports.Packages.All(listing.Packages.Select(package => package.ImportPath).ToHashSet(StringComparer.Ordinal).Contains))
            {
                var builder = new IncrementalBuilder(request, work, plan, listing.Packages, environment, settings);
                work = null;
                return builder;
            }
        }
        catch (Exception e) when (e is DiagnosticException or IOException or UnauthorizedAccessException or JsonException or ArgumentException or KeyNotFoundException)
        {
            // then go build does it, and says what is the matter, if it is
        }
        finally
        {
            work?.Dispose();
        }

        return null;
    }

    /// <summary>Absolute paths of the Go files of which it knows what to do when they change.</summary>
    public IEnumerable<string> Sources => _compiler.Sources;

    /// <summary>Whether it has been told of a change that is not in the program yet.</summary>
    public bool HasChanges => _compiler.HasChanges;

    /// <summary>Whether it is of no more use.</summary>
    public bool HasGivenUp => _compiler.HasGivenUp;

    /// <summary>Another content has been seen in a file. To be told of each, from the time the listed archives were made on.</summary>
    public void Changed(string file) => _compiler.Changed(file);

    /// <summary>Only the go command can say what to do.</summary>
    public void GiveUp() => _compiler.GiveUp();

    /// <summary>
    /// Builds the program as <see cref="GoBuilder"/> does. Null: it is not for this builder to say; the program is as it was, and this builder
    /// of no more use.
    /// </summary>
    /// <param name="line">Gets what the compiler says.</param>
    /// <param name="cancellation">Ends the tools within two seconds; what was changed remains so.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public async Task<GoBuildResult?> BuildAsync(Action<OutputLine> line, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            if (HasGivenUp || !HasChanges || _tools.HaveChanged || _output.HaveChanged || await _compiler.RunAsync(line, cancellation).ConfigureAwait(false) is not { } refused)
            {
                return null;
            }

            if (refused.Count > 0)
            {
                return new GoBuildResult(false, refused, clock.Elapsed);
            }

            TimeSpan? linking = null;
            if (_compiler.HasNews)
            {
                var compiled = clock.Elapsed;
                if (!await _linker.RunAsync(_compiler.ArchiveOf, cancellation).ConfigureAwait(false))
                {
                    return null;
                }

                _compiler.HasNews = false;
                _output = FileTimes.Of([_request.Output]);
                linking = clock.Elapsed - compiled;
            }

            return new GoBuildResult(true, [], clock.Elapsed) { Linking = linking };
        }
        catch (Exception e) when (e is DiagnosticException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => _work.Dispose();

    /// <summary>Beside package main; go build looks for it each time.</summary>
    private static IEnumerable<string> ProfileOf(string main, BuildPlan plan) =>
        plan.Compile.Where(step => step.Package == main).SelectMany(step => step.Sources).Take(1).Select(file => Path.Combine(Path.GetDirectoryName(file)!, "default.pgo"));

    private static async Task<BuildPlan?> PlanAsync(GoBuildRequest request, GoListing listing, GoWorkFolder work, CancellationToken cancellation)
    {
        var own = listing.Packages.Where(package => package.IsOwn).Select(package => package.ImportPath).ToHashSet(StringComparer.Ordinal);
        var reader = new BuildPlanReader(request.ProjectDirectory, own.Contains);
        var arguments = GoBuildArguments.WithEvents(request, GoBuildArguments.For(request with { Output = Path.Combine(work.Path, "program") }));
        var spec = new ProcessSpec(request.Toolchain.Executable, [arguments[0], "-n", "-a", .. arguments.Skip(1)], request.ProjectDirectory)
        {
            Environment = work.LaidOver(GoBuildArguments.EnvironmentFor(request)),
            KeptLineBytes = LongestLine,
        };
        var exitCode = await ToolRunner.RunAsync(spec, one => reader.Add(one.Text), cancellation).ConfigureAwait(false);
        return exitCode == 0 ? reader.Finish() : null;
    }

    /// <summary>What go adds to the environment of its tools, and the file its settings come from.</summary>
    private static async Task<(IReadOnlyDictionary<string, string?> Environment, string Settings)> EnvironmentAsync(GoBuildRequest request, CancellationToken cancellation)
    {
        var environment = GoMemory.LaidOver(request);
        var spec = new ProcessSpec(request.Toolchain.Executable, ["env", "-json", "GOENV", .. Variables], request.ProjectDirectory) { Environment = GoBuildArguments.EnvironmentFor(request) };
        var (_, output) = await ToolRunner.CaptureAsync(spec, cancellation).ConfigureAwait(false);
        var told = JsonSerializer.Deserialize<Dictionary<string, string>>(output)!; // none is left out, an unknown one is empty
        foreach (var name in Variables)
        {
            environment[name] = told[name];
        }

        return (environment, told["GOENV"]);
    }
}
