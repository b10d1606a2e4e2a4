using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class BuildErrorTests
{
    [Fact]
    public void A_diagnostic_survives_the_wire()
    {
        Diagnostic[] diagnostics =
        [
            Diagnostic.Error("GO0001", "undefined: y").At("/p/x.go", 3, 5),
            Diagnostic.Warning("OVP5005", "not served").At("/p/a.css"),
            Diagnostic.Error("OVP3005", "no port"),
        ];

        Assert.Equal(diagnostics, diagnostics.Select(diagnostic => BuildError.From(diagnostic).ToDiagnostic()));
        Assert.Equal(diagnostics[0].HelpLink, BuildError.From(diagnostics[0]).HelpLink);
    }
}
