using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class NodeToolTests : IDisposable
{
    private readonly TempFolder _project = new();
    private readonly FakeTools _tools = new();
    private readonly FakeTools _others = new();

    public void Dispose()
    {
        _others.Dispose();
        _tools.Dispose();
        _project.Dispose();
    }

    [Fact]
    public void The_property_wins_then_the_variable_then_PATH_then_the_usual_places()
    {
        var onPath = _tools.Add("node");
        var property = _others.Add("node-1");
        var variable = _others.Add("node-2");
        var usual = _others.Add("node");

        Assert.Equal(property, Find(property, variable).Executable);
        Assert.Equal(variable, Find("", variable).Executable);
        Assert.Equal(onPath, Find().Executable);

        File.Delete(onPath);

        Assert.Equal(usual, Find().Executable);
    }

    [Fact]
    public void A_node_of_the_project_itself_is_passed_over()
    {
        var planted = _project.Write("ui/node_modules/.bin/node", "#!/bin/sh\n");
        FakeTools.MakeExecutable(planted);
        var real = _tools.Add("node");

        Assert.Equal(real, Find(searchPath: $"{Path.GetDirectoryName(planted)}:{_tools.Folder}").Executable);
    }

    [Fact]
    public void None_at_all_is_OVP2004_and_names_the_property()
    {
        var problem = Assert.Throws<DiagnosticException>(() => Find()).Diagnostic;

        Assert.Equal(DiagnosticCodes.NodeNotFound, problem.Code);
        Assert.Contains("OmniviewNodePath", problem.Message);
    }

    [Fact]
    public void A_named_one_that_is_none_is_OVP2004_and_nothing_else_is_taken()
    {
        _tools.Add("node");

        var problem = Assert.Throws<DiagnosticException>(() => Find(null, "/no/such/node")).Diagnostic;

        Assert.Equal(DiagnosticCodes.NodeNotFound, problem.Code);
        Assert.Contains("OMNIVIEW_NODE_PATH names \"/no/such/node\"", problem.Message);
    }

    private NodeTool Find(string? given = null, string? variable = null, string? searchPath = null) =>
        NodeTool.Find(new ExecutableFinder(
            _project.Path, searchPath ?? _tools.Folder), given, variable, [_others.Folder]);
}
