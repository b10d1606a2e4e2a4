namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>Ends an operation with a problem that already says everything a user needs.</summary>
internal sealed class DiagnosticException(Diagnostic diagnostic, Exception? cause = null) : Exception(
    diagnostic.ToString(), cause)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
