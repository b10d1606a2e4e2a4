using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Diagnostics;

public sealed class HelpLinksTests
{
    [Fact]
    public void Each_page_is_named_once_below_the_first_problem_it_is_about()
    {
        Diagnostic[] problems =
        [
            Diagnostic.Error("OVP1008", "a"),
            Diagnostic.Warning("OVP1011", "b"),
            Diagnostic.Error("OVP1008", "c"),
            Diagnostic.Error("TS2304", "d"),
            Diagnostic.Error("TS2322", "e"), // of the same page
            Diagnostic.Error("GO0001", "f") with { HelpLink = "" },
        ];

        Assert.Equal(
            [
                "omniview: error OVP1008: a",
                $"  OVP1008: {HelpPages.For("OVP1008")}",
                "omniview: warning OVP1011: b",
                $"  OVP1011: {HelpPages.For("OVP1011")}",
                "omniview: error OVP1008: c",
                "omniview: error TS2304: d",
                $"  TS2304: {HelpPages.For("TS")}",
                "omniview: error TS2322: e",
                "omniview: error GO0001: f",
            ],
            new HelpLinks().Lines(problems));
    }
}
