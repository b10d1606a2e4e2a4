using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Requests;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>Opens a source file of a plugin in the user's editor. Which editor is never the request's to say.</summary>
internal static class OpenInEditor
{
    public static void Map(RouteGroupBuilder plugins, PluginManager manager) =>
        plugins
            .MapPost(
                "/{id}/open",
                (string id, OpenRequest request, CancellationToken cancellation) =>
                    OpenAsync(manager, id, request, cancellation))
            .ForDashboard()
            .WithName("openInEditor")
            .WithSummary("Opens a file of the project in the user's editor.")
            .Produces<OpenedFile>()
            .Produces<HostProblem>(StatusCodes.Status422UnprocessableEntity, Problems.ContentType);

    private static async Task<IResult> OpenAsync(
        PluginManager manager, string id, OpenRequest request, CancellationToken cancellation)
    {
        if (manager.Find(id) is not { } instance)
        {
            return Problems.NotRunning(id);
        }

        if (instance.Files.Find(request.File) is not { } file)
        {
            return Problems.Of(Diagnostic.Error(
                DiagnosticCodes.FileNotOfPlugin,
                $"{Shown.Text(request.File)} is no file of the plugin '{id}': only what is below " +
                $"{instance.Settings.ProjectDirectory}, and in modules its program is made of, can be opened."));
        }

        var editor = await EditorLauncher.OpenAsync(
            instance.Settings, file, Math.Max(1, request.Line), Math.Max(1, request.Column), cancellation);
        return Results.Json(new OpenedFile(file, editor), WireJson.Options);
    }
}
