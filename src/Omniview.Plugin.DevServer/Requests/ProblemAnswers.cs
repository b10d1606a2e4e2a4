using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.DevServer.Requests;

/// <summary>
/// Turns whatever goes wrong in a request into a problem answer: refusals, bodies that can't be read, our own faults.
/// </summary>
internal sealed class ProblemAnswers(ILogger<ProblemAnswers> log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Response;
        try
        {
            if (HasForeignBody(context.Request))
            {
                await Problems.WriteAsync(
                    context, StatusCodes.Status415UnsupportedMediaType, "Bodies are application/json.");
                return;
            }

            await next(context);
            if (response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted
                && response.ContentType is null)
            {
                await Problems.WriteAsync(context, response.StatusCode);
            }
        }
        catch (DiagnosticException e) when (!response.HasStarted)
        {
            await Problems.Of(e.Diagnostic).ExecuteAsync(context);
        }
        catch (BadHttpRequestException e) when (!response.HasStarted)
        {
            await Problems.WriteAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (!response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            LogFault(log, context.Request.Method, context.Request.Path, e);
            await Problems.WriteAsync(
                context, StatusCodes.Status500InternalServerError, $"A fault of the dev host: {e.Message} Its log " +
                    "has the details.");
        }
    }

    /// <summary>A page of another origin may send a form or plain text without asking first, but not JSON.</summary>
    private static bool HasForeignBody(HttpRequest request) =>
        (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0) && !request.HasJsonContentType();

    private static readonly Action<ILogger, string, PathString, Exception?> LogFault =
        LoggerMessage.Define<string, PathString>(LogLevel.Error, default, "{Method} {Path} failed");
}
