namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>Where the page of a diagnostic code is: one file per code under docs/diagnostics.</summary>
public static class HelpPages
{
    private const string Root = "https://github.com/omniviewdev/omniview-plugin-dotnet/blob/main/docs/diagnostics/";

    public static string For(string code) => $"{Root}{code}.md";
}
