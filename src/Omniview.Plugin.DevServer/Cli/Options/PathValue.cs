using System.CommandLine;
using System.CommandLine.Parsing;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.DevServer.Cli.Options;

/// <summary>Refuses what no system takes for a path, before anything is done with it.</summary>
internal static class PathValue
{
    public static Option<string?> Check(Option<string?> option)
    {
        option.Validators.Add(result => Check(result, option.Name));
        return option;
    }

    public static Argument<string> Check(Argument<string> argument)
    {
        argument.Validators.Add(result => Check(result, argument.Name));
        return argument;
    }

    private static void Check(SymbolResult result, string name)
    {
        foreach (
            var token in result.Tokens.Where(token =>
                token.Value.Length == 0 || token.Value.Contains('\0', StringComparison.Ordinal)))
        {
            result.AddError($"'{name}' takes a path, and {Shown.Text(token.Value)} is none.");
        }
    }
}
