using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>What can go wrong, and what is asked for.</summary>
internal static class Failures
{
    public static readonly StartFailure Install = new(
        Diagnostic.Error("OVP4002", "no room"), "the new program could not be installed");
    public static readonly StartFailure Start = new(
        Diagnostic.Error("OVP3007", "it ended"), "the new program did not start");
    public static readonly Diagnostic Vite = Diagnostic.Error("OVP3006", "Vite has ended");

    public static readonly GoBuildRequest Request = new()
    {
        Toolchain = null!, // nobody builds
        ProjectDirectory = "/p",
        Output = "/p/build/bin/plugin",
        Target = GoTarget.FromRuntimeIdentifier(null),
    };
}
