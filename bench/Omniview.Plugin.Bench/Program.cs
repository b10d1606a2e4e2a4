using System.CommandLine;
using System.Runtime.InteropServices;
using Omniview.Plugin.Bench;

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // what was started is ended first
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

return await BenchCommand.Create(stop.Token).Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = null });
