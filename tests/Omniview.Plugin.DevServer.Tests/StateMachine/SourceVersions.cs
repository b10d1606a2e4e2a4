namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>
/// The sources, as the number of saves. An even version makes the same program as the one before it.
/// </summary>
internal sealed class SourceVersions
{
    public int Saved { get; private set; } = 1;

    /// <summary>Whether the sources as they are now can be built.</summary>
    public bool AreGood { get; private set; } = true;

    /// <summary>The version that the last build has read whose result was taken; 0 for none.</summary>
    public int Built { get; private set; }

    /// <summary>Whether that build went well.</summary>
    public bool BuildWentWell { get; private set; }

    public int SavedProgram => ProgramOf(Saved);

    public int BuiltProgram => ProgramOf(Built);

    public void Save(bool isGood)
    {
        Saved++;
        AreGood = isGood;
    }

    public void TakeBuild(int version, bool wentWell) => (Built, BuildWentWell) = (version, wentWell);

    private static int ProgramOf(int version) => (version + 1) / 2;
}
