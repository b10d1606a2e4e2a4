namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>How a command ended and what it printed.</summary>
public sealed record Result(string Command, int ExitCode, string Output)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Result ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        return this;
    }

    public Result ShouldFail()
    {
        Assert.True(ExitCode == 1, $"{Command} ended with {ExitCode}, not 1:\n{Output}");
        return this;
    }
}
