namespace Omniview.Plugin.DevServer.Tests.Faults;

public sealed class StrikingTheHost() : FaultMatrix(Victim.Host)
{
    [Theory]
    [MemberData(nameof(Cells), Victim.Host)]
    public Task Is_survived(Fault fault, Phase phase) => SurviveAsync(fault, phase);
}
