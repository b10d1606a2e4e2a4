using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>The flags go build, go vet and go test have in common, as a request means them.</summary>
internal static partial class GoFlags
{
    /// <summary>
    /// The flags, and behind them the author's further arguments. Vet and tests keep real paths also in a release: with
    /// <c>-trimpath</c> a panic names no file that exists, and vet tells from Go's cache what it found in another
    /// folder with the same code, at the place there (seen with 1.27.4).
    /// </summary>
    public static List<string> For(GoRequest request, GoCommand command)
    {
        var options = request.Options;
        var inGoFlags = FlagName().Matches(GoSettings.Get(request.Environment, "GOFLAGS") ?? "")
            .Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var arguments = new List<string>();

        void AddOwn(string name, string argument)
        {
            if (!inGoFlags.Contains(name))
            {
                arguments.Add(argument);
            }
        }

        void AddFlags(string name, string own, string? author)
        {
            if (!string.IsNullOrWhiteSpace(author))
            {
                arguments.Add($"-{name}={Join(own, author.Trim())}");
            }
            else if (own.Length > 0)
            {
                AddOwn(name, $"-{name}={own}");
            }
        }

        if (options.Debuggable)
        {
            const string Plain = "-N -l";
            arguments.Add($"-gcflags=all={Plain}");
            if (!string.IsNullOrWhiteSpace(options.GcFlags))
            {
                // of several, the last that matches a package counts for it
                arguments.Add($"-gcflags={Join(Plain, options.GcFlags.Trim())}");
            }
        }
        else
        {
            AddFlags("gcflags", "", options.GcFlags);
        }

        if (command != GoCommand.Vet) // which links nothing
        {
            // Linking is most of a build after an edit, and tables for debuggers are a third of that; panics and
            // profiles need none.
            AddFlags("ldflags", options.Debuggable || command == GoCommand.Test ? "" : "-s -w", options.LdFlags);
        }

        if (request is { Release: true, Options.Debuggable: false })
        {
            if (command == GoCommand.Build)
            {
                AddOwn("trimpath", "-trimpath");
            }
        }
        else if (command == GoCommand.Build)
        {
            AddOwn("buildvcs", "-buildvcs=false"); // asking git costs time on every save
        }

        if (Tags(options.Tags) is { Length: > 0 } tags)
        {
            arguments.Add($"-tags={tags}");
        }

        if (options.Race)
        {
            arguments.Add("-race");
        }

        arguments.AddRange(options.ExtraArguments.Where(
            // which vet alone does not know
            one => command != GoCommand.Vet || !one.TrimStart('-').StartsWith("cover", StringComparison.Ordinal)));
        return arguments;
    }

    /// <summary>Ours and theirs in one argument; a <c>pattern=</c> of theirs stays in front.</summary>
    private static string Join(string own, string author)
    {
        var flags = author.StartsWith('-') ? 0 : author.IndexOf('=', StringComparison.Ordinal) + 1;
        return own.Length == 0 ? author : $"{author[..flags]}{own} {author[flags..]}";
    }

    private static string Tags(string? tags) =>
        string.Join(',', (tags ?? "").Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("""(?:^|\s)['"]?--?([a-z]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex FlagName();
}
