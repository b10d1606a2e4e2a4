using System.Text.RegularExpressions;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>
/// docs/properties.xml has it all; the page people read, the files editors read and what go is told are made of it.
/// </summary>
public sealed class DocumentingTheProperties
{
    private readonly PropertyReference _reference = new();
    private readonly string _sdk = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "sdk"), "*.*")
        .Where(file => Path.GetExtension(file) is ".props" or ".targets")
        .Select(File.ReadAllText));

    [Fact]
    public void The_page_is_made_of_it() =>
        CheckedIn.Assert_is_up_to_date("docs/properties.md", _reference.ToMarkdown());

    [Fact]
    public void The_schema_beside_Sdk_props_is_made_of_it() =>
        CheckedIn.Assert_is_up_to_date("sdk/Sdk.props.buildschema.json", _reference.ToBuildSchema());

    [Fact]
    public void The_property_page_is_made_of_it() =>
        CheckedIn.Assert_is_up_to_date("sdk/Omniview.Plugin.Properties.xaml", _reference.ToPropertyPage());

    [Fact]
    public void The_record_of_what_go_is_told_is_made_of_it() =>
        CheckedIn.Assert_is_up_to_date(
            "src/Omniview.Plugin.Core/Go/Commands/GoOptions.cs", _reference.GoOptions.ToRecord());

    [Fact]
    public void The_list_of_what_the_tasks_are_told_is_made_of_it() =>
        CheckedIn.Assert_is_up_to_date("sdk/Omniview.Plugin.GoOptions.targets", _reference.GoOptions.ToTargets());

    [Fact]
    public void The_options_are_handed_over_as_they_are_by_then()
    {
        var targets = Regex.Matches(_sdk, @"<Target .*?(?:/>|</Target>)", RegexOptions.Singleline)
            .Select(match => match.Value)
            .Where(target => target.Contains("=\"@(_GoOption)\"", StringComparison.Ordinal));

        Assert.All(
            targets,
            target => Assert.Contains("<_GoOption Value=\"$(%(Property))\" />", target, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_property_the_targets_read_is_in_it()
    {
        var read = Regex.Matches(_sdk, @"\$\((\w+)").Select(match => match.Groups[1].Value)
            .Where(name => PropertyReference.IsOurs(name) && !name.EndsWith("DependsOn", StringComparison.Ordinal));

        Assert.Empty(
            read.Except(_reference.Names("property"))
                .Except(_reference.Names("value"))
                .Except(["OmniviewTasksAssembly", "OmniviewDevHost"]));
    }

    [Fact]
    public void Each_item_the_targets_read_is_in_it()
    {
        var read = Regex
            .Matches(_sdk, @"@\((\w+)")
            .Select(match => match.Groups[1].Value)
            .Where(PropertyReference.IsOurs);

        Assert.Empty(read.Except(_reference.Names("item")));
    }

    [Fact]
    public void Each_hook_is_in_it()
    {
        var hooks = Regex
            .Matches(
                _sdk,
                @"<Target Name=""((?:Before|After)\w+)""|<(\w+DependsOn)>\$\(\2\);Before"
                    + @"|<(\w+DependsOn)>\$\(\3\);(?!Before)[^<]*;Before")
            .Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value);

        Assert.All(hooks, hook => Assert.Contains($"`{hook}`", _reference.Hooks, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_in_it_that_the_targets_do_not_have()
    {
        Assert.All(
            _reference.Names("property").Where(PropertyReference.IsOurs),
            name => Assert.Matches($@"\$\({name}\)|<_GoOption [^>]*Property=""{name}""", _sdk));
        Assert.All(_reference.Names("value"), name => Assert.Matches($@"<{name}\b|PropertyName=""{name}""", _sdk));
        Assert.All(_reference.Names("item"), name => Assert.Matches($@"@\({name}\)|<{name} ", _sdk));
        Assert.All(
            _reference.Names("target").Where(name => name is not ("Build" or "Clean")),
            name => Assert.Contains($"""<Target Name="{name}" """.TrimEnd(), _sdk, StringComparison.Ordinal));
    }
}
