namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// What the events of packages told of which it is not known yet whether their builds have failed. When that is too
/// much, the oldest is forgotten: that a package has failed is told right after what is wrong with it.
/// </summary>
/// <param name="kept">How many are kept of them all.</param>
internal sealed class GoTold(int kept)
{
    private readonly Dictionary<string, (List<GoProblem> Problems, int More)> _byPackage = new(StringComparer.Ordinal);
    private readonly Queue<string> _packages = new();
    private int _count;

    /// <summary>How many problems of forgotten packages there were.</summary>
    public int Forgotten { get; private set; }

    public void Add(string package, GoProblem problem)
    {
        while (_count >= kept && _packages.TryPeek(out var oldest) && oldest != package)
        {
            _packages.Dequeue();
            var (problems, more) = Take(oldest);
            Forgotten += problems.Count + more;
        }

        if (!_byPackage.TryGetValue(package, out var told))
        {
            told = ([], 0);
            _packages.Enqueue(package);
        }

        if (_count < kept)
        {
            told.Problems.Add(problem);
            _count++;
        }
        else
        {
            told.More++;
        }

        _byPackage[package] = told;
    }

    /// <summary>What a package told, and how many problems more; it is no longer kept here.</summary>
    public (List<GoProblem> Problems, int More) Take(string package)
    {
        if (!_byPackage.Remove(package, out var told))
        {
            return ([], 0);
        }

        _count -= told.Problems.Count;
        return told;
    }

    /// <summary>The packages of which something is kept, in the order in which they began to tell.</summary>
    public IReadOnlyList<string> Packages => [.. _packages.Where(_byPackage.ContainsKey).Distinct()];
}
