using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>A process that nobody but the test may end, ended when the test is over.</summary>
internal sealed class Killed(int pid) : IDisposable
{
    private readonly ProcessHandle? _process = ProcessHandle.Open(pid);

    public void Dispose()
    {
        _process?.Signal(ProcessGroup.Kill);
        _process?.Dispose();
    }
}
