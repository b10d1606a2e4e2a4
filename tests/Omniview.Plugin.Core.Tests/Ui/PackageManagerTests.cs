using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class PackageManagerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTools _tools = new();

    public PackageManagerTests()
    {
        _folder.Write("ui/package.json", "{}");
        foreach (var name in new[] { "pnpm", "npm", "yarn", "bun" })
        {
            _tools.Add(name);
        }
    }

    public void Dispose()
    {
        _tools.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("pnpm-lock.yaml", PackageManagerKind.Pnpm)]
    [InlineData("package-lock.json", PackageManagerKind.Npm)]
    [InlineData("npm-shrinkwrap.json", PackageManagerKind.Npm)]
    [InlineData("yarn.lock", PackageManagerKind.Yarn)]
    [InlineData("bun.lock", PackageManagerKind.Bun)]
    [InlineData("bun.lockb", PackageManagerKind.Bun)]
    internal void A_lock_file_tells_the_manager(string lockFile, PackageManagerKind kind)
    {
        var file = _folder.Write($"ui/{lockFile}", "");

        var manager = Detect();

        Assert.Equal((kind, file), (manager.Kind, manager.LockFile));
        Assert.Equal(Path.Combine(_tools.Folder, manager.Name), manager.Executable);
    }

    [Theory]
    [InlineData("pnpm@10.1.0", PackageManagerKind.Pnpm)]
    [InlineData("npm@11.0.0", PackageManagerKind.Npm)]
    [InlineData("yarn@4.5.0+sha512.0a1b", PackageManagerKind.Yarn)]
    [InlineData("bun@1.2.0", PackageManagerKind.Bun)]
    [InlineData("bun", PackageManagerKind.Bun)]
    internal void The_packageManager_field_wins_over_a_lock_file(string field, PackageManagerKind kind)
    {
        _folder.Write("ui/package.json", $$"""{ "packageManager": "{{field}}" }""");
        _folder.Write("ui/package-lock.json", "{}");
        _folder.Write("ui/pnpm-lock.yaml", "");

        Assert.Equal(kind, Detect().Kind);
    }

    [Fact]
    public void The_field_and_the_lock_file_may_lie_in_a_parent_folder()
    {
        _folder.Write("package.json", """{ "packageManager": "yarn@1.22.22" }""");
        var lockFile = _folder.Write("yarn.lock", "");

        var manager = Detect();

        Assert.Equal((PackageManagerKind.Yarn, lockFile), (manager.Kind, manager.LockFile));
    }

    [Fact]
    public void The_nearest_lock_file_counts()
    {
        _folder.Write("pnpm-lock.yaml", "");
        _folder.Write("ui/package-lock.json", "{}");

        Assert.Equal(PackageManagerKind.Npm, Detect().Kind);
    }

    [Fact]
    public void Without_any_hint_it_is_pnpm_when_there_is_one_else_npm()
    {
        Assert.Equal((PackageManagerKind.Pnpm, _folder["ui/pnpm-lock.yaml"]), (Detect().Kind, Detect().LockFile));

        File.Delete(Path.Combine(_tools.Folder, "pnpm"));

        Assert.Equal((PackageManagerKind.Npm, _folder["ui/package-lock.json"]), (Detect().Kind, Detect().LockFile));
    }

    [Fact]
    public void A_given_program_is_used_and_its_name_decides()
    {
        _folder.Write("ui/pnpm-lock.yaml", "");
        var npm = Path.Combine(_tools.Folder, "npm");
        var wrapper = _tools.Add("our-wrapper.sh");

        Assert.Equal((PackageManagerKind.Npm, npm), (Detect(npm).Kind, Detect(npm).Executable));
        Assert.Equal((PackageManagerKind.Pnpm, wrapper), (Detect(wrapper).Kind, Detect(wrapper).Executable));
    }

    [Theory]
    [InlineData("pnpm-lock.yaml", false, "install --config.confirmModulesPurge=false")]
    [InlineData("pnpm-lock.yaml", true, "install --config.confirmModulesPurge=false --frozen-lockfile")]
    [InlineData("package-lock.json", false, "install")]
    [InlineData("package-lock.json", true, "ci")]
    [InlineData("yarn.lock", false, "install --non-interactive")]
    [InlineData("yarn.lock", true, "install --non-interactive --frozen-lockfile")]
    [InlineData("bun.lock", false, "install")]
    [InlineData("bun.lock", true, "install --frozen-lockfile")]
    public void Each_manager_has_its_own_words(string lockFile, bool frozen, string arguments)
    {
        _folder.Write($"ui/{lockFile}", "");

        Assert.Equal(arguments, string.Join(' ', Detect().InstallArguments(frozen)));
    }

    [Theory]
    [InlineData("{}", ".yarnrc.yml", "install --immutable")]
    [InlineData("{ \"packageManager\": \"yarn@4.5.0\" }", "yarn.lock", "install --immutable")]
    [InlineData(
        "{ \"packageManager\": \"yarn@1.22.22\" }", ".yarnrc.yml", "install --non-interactive --frozen-lockfile")]
    public void Yarn_2_and_later_is_told_from_yarn_1(string package, string file, string arguments)
    {
        _folder.Write("ui/package.json", package);
        _folder.Write("ui/yarn.lock", "");
        _folder.Write($"ui/{file}", "");

        Assert.Equal(arguments, string.Join(' ', Detect().InstallArguments(frozen: true)));
    }

    [Fact]
    public void Corepack_stands_in_for_a_manager_that_is_not_installed()
    {
        _folder.Write("ui/package.json", """{ "packageManager": "yarn@4.5.0" }""");
        File.Delete(Path.Combine(_tools.Folder, "yarn"));
        var corepack = _tools.Add("corepack");

        Assert.Equal(corepack, Detect().Executable);
        Assert.Equal(["yarn", "install", "--immutable"], Detect().InstallArguments(frozen: true));
    }

    [Fact]
    public void A_missing_manager_is_OVP2005_with_the_reason_and_the_way_out()
    {
        var lockFile = _folder.Write("ui/yarn.lock", "");
        File.Delete(Path.Combine(_tools.Folder, "yarn"));

        var problem = Assert.Throws<DiagnosticException>(() => Detect()).Diagnostic;

        Assert.Equal(DiagnosticCodes.PackageManagerNotFound, problem.Code);
        Assert.Contains($"because of {lockFile}", problem.Message);
        Assert.Contains("npm install --global yarn", problem.Message);
        Assert.Contains("OmniviewPackageManagerPath", problem.Message);
    }

    [Fact]
    public void An_unknown_manager_is_OVP2005_at_the_file_that_names_it()
    {
        var file = _folder.Write("ui/package.json", """{ "packageManager": "cnpm@9.0.0" }""");

        var problem = Assert.Throws<DiagnosticException>(() => Detect()).Diagnostic;

        Assert.Equal((DiagnosticCodes.PackageManagerNotFound, file), (problem.Code, problem.File));
    }

    [Fact]
    public void A_given_program_that_is_none_is_OVP2005()
    {
        var problem = Assert.Throws<DiagnosticException>(() => Detect("nowhere/pnpm")).Diagnostic;

        Assert.Equal(DiagnosticCodes.PackageManagerNotFound, problem.Code);
        Assert.Contains(_folder["nowhere/pnpm"], problem.Message);
    }

    private PackageManager Detect(string? given = null) =>
        PackageManager.Detect(
            new UiProject(_folder["ui"], _folder.Path), new ExecutableFinder(_folder.Path, _tools.Folder), given, []);
}
