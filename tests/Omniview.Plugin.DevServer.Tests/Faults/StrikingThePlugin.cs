namespace Omniview.Plugin.DevServer.Tests.Faults;

public sealed class StrikingThePlugin() : FaultMatrix(Victim.Plugin)
{
    [Theory]
    [MemberData(nameof(Cells), Victim.Plugin)]
    public Task Is_survived(Fault fault, Phase phase) => SurviveAsync(fault, phase);
}
