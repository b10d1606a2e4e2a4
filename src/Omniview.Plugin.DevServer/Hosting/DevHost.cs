using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Api;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Lifetime;
using Omniview.Plugin.DevServer.Login;
using Omniview.Plugin.DevServer.Requests;

namespace Omniview.Plugin.DevServer.Hosting;

/// <summary>
/// The dev host of one state directory: holds the lock, serves the API on loopback, ends when nobody needs it.
/// </summary>
internal sealed class DevHost(string stateDirectory, HostCommand self)
{
    private const int LookInterval = 3; // ticks

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly HostDirectory _directory = new(stateDirectory);

    /// <summary>
    /// Runs until nobody needs it or TERM arrives; 0, 1 when it can't use its directory, or 3 when another host has it.
    /// </summary>
    public async Task<int> RunAsync()
    {
        FaultTolerantWriter.Install();
        try
        {
            SystemLimits.Require();
            return await ServeAsync();
        }
        catch (DiagnosticException e)
        {
            await Console.Error.WriteLineAsync(e.Diagnostic.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(
                Diagnostic
                    .Error(DiagnosticCodes.HostDidNotStart, $"The dev host can't use its directory: {e.Message}")
                    .At(_directory.Path)
                    .ToString());
        }
        catch (Exception e) when (e.GetBaseException() is Win32Exception or OutOfMemoryException)
        {
            // .NET says so of a thread that can't be made, too
            await Console.Error.WriteLineAsync(SystemLimits.Reached(e).ToString());
        }

        return 1;
    }

    private async Task<int> ServeAsync()
    {
        _directory.Create();
        await using var held = FileLock.TryTake(_directory.Lock);
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"Another dev host serves {stateDirectory}.");
            return 3;
        }

        foreach (var wrong in _directory.SetWrongAside())
        {
            await Console.Error.WriteLineAsync(wrong.ToString());
        }

        await using var orphans = (await Orphans.AvoidAsync(_directory, self));
        var manager = new PluginManager(stateDirectory);
        var life = new HostLife(manager);
        var token = Randomness.Hex(32);
        using var dashboard = new DashboardLogin(new LinkFiles(_directory.Links));
        using var ending = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }

        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await using var app = await StartAsync(manager, life, token, dashboard);
        var record = Publish(app, token);
        var leases = Task.WhenAll(manager.RunAsync(ending.Token), MaintainAsync(manager, ending.Token));
        try
        {
            await life.WaitForEndAsync(ending.Token);
        }
        catch (OperationCanceledException)
        {
            // told to end
        }

        manager.Seal(); // before anybody can see that the host ends
        Withdraw(record);
        dashboard.Dispose();
        var stopped = manager.CloseAsync();
        if (await Task.WhenAny(stopped, Task.Delay(EndLimit)) != stopped)
        {
            // Whatever holds it up, a host that was told to end does; what it leaves goes with it (see Containment).
            await Console.Error.WriteLineAsync(
                $"Not everything has stopped within {EndLimit.TotalSeconds:0} s: the dev host ends all the same.");
            return 0;
        }

        manager.Events.CompleteAll();
        await ending.CancelAsync();
        await leases.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(limit.Token);
        return 0;
    }

    private async Task MaintainAsync(PluginManager manager, CancellationToken cancellation)
    {
        var trimmer = new IdleMemoryTrimmer(manager.Events);
        while (true)
        {
            await manager.Timer.NextAsync(LookInterval).WaitAsync(cancellation);
            Unfailing.Do("cutting the log back", () => HostLog.CutBack(_directory.Log));
            Unfailing.Do("giving memory back", trimmer.Look);
        }
    }

    /// <summary>
    /// At the port of the last host if that is free, so that a dashboard that is open finds it; else at any.
    /// </summary>
    private async Task<WebApplication> StartAsync(
        PluginManager manager, HostLife life, string token, DashboardLogin dashboard)
    {
        // What is left of a host at that port a client may be about to clear away, and must not find ours in its place.
        if (new PortMemory(_directory.LastPort).Port is { } last and > 0 and <= IPEndPoint.MaxPort
            && !File.Exists(_directory.Record(last)) && !File.Exists(_directory.Token(last)))
        {
            var app = Build(manager, life, token, dashboard, last);
            try
            {
                await app.StartAsync();
                return app;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                await app.DisposeAsync(); // somebody else has it by now
            }
        }

        var anywhere = Build(manager, life, token, dashboard, port: 0);
        await anywhere.StartAsync();
        return anywhere;
    }

    private static WebApplication Build(
        PluginManager manager, HostLife life, string token, DashboardLogin dashboard, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole(console => console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ")
            .SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.ConfigureHttpJsonOptions(ApiRoutes.Configure);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024; // an environment can be 2 MB (execve(2))
            kestrel.Limits.MaxConcurrentConnections = 4 * StreamSlots.Most;
            // a listener that was stopped for a while is no attacker; see EventStream
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        var guard = new RequestGuard(token, dashboard);
        var problems = new ProblemAnswers(app.Services.GetRequiredService<ILogger<ProblemAnswers>>());
        app.UseRouting(); // first: who may ask depends on what is asked for
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.Use(next => context => problems.InvokeAsync(context, next));
        ApiRoutes.Map(app, manager, life, dashboard, token);
        return app;
    }

    /// <summary>Makes the running host findable: the token first, the record last.</summary>
    private HostRecord Publish(WebApplication app, string token)
    {
        var address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var record = HostRecord.OfThisProcess(address.Port, _directory.Token(address.Port));
        StateFile.Write(record.TokenFile, Encoding.ASCII.GetBytes(token));
        record.Write(_directory.Record(record.Port));
        new PortMemory(_directory.LastPort).Remember(record.Port);
        return record;
    }

    private void Withdraw(HostRecord record)
    {
        var file = _directory.Record(record.Port);
        if (HostRecord.Read(file)?.Process == record.Process)
        {
            StateFile.TryRemove(file);
            StateFile.TryRemove(record.TokenFile);
        }
    }
}
