using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class TypeScriptCheckTests : IDisposable
{
    private readonly FakeUi _ui = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _ui.Dispose();

    [Fact]
    public async Task A_type_check_that_fails_without_an_error_is_OVP5010_and_the_last_good_output_stays()
    {
        await _ui.BuildAsync(Cancellation);
        _ui.Folder.Write("ui/src/entry.ts", "two");
        _ui.Folder.Write("ui/tsconfig.json", "{}");
        _ui.Folder.Write("ui/node_modules/typescript/bin/tsc", "");
        _ui.Tools.Add(
            "node", "case $1 in */tsc) echo 'Error: no compiler for this platform'; exit 1;; esac; mkdir -p " +
            "\"$5/assets\"; echo 'System.register([]) // two' > \"$5/assets/entry.js\"");

        var problem = Assert.Single((await _ui.BuildAsync(Cancellation)).Diagnostics);

        Assert.Equal((DiagnosticCodes.TypeCheckFailed, _ui.Folder["ui/tsconfig.json"]), (problem.Code, problem.File));
        Assert.EndsWith("no compiler for this platform", problem.Message);
        Assert.EndsWith("one", _ui.Entry);

        _ui.Request = _ui.Request with { TypeCheck = TypeCheckLevel.Off };
        Assert.True((await _ui.BuildAsync(Cancellation)).Success);
    }
}
