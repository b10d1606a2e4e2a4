using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Incremental;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

/// <summary>
/// Whatever happens to the files a program is made of, and to those that decide which they are: what is built without
/// the go command is what the go command makes of them at that moment. Nobody tells the builder of any change.
/// </summary>
[UnixOnly("compares and copies folders with git and cp")]
public sealed class WalkingAtRandom : IDisposable
{
    private readonly WalkedProject _project = new();
    private IncrementalBuilder? _builder;
    private string _failure = "";

    public void Dispose()
    {
        _builder?.Dispose();
        _project.Dispose();
    }

    [Fact]
    public Task A_short_walk_never_meets_another_program_than_gos() => WalkAsync(seed: 20261129, steps: 40);

    /// <summary>OVP_SEED walks the same way again, OVP_STEPS further or less far.</summary>
    [Fact(Explicit = true)]
    public Task A_long_walk_neither() =>
        WalkAsync(Number("OVP_SEED") ?? Random.Shared.Next(), Number("OVP_STEPS") ?? 2000);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;

    private async Task WalkAsync(int seed, int steps)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"seed {seed}, {steps} steps");
        await _project.CreateAsync(new Random(seed));
        Assert.True(await GoBuildAsync(), _failure);
        var (without, refused, byGo, failed) = (0, 0, 0, 0);
        for (var step = 1; step <= steps; step++)
        {
            var done = await _project.StepAsync();
            var result = _builder is null ? null : await _builder.BuildAsync(_ => { }, GoProject.Cancellation);
            if (result is null)
            {
                byGo++;
                if (!await GoBuildAsync())
                {
                    failed++;
                    await _project.MendAsync();
                }

                continue;
            }

            without++;
            refused += result.Success ? 0 : 1;
            var reference = await GoBuilder.BuildAsync(
                _project.Request with { Output = _project["reference"] }, _ => { }, GoProject.Cancellation);
            var where = $"seed {seed}, step {step} ({done})";
            Assert.True(
                reference.Success == result.Success, $"{where}: go says {reference.Success} and " +
                    $"{string.Join("; ", reference.Diagnostics)}, we say {result.Success} and " +
                    $"{string.Join("; ", result.Diagnostics)}");
            Assert.True(
                !result.Success || GoBuildId.IsOnlyDifference(_project["reference"], _project.Request.Output),
                $"{where}: another program than go's");
        }

        output.WriteLine(
            $"{without} built without go ({refused} refused by the compiler), {byGo} by go ({failed} failed)");
        Assert.True(without > steps / 5, $"seed {seed}: only {without} of {steps} were built without go");
    }

    private async Task<bool> GoBuildAsync()
    {
        _builder?.Dispose();
        _builder = null;
        var begun = DateTimeOffset.UtcNow;
        var built = await GoBuilder.BuildAsync(_project.Request, _ => { }, GoProject.Cancellation);
        if (!built.Success)
        {
            _failure = string.Join("; ", built.Diagnostics);
            return false;
        }

        do
        {
            _builder?.Dispose();
            var listing = await GoLister.ListAsync(_project.Request, _project["tmp"], GoProject.Cancellation);
            _builder = await IncrementalBuilder.PrepareAsync(
                _project.Request, begun, listing!, _project["tmp"], GoProject.Cancellation);
        }
        while (_builder is { SettlesIn: not null });
        return true;
    }
}
