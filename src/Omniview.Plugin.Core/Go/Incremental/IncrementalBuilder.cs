using System.Diagnostics;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// Builds a program again after changes inside of its packages, with the compiler and the linker alone. The go command
/// needs 80 ms and five more processes to find out what to do, which it does not if no file came or went and none has
/// other imports: then it runs these same two. As soon as anything is not quite like that, the answer is null, and it
/// is the go command's turn again.
/// </summary>
/// <remarks>
/// What is compiled stays in a folder of ours: nothing gets into Go's cache, and no program says it is what Go would
/// build. The linker itself refuses packages that were compiled for others than those it is given.
/// </remarks>
internal sealed class IncrementalBuilder : IDisposable
{
    private static readonly string[] Foreign = [
        "overlay", "modfile", "buildvcs", "toolexec", "C", "pkgdir", "compiler"];

    private const int LongestLine = 32 * 1024 * 1024; // a thousand packages make a line of 80 KB

    private readonly GoBuildRequest _request;
    private readonly GoWorkFolder _work;
    private readonly PackageCompiler _compiler;
    private readonly ProgramLinker _linker;
    private readonly BuildInputs _inputs;
    private BuildInput _output;
    private bool _mayBeOlder; // the program than the archives

    private IncrementalBuilder(
        GoBuildRequest request,
        GoWorkFolder work,
        BuildPlan plan,
        IReadOnlyList<GoListedPackage> packages,
        IReadOnlyDictionary<string, string?> environment,
        BuildInputs inputs)
    {
        _request = request;
        _work = work;
        _compiler = new PackageCompiler(plan, packages, environment, work.Path);
        _linker = new ProgramLinker(request, plan.Link, environment, work.Path);
        _inputs = inputs;
        _output = new BuildInput(request.Output, hasContent: false);
    }

    /// <summary>
    /// Prepares for further builds of a program that <c>go build</c> has just built; null when go does not tell how, as
    /// before Go 1.24.
    /// </summary>
    /// <param name="request">The build that ended well.</param>
    /// <param name="built">When it began: what was written since may be in the archives listed and not in the
    /// program.</param>
    /// <param name="listing">What it is made of.</param>
    /// <param name="workFolder">Absolute path of a folder for what is compiled and linked; created.</param>
    /// <param name="cancellation">Ends go.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<IncrementalBuilder?> PrepareAsync(
        GoBuildRequest request,
        DateTimeOffset built,
        GoListing listing,
        string workFolder,
        CancellationToken cancellation)
    {
        GoWorkFolder? work = null;
        try
        {
            if (!IsPossible(request))
            {
                return null;
            }

            work = new GoWorkFolder(workFolder);
            var (environment, settings) = await GoToolEnvironment.ReadAsync(request, cancellation);
            if (await PlanAsync(request, listing, work, cancellation) is { Compile.Count: > 0 } plan
                && plan.Link.Imports.Packages.All(
                    listing.Packages.Select(package => package.ImportPath).ToHashSet(StringComparer.Ordinal).Contains)
                && BuildInputs.Of(listing, plan, settings, request.Toolchain.Executable) is { } inputs)
            {
                var builder = new IncrementalBuilder(request, work, plan, listing.Packages, environment, inputs)
                {
                    SettlesIn = Until(inputs, listing.Begun),
                    _mayBeOlder = inputs.SettledAt >= FileMoment.Of(built),
                };
                work = null;
                return builder;
            }
        }
        catch (Exception e) when (e is DiagnosticException or IOException or UnauthorizedAccessException
            or JsonException or ArgumentException or KeyNotFoundException)
        {
            // then go build does it, and says what is the matter, if it is
        }
        finally
        {
            work?.Dispose();
        }

        return null;
    }

    /// <summary>
    /// Null: good. Otherwise a source was written while go listed, or so shortly before that its time can't tell: this
    /// one is of no use, and one that is prepared behind a listing that begins after this time is.
    /// </summary>
    public TimeSpan? SettlesIn { get; private init; }

    /// <summary>
    /// Whether it has found more to do than to compile a few packages: the next of its kind would find the same.
    /// </summary>
    public bool HasGivenUp => _compiler.HasGivenUp;

    /// <summary>
    /// Builds the program as <see cref="GoBuilder"/> does. Null: it is not for this builder to say; the program is as
    /// it was, and this builder of no more use.
    /// </summary>
    /// <param name="line">Gets what the compiler says.</param>
    /// <param name="cancellation">Ends the tools within two seconds; what was changed remains so.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public async Task<GoBuildResult?> BuildAsync(Action<OutputLine> line, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            if (SettlesIn is not null || !_output.IsSame() || _inputs.Changed() is not { } changed)
            {
                return null;
            }

            _compiler.Changed(changed);
            if (!_compiler.HasChanges || await _compiler.RunAsync(line, cancellation) is not { } refused)
            {
                return null;
            }

            if (refused.Count > 0)
            {
                return new GoBuildResult(false, refused, clock.Elapsed);
            }

            TimeSpan? linking = null;
            if (_compiler.HasNews || _mayBeOlder)
            {
                var compiled = clock.Elapsed;
                if (!await _linker.RunAsync(_compiler.ArchiveOf, cancellation))
                {
                    return null;
                }

                _compiler.HasNews = _mayBeOlder = false;
                _output = new BuildInput(_request.Output, hasContent: false);
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

    /// <summary>
    /// Not with flags by which the program depends on what is not looked at here: files in the place of others, another
    /// go.mod, git, tools around the tools.
    /// </summary>
    private static bool IsPossible(GoBuildRequest request) =>
        !(request is { Release: true, Options.Debuggable: false })
            && !request.Options.ExtraArguments.Concat((GoSettings.Get(request.Environment, "GOFLAGS") ?? "").Split(' '))
            .Select(argument => argument.Trim('\'', '"').TrimStart('-'))
            .Any(flag =>
                Foreign.Any(name => flag == name || flag.StartsWith(name + "=", StringComparison.Ordinal))
                && flag != "buildvcs=false");

    private static TimeSpan? Until(BuildInputs inputs, DateTimeOffset begun) =>
        inputs.SettledAt < FileMoment.Of(begun)
            ? null
            : TimeSpan.FromTicks(Math.Max(0, (inputs.SettledAt - FileMoment.Now) / 100));

    private static async Task<BuildPlan?> PlanAsync(
        GoBuildRequest request, GoListing listing, GoWorkFolder work, CancellationToken cancellation)
    {
        var own = listing.Packages.Where(package => package.IsOwn).Select(package => package.ImportPath)
            .ToHashSet(StringComparer.Ordinal);
        var reader = new BuildPlanReader(request.ProjectDirectory, own.Contains);
        var arguments = GoBuildArguments.WithEvents(
            request, GoBuildArguments.For(request with { Output = Path.Combine(work.Path, "program") }));
        var spec = new ProcessSpec(
            request.Toolchain.Executable, [arguments[0], "-n", "-a", .. arguments.Skip(1)], request.ProjectDirectory)
        {
            Environment = work.ExtendEnvironment(GoBuildArguments.EnvironmentFor(request)),
            KeptLineBytes = LongestLine,
        };
        var exitCode = await ToolRunner.RunAsync(spec, one => reader.Add(one.Text), cancellation);
        return exitCode == 0 ? reader.Finish() : null;
    }
}
