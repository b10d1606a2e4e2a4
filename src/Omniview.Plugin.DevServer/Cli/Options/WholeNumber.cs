using System.CommandLine;
using System.Globalization;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.DevServer.Cli.Options;

/// <summary>Options that take a number, and say in plain words which.</summary>
internal static class WholeNumber
{
    public static Option<int?> Option(int least, int most, string name, params string[] aliases) => new(name, aliases)
    {
        CustomParser = result =>
        {
            var typed = result.Tokens[0].Value;
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
                && number <= most)
            {
                return number;
            }

            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"'{name}' takes a whole number from {least} to {most}, and " +
                    $"{Shown.Text(typed)} is none."));
            return null;
        },
    };
}
