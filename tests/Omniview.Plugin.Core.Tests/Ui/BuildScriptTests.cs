using System.Text.Json;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class BuildScriptTests
{
    [Theory]
    [InlineData("tsc && vite build", true)]
    [InlineData("tsc --noEmit && vite build", true)]
    [InlineData("tsc -b && vite build 2>&1", true)]
    [InlineData("tsc --noEmit 2>&1 && vite build", true)]
    [InlineData("vite build && tsc", true)]
    [InlineData("npx -p typescript tsc&&vite build", true)]
    [InlineData("node node_modules/typescript/bin/tsc -p . && vite build", true)]
    [InlineData("cross-env NODE_ENV=production vue-tsc -b && vite build", true)]
    [InlineData("concurrently \\\"tsc --noEmit\\\" \\\"vite build\\\"", true)]
    [InlineData("rm -rf dist; tsc && vite build", true)]
    [InlineData("tsc; vite build", false)]
    [InlineData("tsc || true; vite build", false)]
    [InlineData("tsc || vite build", false)]
    [InlineData("tsc | tee log && vite build", false)]
    [InlineData("tsc & vite build", false)]
    [InlineData("vite build", false)]
    [InlineData("tsc-alias && vite build", false)]
    [InlineData("", false)]
    public void A_script_checks_types_when_it_fails_with_tsc(string script, bool fails) =>
        Assert.Equal(fails ? TypeCheckLevel.Error : TypeCheckLevel.Warning, Level($$"""{ "build": "{{script}}" }"""));

    [Theory]
    [InlineData(
        """{ "build": "run-p type-check \"build-only {@}\" --", """
            + """ "type-check": "vue-tsc --build", "build-only": "vite build" }""",
        true
    )]
    [InlineData("""{ "build": "npm run check && vite build", "check": "tsc" }""", true)]
    [InlineData("""{ "build": "npm run check; vite build", "check": "tsc" }""", false)]
    [InlineData("""{ "build": "pnpm check && vite build", "check": "tsc; true" }""", false)]
    [InlineData("""{ "build": "run-s check:* && vite build", "check:types": "tsc" }""", true)]
    [InlineData("""{ "prebuild": "tsc", "build": "vite build" }""", true)]
    [InlineData("""{ "build": "npm run build && npm run other", "other": "npm run build" }""", false)]
    [InlineData("""{ "build": "vite build", "check": "tsc" }""", false)]
    [InlineData("""{ "check": "vite build" }""", true)]
    [InlineData("{ }", true)]
    public void Scripts_that_it_runs_count_and_without_one_types_are_checked(string scripts, bool fails) =>
        Assert.Equal(fails ? TypeCheckLevel.Error : TypeCheckLevel.Warning, Level(scripts));

    private static TypeCheckLevel Level(string scripts) =>
        BuildScript.TypeCheck(JsonSerializer.Deserialize<Dictionary<string, string>>(scripts)!);
}
