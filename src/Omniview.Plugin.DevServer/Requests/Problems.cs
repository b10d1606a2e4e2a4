using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Requests;

/// <summary>
/// Refusals in RFC 9457's shape, with Omniview's type names. Nothing is ever refused in another shape.
/// </summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(Diagnostic diagnostic) =>
        diagnostic.Code switch
        {
            DiagnosticCodes.HostDoesNotAnswer => Result(
                "omniview:internal",
                "The dev host is ending",
                StatusCodes.Status503ServiceUnavailable,
                diagnostic.Message,
                BuildError.From(diagnostic)),
            DiagnosticCodes.NoFreePort => Result(
                "omniview:internal",
                "The dev host can't do that",
                StatusCodes.Status500InternalServerError,
                diagnostic.Message,
                BuildError.From(diagnostic)),
            _ => Result(
                "omniview:validation",
                "The dev host can't do that",
                StatusCodes.Status422UnprocessableEntity,
                diagnostic.Message,
                BuildError.From(diagnostic)),
        };

    public static IResult NotRunning(string pluginId) =>
        NotServed("Not running", $"No plugin '{pluginId}' runs under this dev host.");

    public static IResult External(string pluginId, int pid) =>
        NotServed(
            "Not ours", $"The plugin '{pluginId}' was started by someone else (PID {pid}); the dev host only " +
            "watches it. End that process where it was started.");

    public static IResult NotFound(string pluginId) =>
        Result(
            "omniview:plugin/not-found", "Unknown plugin", StatusCodes.Status404NotFound, "This dev host has not " +
            $"served a plugin '{pluginId}' yet. Name its folder: POST /api/v1/plugins with settings.projectDirectory.");

    public static IResult Malformed(string detail) =>
        Result("omniview:validation", "Bad request", StatusCodes.Status400BadRequest, detail);

    public static IResult LinkUsedUp() =>
        Result(
            "omniview:validation",
            "No such link",
            StatusCodes.Status401Unauthorized,
            "The link was used already, "
                + "or is not of this dev host. Press o where the dev loop runs, or run: omniview-plugin-dev open " +
                    "--dashboard"
        );

    public static IResult TooManyStreams() =>
        Result(
            "omniview:internal",
            "Too many listeners",
            StatusCodes.Status503ServiceUnavailable,
            $"{StreamSlots.Most} clients listen already. Close one.");

    /// <summary>Answers with nothing but what a status means, unless something has been written.</summary>
    public static Task WriteAsync(HttpContext context, int status, string? detail = null)
    {
        var type = status >= 500
            ? "omniview:internal"
            : status == StatusCodes.Status404NotFound
            ? "about:blank"
            : "omniview:validation";
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        var title = ReasonPhrases.GetReasonPhrase(status);
        return context.Response.WriteAsync(JsonSerializer.Serialize(new HostProblem(
            type, title, status, detail ?? title, Error: null), WireJson.Options), context.RequestAborted);
    }

    private static IResult NotServed(string title, string detail) =>
        Result(
            "omniview:validation",
            title,
            StatusCodes.Status422UnprocessableEntity,
            detail,
            BuildError.From(Diagnostic.Error(DiagnosticCodes.PluginNotServed, detail)));

    private static IResult Result(string type, string title, int status, string detail, BuildError? error = null) =>
        Results.Json(new HostProblem(type, title, status, detail, error), WireJson.Options, ContentType, status);
}
