using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.DevServer.Requests;

/// <summary>Refuses ids that no plugin can have, before anything is done with one.</summary>
internal sealed class PluginIdFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.GetRouteValue("id") is string id && PluginId.Problem(id) is { } problem
            ? ValueTask.FromResult<object?>(Problems.Of(Diagnostic.Error(
                DiagnosticCodes.PluginIdIllegal, $"The plugin id {Shown.Text(id)} {problem}.")))
            : next(context);
}
