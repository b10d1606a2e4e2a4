using System.CommandLine;
using Omniview.Plugin.DevServer.Cli.Options;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>What a shell needs to complete our command line.</summary>
internal static class CompletionVerb
{
    public static Command Create(CommonOptions options)
    {
        var shell = new Argument<string>("shell") { Description = $"{string.Join(", ", CompletionScripts.Shells)}." };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        var verb = new Command(
            "completion", "Prints what a shell runs to complete verbs, options and plugins; the first line says " +
            "where it goes.") { shell };
        CommonOptions.Refuse(verb, options.Folder, options.StateDirectory, options.Json);
        verb.SetAction(parsed => Console.WriteLine(CompletionScripts.For(parsed.GetValue(shell)!)));
        return verb;
    }
}
