using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>
/// Hands on the keys that are pressed. .NET switches echo off while it waits for one, and on again when the process
/// ends.
/// </summary>
internal static class Keyboard
{
    public static void Listen(Action<char> pressed)
    {
        var thread = new Thread(() =>
        {
            try
            {
                while (true)
                {
                    var key = Console.ReadKey(intercept: true).KeyChar;
                    Unfailing.Do("doing what a key asks for", () => pressed(key));
                }
            }
            catch (Exception e) when (e is InvalidOperationException or IOException)
            {
                // the terminal has gone, and with it its keys
            }
        })
        {
            IsBackground = true,
            Name = "keyboard",
        };
        thread.Start();
    }
}
