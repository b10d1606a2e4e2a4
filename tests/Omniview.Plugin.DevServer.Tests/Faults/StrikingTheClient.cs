namespace Omniview.Plugin.DevServer.Tests.Faults;

public sealed class StrikingTheClient() : FaultMatrix(Victim.Client)
{
    [Theory]
    [MemberData(nameof(Cells), Victim.Client)]
    public Task Is_survived(Fault fault, Phase phase) => SurviveAsync(fault, phase);
}
