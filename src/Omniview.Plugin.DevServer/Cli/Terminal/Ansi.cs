namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>The few control sequences we use (ECMA-48, and xterm's for wrapping).</summary>
internal static class Ansi
{
    public const string Up = "\e[A";
    public const string EraseBelow = "\r\e[J"; // from the begin of the line to the end of the screen
    public const string WrapOff = "\e[?7l";
    public const string WrapOn = "\e[?7h";

    public const string Reset = "\e[0m";

    /// <summary>
    /// Arrow keys as shells want them: .NET switches them over for reading a key (terminfo's keypad_xmit), and not
    /// back.
    /// </summary>
    public const string KeypadLocal = "\e[?1l\e>";

    public const string Red = "31";
    public const string Green = "32";
    public const string Yellow = "33";
    public const string Blue = "34";
    public const string Magenta = "35";
    public const string Cyan = "36";
    public const string Dim = "2";

    public static string Colour(string colour, string text) => $"\e[{colour}m{text}{Reset}";
}
