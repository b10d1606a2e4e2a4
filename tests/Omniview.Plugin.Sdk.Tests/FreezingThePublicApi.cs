using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Build.Framework;
using Omniview.Plugin.Sdk.Tests.Infra;
using PublicApiGenerator;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>A change of what others can name is seen in the review of the change.</summary>
public sealed class FreezingThePublicApi
{
    private static readonly string Tasks = Path.Combine(Repository.Root, "artifacts", "tools", "any", "tasks");

    [Fact]
    public void The_tasks_and_their_parameters_are_those_that_are_checked_in()
    {
        // The generator looks for other assemblies beside this one only, and MSBuild's are never there.
        using var folder = new TempFolder();
        var tasks = Copy(Path.Combine(Tasks, "Omniview.Plugin.Tasks.dll"));
        Copy(typeof(ITask).Assembly.Location);
        Copy(typeof(Microsoft.Build.Utilities.Task).Assembly.Location);
        var context = new AssemblyLoadContext(tasks);

        CheckedIn.Assert_is_up_to_date(
            "tests/Omniview.Plugin.Sdk.Tests/Frozen/Omniview.Plugin.Tasks.api.txt",
            context.LoadFromAssemblyPath(tasks)
                .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");

        string Copy(string assembly)
        {
            var copy = Path.Combine(folder.Path, Path.GetFileName(assembly));
            File.Copy(assembly, copy);
            return copy;
        }
    }

    [Fact]
    public void The_engine_is_nobodys_library() =>
        Assert.Empty(Assembly.LoadFrom(Path.Combine(Tasks, "Omniview.Plugin.Core.dll")).GetExportedTypes());
}
