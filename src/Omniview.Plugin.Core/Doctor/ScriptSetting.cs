namespace Omniview.Plugin.Core.Doctor;

/// <summary>A simple value in an object literal of JavaScript.</summary>
/// <param name="Path">Its keys from the outermost, with dots: <c>server.host</c>.</param>
/// <param name="Value">A word, a number, or a text in single quotes, whatever quotes it has in the source.</param>
/// <param name="Line">1-based, of the key.</param>
/// <param name="Column">1-based, of the key.</param>
internal sealed record ScriptSetting(string Path, string Value, int Line, int Column);
