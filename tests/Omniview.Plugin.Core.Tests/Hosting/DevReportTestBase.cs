using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>A plugin whose session is reported, and the lines of the report.</summary>
public abstract class DevReportTestBase : IDisposable
{
    protected const string Ui = "http://127.0.0.1:15173";

    private protected static DevServerState Running { get; } = new()
    {
        PluginId = "hello",
        Mode = "managed",
        DevPath = "/p",
        VitePort = 15173,
    };

    private protected static BuildError Error { get; } = new("/p/x.go", 3, 5, "undefined: y", "GO0001", "error", "");

    protected TempFolder Folder { get; } = new();

    protected List<string> Lines { get; } = [];

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string Time =>
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToLocalTime().ToString(
            "HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private protected static LogEntry Entry(string level, string message) =>
        new("2026-01-02T03:04:05.678Z", LogSource.Manager, level, message, "hello", 1, 1);
}
