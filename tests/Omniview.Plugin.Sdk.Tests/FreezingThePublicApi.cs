using System.Reflection;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>A change of what others can name is seen in the review of the change.</summary>
public sealed class FreezingThePublicApi
{
    [Theory]
    [InlineData("Omniview.Plugin.Core")]
    [InlineData("Omniview.Plugin.Tasks")]
    public void The_public_members_are_those_that_are_checked_in(string name)
    {
        var assembly = Assembly.LoadFrom(Path.Combine(Repository.Root, "artifacts", "tools", "any", "tasks", $"{name}.dll"));

        CheckedIn.Assert_is_up_to_date($"tests/Omniview.Plugin.Sdk.Tests/Frozen/{name}.api.txt", ApiListing.Of(assembly));
    }
}
