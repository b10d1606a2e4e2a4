using System.CommandLine;
using System.CommandLine.Parsing;

namespace Omniview.Plugin.DevServer.Cli.Options;

/// <summary>The options that mean the same everywhere, before a verb and behind it.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Folder { get; } =
        PathValue.Check(
            new Option<string?>("--dir")
            {
                Description = "The plugin's folder (default: the current one).",
                HelpName = "folder",
                Recursive = true,
            });

    public Option<string?> StateDirectory { get; } =
        PathValue.Check(
            new Option<string?>("--state-dir")
            {
                Description = "Omniview's state directory (default: OMNIVIEW_STATE_DIR, then ~/.omniview).",
                HelpName = "folder",
                Recursive = true,
            });

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON, for programs.", Recursive = true };

    /// <exception cref="Core.Diagnostics.DiagnosticException">OVP4001.</exception>
    public string ResolveStateDirectory(ParseResult parsed) =>
        Core.State.StateDirectory.Resolve(parsed.GetValue(StateDirectory) is { } typed ? Absolute(typed) : null);

    /// <summary>An option that means nothing to a verb is a mistake to be told, not to be passed over.</summary>
    public static void Refuse(Command verb, params IEnumerable<Option> options) =>
        verb.Validators.Add(result =>
        {
            foreach (
                var option in options.Where(option => result.GetResult(option) is OptionResult { Implicit: false }))
            {
                result.AddError($"'{option.Name}' means nothing to '{verb.Name}'.");
            }
        });

    // What is typed at a prompt counts from where the prompt is; a property or variable has no such place.
    private static string Absolute(string typed) => typed is ['~', ..] ? typed : Path.GetFullPath(typed);
}
