namespace Omniview.Plugin.Bench;

/// <summary>
/// A run's own home, state directory, caches and project folders. They are set in the environment of this process, from
/// which every contender has them alike, and go away with it.
/// </summary>
internal sealed class World : IDisposable
{
    private World(string root) => Root = root;

    public string Root { get; }

    public string State => Path.Combine(Root, "state");

    public static World Create()
    {
        var world = new World(Directory.CreateTempSubdirectory("ovp-bench-").FullName);
        var temporary = world.Folder("tmp");
        var home = world.Folder("home");
        var packages = Path.Combine(world.Root, "nuget");
        var realHome = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (var (name, value) in new (string, string?)[]
        {
            ("HOME", home),
            ("USERPROFILE", home),
            ("XDG_CONFIG_HOME", null),
            ("XDG_CACHE_HOME", null),
            ("TMPDIR", temporary),
            ("TMP", temporary),
            ("TEMP", temporary),
            ("OMNIVIEW_STATE_DIR", world.State),
            // The SDK is packed under one version again and again: the user's own folder would keep an old one.
            ("NUGET_PACKAGES", packages),
            ("NUGET_HTTP_CACHE_PATH", Path.Combine(packages, ".http")),
            ("NUGET_PLUGINS_CACHE_PATH", Path.Combine(packages, ".plugins")),
            // Empty at first: what an earlier run compiled would otherwise be found again, and no edit would cost
            // anything.
            ("GOCACHE", Path.Combine(world.Root, "go-cache")),
            ("GOMODCACHE", Path.Combine(world.Root, "go-mod")),
            ("npm_config_userconfig", Path.Combine(realHome, ".npmrc")), // where the registry is
            ("npm_config_store_dir", Path.Combine(Repository.Root, ".tools", "pnpm-store")),
            ("GOPROXY", "off"),
            ("GOTOOLCHAIN", "local"),
            ("GOFLAGS", null),
            ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("DOTNET_NOLOGO", "1"),
            ("DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1"),
            ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
            // Build nodes and servers would outlive the run, and lend each contender what the one before it has loaded.
            ("MSBUILDDISABLENODEREUSE", "1"),
            ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
            ("CI", null),
        })
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        File.Copy(Path.Combine(Repository.Root, "global.json"), Path.Combine(world.Root, "global.json"));
        return world;
    }

    /// <summary>A folder of this name, made if it is not there.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
