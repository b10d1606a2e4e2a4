using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>What a build came to.</summary>
/// <param name="IsIncremental">It was one without the go command, or would have been.</param>
internal abstract record BuildOutcome(bool IsIncremental);

/// <summary>It was told to end.</summary>
internal sealed record BuildCancelled(bool IsIncremental) : BuildOutcome(IsIncremental);

/// <summary>plugin.yaml has errors: nothing was built.</summary>
internal sealed record ManifestWrong(ManifestResult Manifest) : BuildOutcome(IsIncremental: false);

/// <summary>It could not be made, for a reason that is no error in the sources.</summary>
internal sealed record BuildBroken(ManifestResult? Manifest, StartFailure Failure) : BuildOutcome(IsIncremental: false);

/// <summary>The compiler has spoken.</summary>
/// <param name="Request">What was built, for what follows from it.</param>
/// <param name="Result">The program or the errors.</param>
internal sealed record Compiled(
    ManifestResult Manifest, GoBuildRequest Request, GoBuildResult Result, bool IsIncremental)
    : BuildOutcome(IsIncremental);
