using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Api;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Lifetime;
using Omniview.Plugin.DevServer.Login;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>
/// docs/openapi.json, which the host has with it, is made here from the host's own routes: what makes it would cost
/// every host memory.
/// </summary>
public sealed class DescribingTheApi : HostScratch
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_description_in_the_repository_is_that_of_the_routes()
    {
        var checkedIn = Path.Combine(Repository.Root, "docs", "openapi.json");
        // it is in the description, as the tag
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = "omniview-plugin-dev" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.ConfigureHttpJsonOptions(ApiRoutes.Configure);
        builder.Services.AddOpenApi(
            "v1",
            options =>
                options
                    .AddSchemaTransformer(new XmlComments())
                    .AddDocumentTransformer(
                        (document, _, _) =>
                        {
                            document.Info.Title = "Omniview plugin dev host";
                            document.Info.Version = HostVersion.Own;
                            document.Servers = [];
                            return Task.CompletedTask;
                        }));
        await using var app = builder.Build();
        Directory.CreateDirectory(new HostDirectory(State).Path);
        var manager = new PluginManager(State);
        ApiRoutes.Map(
            app, manager, new HostLife(manager), new DashboardLogin(new LinkFiles(HostFiles.Links)), token: "");
        app.MapOpenApi("/described/{documentName}");
        await app.StartAsync(Cancellation);

        using var http = new HttpClient();
        var described = JsonSerializer.Serialize(JsonDocument.Parse(await http.GetStringAsync(
            new Uri(new Uri(app.Urls.First()), "described/v1"), Cancellation)).RootElement, Indented) + "\n";
        if (System.Environment.GetEnvironmentVariable("OVP_UPDATE") is not null) // how the file is made
        {
            await File.WriteAllTextAsync(checkedIn, described, Cancellation);
        }

        Assert.Equal(await File.ReadAllTextAsync(checkedIn, Cancellation), described);
    }
}
