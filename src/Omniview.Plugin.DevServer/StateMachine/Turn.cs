using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>One turn of the loop, from a save or a request to a plugin that answers.</summary>
/// <param name="Number">Of this turn; what comes of its effects names it.</param>
/// <param name="Begun">When the change was taken up.</param>
internal sealed record Turn(int Number, Moment Begun)
{
    public TurnPhase Phase { get; init; }

    /// <summary>A newer change has made it pointless: what it waits for has been told to end.</summary>
    public bool IsSuperseded { get; init; }

    public BuildPhases Times { get; init; } = new();

    /// <summary>What was built; null before, and when that failed.</summary>
    public GoBuildRequest? Built { get; init; }

    /// <summary>The program is the one that was installed before.</summary>
    public bool IsSame { get; init; }

    /// <summary>
    /// A plugin ran, or was to come back, when its program was installed: on a failure that program comes back.
    /// </summary>
    public bool Replaces { get; init; }

    public TimeSpan BuildTime { get; init; }

    /// <summary>Built without the go command: what the program is made of is what it was.</summary>
    public bool IsIncremental { get; init; }

    /// <summary>When a step of it began that is measured.</summary>
    public Moment StepBegun { get; init; }

    /// <summary>Why the new plugin could not be started; told when it is clear what runs instead.</summary>
    public StartFailure? Failure { get; init; }
}
