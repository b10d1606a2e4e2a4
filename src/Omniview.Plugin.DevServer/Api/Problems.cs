using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>Refusals in RFC 9457's shape, with Omniview's type names.</summary>
internal static class Problems
{
    public static IResult Of(Diagnostic diagnostic) =>
        Result("omniview:validation", "The dev host can't do that", StatusCodes.Status422UnprocessableEntity, diagnostic.Message, BuildError.From(diagnostic));

    public static IResult NotRunning(string pluginId) =>
        Result("omniview:validation", "Not running", StatusCodes.Status422UnprocessableEntity, $"No plugin '{pluginId}' runs under this dev host.", error: null);

    private static IResult Result(string type, string title, int status, string detail, BuildError? error) =>
        Results.Json(new HostProblem(type, title, status, detail, error), WireJson.Options, "application/problem+json", status);
}
