using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>How a request is said to the go command.</summary>
internal static class GoBuildArguments
{
    /// <summary>
    /// The argument vector. A flag of ours that the author's GOFLAGS has too is left out, since the command line would
    /// win over GOFLAGS; flags the author gave in the request are always said.
    /// </summary>
    public static IReadOnlyList<string> For(GoBuildRequest request) => Arguments(request);

    private static List<string> Arguments(GoBuildRequest request) =>
        [
            "build",
            .. GoFlags.For(request, GoCommand.Build),
            "-o",
            request.Output,
            request.Options.Package,
        ];

    /// <summary>
    /// The same command, telling what is wrong as events, which name the package of every line: go build has -json
    /// since Go 1.24.
    /// </summary>
    public static IReadOnlyList<string> WithEvents(GoBuildRequest request, IReadOnlyList<string> arguments)
    {
        // A version in GOTOOLCHAIN is what go runs, also when it is older than go itself (a switch for go.mod is only
        // to a newer one).
        var version = GoVersion.TryParse(
            GoSettings.Get(request.Environment, "GOTOOLCHAIN")?.Split('+')[0], out var other)
            && other < request.Toolchain.Version
            ? other
            : request.Toolchain.Version;
        return version < new GoVersion(1, 24, 0, "rc1")
            || arguments.Any(one => one.TrimStart('-').StartsWith("json", StringComparison.Ordinal))
            ? arguments
            : [arguments[0], "-json", .. arguments.Skip(1)];
    }

    /// <summary>
    /// A command that only asks the compiler what it has against some packages: all of it (<c>-e</c>: not just ten
    /// errors), each with its name (<c>-errorurl</c>). Other packages keep their flags, so they come from the cache.
    /// Null when the author's settings have compiler flags of their own, whose effect on a package is not ours to work
    /// out.
    /// </summary>
    public static IReadOnlyList<string>? ForNames(GoBuildRequest request, IReadOnlyCollection<string> packages) =>
        AskCompiler(request) is { } asking
            ?
            [
                .. Arguments(request)[..^3],
                .. asking,
                .. packages.Select(package => package == "command-line-arguments" ? request.Options.Package : package),
            ]
            : null;

    /// <summary>The same for packages with their tests, without vet, which go test runs beside the compiler.</summary>
    public static IReadOnlyList<string>? ForNamesInTests(GoRequest request, IReadOnlyCollection<string> packages) =>
        AskCompiler(request) is { } asking
            ? ["test", "-c", "-vet=off", .. GoFlags.For(request, GoCommand.Test), .. asking, .. packages]
            : null;

    private static string[]? AskCompiler(GoRequest request)
    {
        if ((GoSettings.Get(request.Environment, "GOFLAGS") ?? "").Contains("gcflags", StringComparison.Ordinal)
            || request.Options.ExtraArguments.Any(one => one.Contains("gcflags", StringComparison.Ordinal)))
        {
            return null;
        }

        // by this name go knows not to link, and takes any number of packages
        var nowhere = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        var own = request.Options.GcFlags?.Trim() is { } flags && flags.StartsWith('-') ? flags + " " : "";
        return [$"-gcflags={own}-e -errorurl", "-o", nowhere];
    }

    /// <summary>
    /// What to override in the environment of the go command. GOTOOLCHAIN, GOFLAGS, CGO_ENABLED and all else stay the
    /// author's: Go turns cgo off by itself when it builds for another system.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> EnvironmentFor(GoRequest request)
    {
        var environment = new Dictionary<string, string?>(request.Environment, StringComparer.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            // Go takes its folder's name from PWD when that is the folder it is in, and the resolved path otherwise.
            // With the name a shell would give it, it prints paths relative to that name and shares its cache with
            // builds from a shell.
            environment["PWD"] = request.ProjectDirectory;
        }

        if (request.Target is { Goos: { } goos, Goarch: { } goarch })
        {
            environment["GOOS"] = goos;
            environment["GOARCH"] = goarch;
        }

        if (request.Options.Work?.Trim() is { Length: > 0 } goWork && goWork != "auto")
        {
            // Go accepts no relative one
            environment["GOWORK"] = goWork == "off" ? goWork : Path.GetFullPath(goWork, request.ProjectDirectory);
        }

        return environment;
    }
}
