namespace Omniview.Plugin.DevServer.Tests.Faults;

public sealed class StrikingGo() : FaultMatrix(Victim.Go)
{
    [Theory]
    [MemberData(nameof(Cells), Victim.Go)]
    public Task Is_survived(Fault fault, Phase phase) => SurviveAsync(fault, phase);
}
