namespace Omniview.Plugin.Bench;

/// <summary>
/// A measurement that can't be taken, or would not mean what it says; the message is for the person at the terminal.
/// </summary>
internal sealed class BenchException(string message) : Exception(message);
