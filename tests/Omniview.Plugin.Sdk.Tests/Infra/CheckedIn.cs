namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>
/// A file of this repository that says what the product is like, and is written by the test that compares them.
/// </summary>
internal static class CheckedIn
{
    /// <summary>
    /// Fails when the file says something else. With OVP_UPDATE set it is written first: look at the difference before
    /// you commit it.
    /// </summary>
    public static void Assert_is_up_to_date(string file, string text)
    {
        var path = Path.Combine(Repository.Root, file);
        if (System.Environment.GetEnvironmentVariable("OVP_UPDATE") is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        var was = File.Exists(path) ? Lines(File.ReadAllText(path)) : [];
        var differences = was.Except(Lines(text)).Select(line => $"- {line}").Concat(
            Lines(text).Except(was).Select(line => $"+ {line}")).ToList();
        Assert.True(File.Exists(path) && File.ReadAllText(path) == text,
            $"{file} is out of date. If the change is meant, run this test once with " +
            $"OVP_UPDATE=1.\n{string.Join('\n', differences.Take(40))}");
    }

    private static string[] Lines(string text) => text.Split('\n');
}
