namespace Omniview.Plugin.DevServer.Tests.Faults;

public sealed class StrikingVite() : FaultMatrix(Victim.Vite)
{
    [Theory]
    [MemberData(nameof(Cells), Victim.Vite)]
    public Task Is_survived(Fault fault, Phase phase) => SurviveAsync(fault, phase);
}
