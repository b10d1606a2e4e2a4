namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> matters: an error fails the build, a warning does not.</summary>
internal enum DiagnosticSeverity
{
    Message,
    Warning,
    Error,
}
