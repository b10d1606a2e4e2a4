using System.Globalization;
using Omniview.Plugin.Bench.Measuring;

namespace Omniview.Plugin.Bench;

/// <summary>The last full run, kept in the repository.</summary>
internal static class ResultsFile
{
    public const string Name = "bench/results.md";

    public static void Write(string machine, Runner runner, IEnumerable<string> tables)
    {
        var file = Path.Combine(Repository.Root, Name);
        const string How = "in each of which all contenders were measured once, in turns";
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
            # Benchmark results

            Written by `./build.sh bench --save`; {runner.Rounds} rounds, {How}.

            {machine}

            {Table.Legend}
            {string.Concat(tables)}
            """));
        Console.WriteLine($"written: {file}");
    }
}
