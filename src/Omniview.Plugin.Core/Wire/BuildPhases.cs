namespace Omniview.Plugin.Core.Wire;

/// <summary>
/// How long each part of a turn took, in milliseconds; null where the turn did not get there or it is not measured.
/// </summary>
internal sealed record BuildPhases
{
    /// <summary>From the save to its notice.</summary>
    public double? DetectMs { get; init; }

    /// <summary>Until no more was saved.</summary>
    public double? SettleMs { get; init; }

    /// <summary>To compile and link.</summary>
    public double? BuildMs { get; init; }

    /// <summary>Of that, to link; null for a build of the go command, which does not say.</summary>
    public double? LinkMs { get; init; }

    /// <summary>Into the installed layout.</summary>
    public double? TransferMs { get; init; }

    /// <summary>To start the new process.</summary>
    public double? StartMs { get; init; }

    /// <summary>Until it said where it listens.</summary>
    public double? HandshakeMs { get; init; }

    /// <summary>Until it was healthy.</summary>
    public double? HealthMs { get; init; }
}
