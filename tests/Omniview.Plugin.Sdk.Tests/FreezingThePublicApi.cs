using System.Reflection;
using Omniview.Plugin.Sdk.Tests.Infra;
using PublicApiGenerator;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>A change of what others can name is seen in the review of the change.</summary>
public sealed class FreezingThePublicApi
{
    [Fact]
    public void The_tasks_and_their_parameters_are_those_that_are_checked_in() =>
        CheckedIn.Assert_is_up_to_date(
            "tests/Omniview.Plugin.Sdk.Tests/Frozen/Omniview.Plugin.Tasks.api.txt",
            Load("Omniview.Plugin.Tasks")
                .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");

    [Fact]
    public void The_engine_is_nobodys_library() => Assert.Empty(Load("Omniview.Plugin.Core").GetExportedTypes());

    private static Assembly Load(string name) =>
        Assembly.LoadFrom(Path.Combine(Repository.Root, "artifacts", "tools", "any", "tasks", $"{name}.dll"));
}
