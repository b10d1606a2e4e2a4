using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Tests.Layers;

/// <summary>Every task is awaited or has an owner.</summary>
public sealed partial class ForgettingNoTask
{
    public static TheoryData<string> Projects =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetRelativePath(Repository.Root, folder)),
    ];

    /// <summary>The analyzers, which find every other task that is left alone, take a discard for an answer.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void No_task_is_thrown_away(string project) =>
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories),
            file => Assert.DoesNotMatch(Discard(), File.ReadAllText(file)));

    [Theory]
    [InlineData("_ = RunAsync();")]
    [InlineData("        _ = process.Exited.ContinueWith(_ => Remove(process), TaskScheduler.Default);")]
    [InlineData("_ = Task.Run(() =>\n{\n});")]
    public void It_would_be_seen(string code) => Assert.Matches(Discard(), code);

    [Theory]
    [InlineData("_ = malloc_trim(0);")]
    [InlineData("_ = await RunAsync();")]
    [InlineData("using var _ = await Keeper.KeepAsync();")]
    public void Other_discards_are_none_of_its_business(string code) => Assert.DoesNotMatch(Discard(), code);

    [GeneratedRegex(@"(?<!var )\b_ = (?!await\b)[^;{]*?(Async|\.ContinueWith|Task\.Run|\.StartNew)\(")]
    private static partial Regex Discard();
}
