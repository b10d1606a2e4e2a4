using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Omniview.Plugin.Core.Tests.Layers;

/// <summary>
/// docs/architecture.md names the rooms in the order of their layers: each knows only those before it.
/// </summary>
[UnixOnly("looks at sources and assemblies, which are the same everywhere")]
public sealed partial class KeepingTheLayers
{
    private const string Product = "Omniview.Plugin.";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
    private static readonly List<string> Rooms = [.. Row().Matches(Page).Select(row => row.Groups["room"].Value)];

    public static TheoryData<string, string> Programs => new()
    {
        { "Core", "Omniview.Plugin.Core.dll" },
        { "Tasks", "Omniview.Plugin.Tasks.dll" },
        { "DevServer", "omniview-plugin-dev.dll" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void No_room_knows_one_below_it_in_the_list(string project, string program)
    {
        var wrong = Arrows(project, program)
            .Where(arrow => Rooms.IndexOf(arrow.To) > Rooms.IndexOf(arrow.From))
            .Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.Where}");

        Assert.Empty(wrong.Order());
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Each_room_is_named_and_is_a_folder_and_a_namespace(string project, string program)
    {
        var folders = Sources(project).Select(source => source.Room).Distinct().Order();

        Assert.Equal(Rooms.Where(room => room.Split('/')[0] == project).Order(), folders);
        Assert.All(Sources(project), source =>
            Assert.Contains(Room(Namespace().Match(source.Text).Groups["name"].Value), new[] { source.Room, "" }));
        Assert.All(Arrows(project, program), arrow => Assert.Contains(arrow.To, Rooms));
    }

    /// <summary>By what is compiled and what the sources name: of constants no trace is left in a program.</summary>
    private static IEnumerable<(string From, string To, string Where)> Arrows(string project, string program)
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var there = Path.Combine(here, "..", "..", Product + project, Path.GetFileName(here));
        var compiled =
            from type in new ArchLoader().LoadFilteredDirectory(there, program).Build().Types
            from dependency in type.Dependencies
            where dependency.Target is not GenericParameter // whose name may be found in another type
            let target = dependency.Target
            select (
                From: Room(type.Namespace?.FullName), To: Room(target.Namespace?.FullName), Where: $"{type.Name} " +
                    $"names {target.Name}");
        var written =
            from source in Sources(project)
            from name in Using().Matches(source.Text).Select(one => one.Groups["name"].Value)
            select (From: source.Room, To: Room(name), Where: $"{source.File} uses it");
        return compiled.Concat(written).Distinct().Where(arrow =>
            arrow.From != arrow.To && new[] { arrow.From, arrow.To }.All(room => room.Split('/')[0] == project));
    }

    private static IEnumerable<(string File, string Room, string Text)> Sources(string project)
    {
        var folder = Path.Combine(Repository.Root, "src", Product + project);
        return
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            where Path.GetFileName(file) != "Program.cs"
            let relative = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!)
            select (
                Path.GetFileName(file), relative == "." ? project : $"{project}/{relative}", File.ReadAllText(file));
    }

    /// <summary>Empty for what is nobody's or another's.</summary>
    private static string Room(string? name) =>
        name?.StartsWith(Product, StringComparison.Ordinal) == true ? name[Product.Length..].Replace('.', '/') : "";

    [GeneratedRegex(
        @"^\| \[(?<room>[A-Z]\w*(?:/\w+)*)\]\(\.\./src/Omniview\.Plugin\.\k<room>\) \|", RegexOptions.Multiline
    )]
    private static partial Regex Row();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static (?<name>[\w.]+)\.\w+|(?<name>[\w.]+));", RegexOptions.Multiline)]
    private static partial Regex Using();
}
