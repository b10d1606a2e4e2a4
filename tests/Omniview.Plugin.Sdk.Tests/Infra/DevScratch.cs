using System.Globalization;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>A scratch world with the sample in it and a dev loop running.</summary>
public abstract partial class DevScratch(PackageCache packages, string folder = "a b;c%20é") : PluginScratch(
    packages, folder)
{
    protected const string SampleId = "hello-omniview";

    protected string DevInfo => Installed(SampleId, ".devinfo");

    /// <summary>Waits until UI and plugin are up; returns the UI's address.</summary>
    protected static async Task<string> ReadyAsync(Shell dev)
    {
        var output = await dev.WaitForAsync(
            text => text.Contains("ready in ", StringComparison.Ordinal) && UiAddress().IsMatch(text));
        return UiAddress().Match(output).Groups[1].Value;
    }

    protected Task<string?> GreetAsync() => Greeter.GreetAsync(DevInfo, "Ada");

    /// <summary>Nothing of the dev loop is left: no process, no .devinfo, and its UI's port is free.</summary>
    protected async Task AssertAllGoneAsync(string uiAddress)
    {
        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.False(File.Exists(DevInfo));
        Assert.DoesNotContain(new Uri(uiAddress).Port, ListeningPorts());
    }

    protected static int Generation(string output) =>
        GenerationNumber().Matches(output).Select(
            match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    [GeneratedRegex(@"UI\s+(http://127\.0\.0\.1:\d+)")]
    private static partial Regex UiAddress();

    [GeneratedRegex(@"ready in .* generation (\d+)")]
    private static partial Regex GenerationNumber();
}
