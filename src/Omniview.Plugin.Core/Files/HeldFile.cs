namespace Omniview.Plugin.Core.Files;

/// <summary>
/// A file that another program has open on Windows in a way that forbids what is to be done with it: one that writes or
/// replaces it, a virus scanner, an editor. They do so for a moment.
/// </summary>
internal static class HeldFile
{
    private const int Attempts = 7; // 10 ms, doubled each time: 1.3 s in all

    /// <summary>Whether that is what an error says.</summary>
    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
    public static bool Is(IOException e) => (e.HResult & 0xFFFF) is 32 or 33;

    /// <summary>Does it, and again as long as the file is held.</summary>
    public static T WaitOut<T>(Func<T> action)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return action();
            }
            catch (IOException e) when (MayPass(attempt) && Is(e))
            {
                Pause(attempt);
            }
        }
    }

    /// <summary>Whether to try again after so many attempts.</summary>
    public static bool MayPass(int attempts) => attempts < Attempts;

    public static void Pause(int attempts) => Thread.Sleep(10 << attempts);
}
