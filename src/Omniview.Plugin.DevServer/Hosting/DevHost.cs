using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.DevServer.Api;
using Omniview.Plugin.DevServer.Dashboard;
using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Hosting;

/// <summary>The dev host of one state directory: holds the lock, serves the API on loopback, ends when nobody needs it.</summary>
internal sealed class DevHost(string stateDirectory, HostCommand self)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int LookInterval = 3; // beats

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly HostDirectory _directory = new(stateDirectory);

    /// <summary>Runs until nobody needs it or TERM arrives; 0, or 3 when another host has the directory.</summary>
    public async Task<int> RunAsync()
    {
        _directory.Create();
        await using var held = FileLock.TryTake(_directory.Lock);
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"Another dev host serves {stateDirectory}.").ConfigureAwait(false);
            return 3;
        }

        await using var orphans = (await Orphans.AvoidAsync(_directory, self).ConfigureAwait(false)).ConfigureAwait(false);
        var manager = new InstanceManager(stateDirectory);
        var life = new HostLife(manager);
        var token = Randomness.Hex(32);
        using var ending = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }

        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await using var app = await StartAsync(manager, life, token).ConfigureAwait(false);
        var record = Publish(app, token);
        var leases = Task.WhenAll(manager.RunAsync(ending.Token), LookAfterItselfAsync(manager, ending.Token));
        try
        {
            await life.WaitForEndAsync(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // told to end
        }

        Withdraw(record);
        var stopped = manager.CloseAsync();
        if (await Task.WhenAny(stopped, Task.Delay(EndLimit)).ConfigureAwait(false) != stopped)
        {
            // Whatever holds it up, a host that was told to end does; what it leaves goes with it (see Containment).
            await Console.Error.WriteLineAsync($"Not everything has stopped within {EndLimit.TotalSeconds:0} s: the dev host ends all the same.").ConfigureAwait(false);
            return 0;
        }

        manager.Events.CompleteAll();
        await ending.CancelAsync().ConfigureAwait(false);
        await leases.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token).ConfigureAwait(false);
        return 0;
    }

    private async Task LookAfterItselfAsync(InstanceManager manager, CancellationToken cancellation)
    {
        var rest = new HostRest(manager.Events);
        while (true)
        {
            await manager.Rhythm.Next(LookInterval).WaitAsync(cancellation).ConfigureAwait(false);
            HostLog.CutBack(_directory.Log);
            rest.Look();
        }
    }

    /// <summary>At the port of the last host if that is free, so that a dashboard that is open goes on; else at any.</summary>
    private async Task<WebApplication> StartAsync(InstanceManager manager, HostLife life, string token)
    {
        // What is left of a host at that port a client may be about to clear away, and must not find ours in its place.
        if (new PortMemory(_directory.LastPort).Port is { } last and > 0 and <= IPEndPoint.MaxPort && !File.Exists(_directory.Record(last)) && !File.Exists(_directory.Token(last)))
        {
            var app = Build(manager, life, token, last);
            try
            {
                await app.StartAsync().ConfigureAwait(false);
                return app;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                await app.DisposeAsync().ConfigureAwait(false); // somebody else has it by now
            }
        }

        var anywhere = Build(manager, life, token, port: 0);
        await anywhere.StartAsync().ConfigureAwait(false);
        return anywhere;
    }

    private WebApplication Build(InstanceManager manager, HostLife life, string token, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole(console => console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ").SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.ConfigureHttpJsonOptions(ApiRoutes.Configure);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024; // an environment can be 2 MB (execve(2))
            kestrel.Limits.MaxConcurrentConnections = 4 * StreamSlots.Most;
            kestrel.Limits.MinResponseDataRate = null; // a listener that was stopped for a while is no attacker; see EventStream
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        var dashboard = new DashboardLogin(new DashboardSessions(_directory.DashboardSessions));
        var guard = new RequestGuard(token, dashboard);
        var problems = new ProblemAnswers(app.Services.GetRequiredService<ILogger<ProblemAnswers>>());
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.Use(next => context => problems.InvokeAsync(context, next));
        app.UseRouting();
        app.Use(next => context => DashboardAccess.Allows(context) ? next(context) : Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "That takes the bearer token: the dashboard may not ask for it."));
        ApiRoutes.Map(app, manager, life, dashboard);
        return app;
    }

    /// <summary>Makes the running host findable: the token first, the record last.</summary>
    private HostRecord Publish(WebApplication app, string token)
    {
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var record = HostRecord.OfThisProcess(address.Port, _directory.Token(address.Port));
        AtomicFile.Write(record.TokenFile, Encoding.ASCII.GetBytes(token), OwnerOnly);
        record.Write(_directory.Record(record.Port));
        new PortMemory(_directory.LastPort).Remember(record.Port);
        return record;
    }

    private void Withdraw(HostRecord record)
    {
        var file = _directory.Record(record.Port);
        if (HostRecord.Read(file)?.Process == record.Process)
        {
            File.Delete(file);
            File.Delete(record.TokenFile);
        }
    }
}
