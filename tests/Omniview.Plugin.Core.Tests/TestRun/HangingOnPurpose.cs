using System.Diagnostics;

namespace Omniview.Plugin.Core.Tests.TestRun;

/// <summary>Tests that never end, for <see cref="EndingATestRun"/> and to be run by hand (CONTRIBUTING.md).</summary>
public sealed class HangingOnPurpose
{
    /// <summary>Names a file for the PID of a process that has left its parent, group and session.</summary>
    public const string ChildVariable = "OVP_TEST_HANGING_CHILD";

    [Fact(Explicit = true)]
    public async Task Awaits_for_ever()
    {
        if (Environment.GetEnvironmentVariable(ChildVariable) is { Length: > 0 } file)
        {
            using var shell = Process.Start(
                "/bin/sh", ["-c", "setsid sh -c 'echo $$ > \"$0\"; exec sleep 100000' \"$0\" &", file]);
            await shell.WaitForExitAsync(CancellationToken.None);
        }

        await AwaitAsync();
    }

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    public Task Awaits_for_ever_as_a_theory(int _) => AwaitAsync();

    [Fact(Explicit = true)]
    public void Blocks_its_thread() => Thread.Sleep(Timeout.Infinite);

    private static async Task AwaitAsync() => await new TaskCompletionSource().Task;
}
