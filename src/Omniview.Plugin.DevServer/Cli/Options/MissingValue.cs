using System.CommandLine;

namespace Omniview.Plugin.DevServer.Cli.Options;

/// <summary>
/// Refuses one of our options as the value of another. System.CommandLine takes whatever comes next, so that of
/// <c>ps --state-dir --json</c> the folder would be "--json".
/// </summary>
internal static class MissingValue
{
    public static void Refuse(RootCommand root)
    {
        Option[] all = [.. root.Options, .. root.Subcommands.SelectMany(verb => verb.Options)];
        var names = all.SelectMany(option => option.Aliases.Append(option.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var option in all.Where(option => option.Arity.MinimumNumberOfValues > 0))
        {
            option.Validators.Add(result =>
            {
                foreach (var value in result.Tokens.Select(token => token.Value).Where(names.Contains))
                {
                    result.AddError($"'{option.Name}' lacks its value: '{value}' is an option.");
                }
            });
        }
    }
}
