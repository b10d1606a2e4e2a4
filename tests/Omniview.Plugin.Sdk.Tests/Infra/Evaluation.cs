using System.Runtime.CompilerServices;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Locator;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>
/// What MSBuild takes a project for, before any target runs: what <c>dotnet msbuild -getProperty</c> and
/// <c>-getItem</c> answer, in this process.
/// </summary>
internal sealed class Evaluation
{
    /// <summary>
    /// The locator tells MSBuild by these where the SDK is. A <c>dotnet</c> that inherits them uses that SDK and no
    /// other.
    /// </summary>
    public static readonly IReadOnlyList<string> Variables =
        ["MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildSDKsPath"];

    private readonly Dictionary<string, string> _properties;
    private readonly ILookup<string, string> _items;

    private Evaluation(Project project)
    {
        _properties = project.AllEvaluatedProperties
            .GroupBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                property => property.Key, property => property.Last().EvaluatedValue, StringComparer.OrdinalIgnoreCase);
        _items = project.Items.ToLookup(
            item => item.ItemType, item => item.EvaluatedInclude, StringComparer.OrdinalIgnoreCase);
    }

    /// <exception cref="Microsoft.Build.Exceptions.InvalidProjectFileException">It is none.</exception>
    public static Evaluation Of(string projectFile)
    {
        using var projects = new ProjectCollection(); // reads the environment, and keeps no file of another test
        return new Evaluation(projects.LoadProject(projectFile));
    }

    /// <summary>Empty when nothing sets it.</summary>
    public string Property(string name) => _properties.GetValueOrDefault(name, "");

    public IEnumerable<string> Items(string type) => _items[type];

    /// <summary>There is no MSBuild beside this program: to be called before a type of it is looked for.</summary>
    [ModuleInitializer]
    internal static void FindMSBuild() => MSBuildLocator.RegisterDefaults();
}
