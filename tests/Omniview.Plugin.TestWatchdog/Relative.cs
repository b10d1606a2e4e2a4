namespace Omniview.Plugin.TestWatchdog;

/// <summary>A process of the run.</summary>
internal sealed record Relative(int Pid, int Parent, string Command)
{
    /// <summary>The .NET runtime is loaded.</summary>
    public bool IsDotnet
    {
        get
        {
            try
            {
                return File.ReadAllText($"/proc/{Pid}/maps").Contains("/libcoreclr.so", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false; // gone meanwhile
            }
        }
    }

    public override string ToString() => $"{Pid} (of {Parent}) {Command}";
}
