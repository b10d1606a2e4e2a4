using System.CommandLine;
using System.CommandLine.Help;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;
using Omniview.Plugin.DevServer.Cli.Terminal;
using Omniview.Plugin.DevServer.Cli.Verbs;

namespace Omniview.Plugin.DevServer.Cli;

/// <summary>The root command: the dev loop of one folder, in the foreground.</summary>
internal static class DevCommand
{
    public static RootCommand Create()
    {
        var common = new CommonOptions();
        var vitePort = WholeNumber.Option(1, 65535, "--vite-port");
        vitePort.Description = "First port to try for Vite (default 15173).";
        vitePort.HelpName = "port";
        var noVite = new Option<bool>("--no-vite") { Description = "Leave the UI's dev server out." };
        var verbose = new Option<bool>("--verbose") { Description = "Show debug lines too." };
        var settingsFile = PathValue.Check(
            new Option<string?>("--settings") { Description = "Settings written by MSBuild.", Hidden = true });
        Option[] ofTheLoop = [vitePort, noVite, verbose, settingsFile];
        Command[] verbs =
        [
            PsVerb.Create(common), StatusVerb.Create(common), LogsVerb.Create(common), ErrorsVerb.Create(common),
            RebuildVerb.Create(common),
            RestartVerb.Create(common), StopVerb.Create(common), OpenVerb.Create(common), InstallVerb.Create(common),
            DoctorVerb.Create(common),
            ExplainVerb.Create(common), CompletionVerb.Create(common),
        ];
        var command = new RootCommand(
            "Serves an Omniview plugin: Vite with hot updates, Go rebuilt and the plugin swapped on save. Without a " +
            "verb it does that for one folder, in the foreground.")
        {
            common.Folder, vitePort, noVite, verbose, common.Json, common.StateDirectory, settingsFile,
            HostCommandLine.Create(), HostCommandLine.CreateReap(),
        };
        command.Options.Remove(command.Options.OfType<HelpOption>().Single());
        command.Add(new HelpOption("--help", "-h")); // without "/?" and the like, which are in the way of completion
        foreach (var verb in verbs)
        {
            CommonOptions.Refuse(verb, ofTheLoop);
            command.Add(verb);
        }

        MissingValue.Refuse(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            () =>
                WithOptions(Read(
                    parsed, common, parsed.GetValue(settingsFile)), parsed.GetValue(vitePort), parsed.GetValue(noVite)),
            parsed.GetValue(verbose),
            parsed.GetValue(common.Json)));
        return command;
    }

    private static DevSettingsFile Read(ParseResult parsed, CommonOptions common, string? settingsFile) =>
        settingsFile is not null
            ? DevSettingsFile.Read(settingsFile)
            : new DevSettingsFile(
                common.ResolveStateDirectory(parsed),
                new DevSettings { ProjectDirectory = Path.GetFullPath(parsed.GetValue(common.Folder) ?? ".") });

    /// <summary>What is typed wins over what the project says: <c>dotnet run -- --no-vite</c>.</summary>
    private static DevSettingsFile WithOptions(DevSettingsFile file, int? vitePort, bool noVite)
    {
        var ui = file.Settings.Ui;
        ui = ui with { Enabled = ui.Enabled && !noVite };
        if (vitePort is { } first)
        {
            ui = ui with { PortStart = first, PortEnd = Math.Min(first + 99, 65535) };
        }

        return file with { Settings = file.Settings with { Ui = ui } };
    }

    private static async Task<int> RunAsync(Func<DevSettingsFile> read, bool verbose, bool json)
    {
        var report = json ? new JsonReport(Console.Out.WriteLine) : null;
        await using var view = !json && TerminalSupport.IsLive ? new TerminalView(verbose) : null;
        try
        {
            var (stateDirectory, settings) = read();
            settings = settings.WithEnvironment();
            var exitCode = await DevLoop.RunAsync(
                stateDirectory,
                settings,
                report ?? (IDevListener?)view ?? new DevReport(Console.Out.WriteLine, verbose),
                Say,
                Complain,
                view?.Quit ?? new TaskCompletionSource().Task);
            report?.Stopped(exitCode);
            return exitCode;
        }
        catch (Exception e) when (VerbRun.ProblemOf(e) is { } problem)
        {
            Complain(TerminalText.Neutralise(string.Join('\n', new HelpLinks().Lines([problem]))));
            report?.Stopped(ExitCode.Failed, problem);
            return ExitCode.Failed;
        }

        void Say(string line)
        {
            if (view is not null)
            {
                view.Say(line);
            }
            else if (!json)
            {
                Console.WriteLine(line);
            }
        }

        void Complain(string text)
        {
            view?.Leave(); // nothing below what is said last
            Console.Error.WriteLine(text);
        }
    }
}
