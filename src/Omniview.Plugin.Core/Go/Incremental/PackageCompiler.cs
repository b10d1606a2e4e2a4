using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>Compiles what changed, and what imports it if it looks different from there; keeps the archives.</summary>
internal sealed class PackageCompiler
{
    // Beyond, the go command is no slower, and does it for good: what we compile is not in Go's cache.
    private const int MostPackages = 8;

    private readonly IReadOnlyList<ToolStep> _steps;
    private readonly IReadOnlyDictionary<string, string?> _environment;
    private readonly Dictionary<string, string> _archives = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string BuildId, string Files)> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ToolStep> _byFile = new(StringComparer.Ordinal);
    private readonly HashSet<ToolStep> _changed = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _lock = new();
    private volatile bool _hasGivenUp;

    public PackageCompiler(
        BuildPlan plan,
        IReadOnlyList<GoListedPackage> packages,
        IReadOnlyDictionary<string, string?> environment,
        string work)
    {
        (_steps, _environment) = (plan.Compile, environment);
        foreach (var step in _steps)
        {
            foreach (var file in step.Sources)
            {
                _byFile[file] = step;
            }
        }

        var numbers = _steps.Select((step, number) => (step.Package, number)).ToDictionary(StringComparer.Ordinal);
        foreach (var package in packages)
        {
            _archives[package.ImportPath] = package.Archive;
            if (numbers.TryGetValue(package.ImportPath, out var number))
            {
                _own[package.ImportPath] = (
                    package.BuildId, Path.Combine(work, number.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>Whether an archive is another than that in the program.</summary>
    public bool HasNews { get; set; }

    /// <summary>Whether there is more to do than to compile a few packages.</summary>
    public bool HasGivenUp => _hasGivenUp;

    /// <summary>Whether something is to be compiled, or was and is not in the program.</summary>
    public bool HasChanges
    {
        get
        {
            lock (_lock)
            {
                return _changed.Count > 0 || HasNews;
            }
        }
    }

    public string ArchiveOf(string package)
    {
        lock (_lock)
        {
            return _archives[package];
        }
    }

    /// <summary>
    /// These files hold something else; those that nothing is compiled from are tests, or for other systems.
    /// </summary>
    public void Changed(IEnumerable<string> files)
    {
        lock (_lock)
        {
            _changed.UnionWith(files.Where(_byFile.ContainsKey).Select(file => _byFile[file]));
        }
    }

    private void GiveUp() => _hasGivenUp = true;

    /// <summary>Compiles; what fails or does not come to its end remains to be done.</summary>
    /// <returns>What the compiler refused; null when there is more to do than to compile a few packages.</returns>
    public async Task<IReadOnlyList<Diagnostic>?> RunAsync(Action<OutputLine> line, CancellationToken cancellation)
    {
        var runs = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        using var processors = new SemaphoreSlim(Environment.ProcessorCount);
        var refused = new List<Diagnostic>();
        var count = 0;
        foreach (var step in AffectedSteps())
        {
            runs[step.Package] = CompileAsync(
                step, [.. step.Imports.Packages.Where(runs.ContainsKey).Select(package => runs[package])]);
        }

        await Task.WhenAll(runs.Values);
        return _hasGivenUp ? null : refused;

        async Task<bool> CompileAsync(ToolStep step, IReadOnlyList<Task<bool>> imported)
        {
            if ((await Task.WhenAll(imported)).Contains(false))
            {
                return false;
            }

            await processors.WaitAsync(cancellation);
            try
            {
                lock (_lock)
                {
                    _hasGivenUp |= _changed.Contains(step) && (!step.IsAll || ++count > MostPackages);
                    if (_hasGivenUp || !_changed.Remove(step)) // while it is compiled, it may change again
                    {
                        return !_hasGivenUp;
                    }
                }

                var problems = await TryAsync(step, line, cancellation);
                lock (_lock)
                {
                    refused.AddRange(problems);
                }

                return problems.Count == 0;
            }
            finally
            {
                processors.Release();
            }
        }
    }

    /// <summary>What changed, and all that imports it, in the order in which to compile.</summary>
    private List<ToolStep> AffectedSteps()
    {
        lock (_lock)
        {
            var packages = new HashSet<string>(StringComparer.Ordinal);
            return
            [
                .. _steps.Where(step =>
                    (_changed.Contains(step) || step.Imports.Packages.Any(packages.Contains))
                    && packages.Add(step.Package)),
            ];
        }
    }

    private async Task<IReadOnlyList<Diagnostic>> TryAsync(
        ToolStep step, Action<OutputLine> line, CancellationToken cancellation)
    {
        var isDone = false;
        try
        {
            var (buildId, files) = _own[step.Package];
            step.Imports.Write(files + ".importcfg", ArchiveOf);
            var output = new List<OutputLine>();
            // all errors, and their names
            var spec = step.Run(files + ".new", files + ".importcfg", buildId, _environment, ["-e", "-errorurl"]);
            var exitCode = await ToolRunner.RunAsync(spec, output.Add, cancellation);
            if (exitCode != 0)
            {
                return Refused(step, output, exitCode, line);
            }

            if (output.Count > 0)
            {
                GiveUp(); // of -gcflags=-m, which go repeats for the packages that did not change
                return [];
            }

            Keep(step, files + ".new", files + ".a");
            isDone = true;
            return [];
        }
        finally
        {
            if (!isDone)
            {
                lock (_lock)
                {
                    _changed.Add(step);
                }
            }
        }
    }

    private void Keep(ToolStep step, string made, string kept)
    {
        var last = ArchiveOf(step.Package);
        if (FileContent.IsSame(last, made))
        {
            return; // a comment, or a change and back
        }

        var isNewsForImporters = !PackageArchive.AreSameForImporters(last, made);
        File.Move(made, kept, overwrite: true);
        lock (_lock)
        {
            _archives[step.Package] = kept;
            HasNews = true;
            _changed.UnionWith(_steps.Where(
                other => isNewsForImporters && other.Imports.Packages.Contains(step.Package)));
        }
    }

    private IReadOnlyList<Diagnostic> Refused(
        ToolStep step, List<OutputLine> output, int exitCode, Action<OutputLine> line)
    {
        if (CompilerRefusal.Read(step, output, exitCode) is { } refusal
            && step.Imports.Packages.All(package => File.Exists(ArchiveOf(package))))
        {
            refusal.Lines.ForEach(line);
            return refusal.Problems;
        }

        GiveUp(); // not the author's mistake, or not only: Go's cache was cleaned
        return [];
    }
}
