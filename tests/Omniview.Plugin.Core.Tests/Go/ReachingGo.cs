using System.Reflection;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Testing;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>What an author sets is told to the go command.</summary>
public sealed class ReachingGo : IDisposable
{
    private readonly GoProject _project = new();

    public static TheoryData<string> Options =>
    [
        .. typeof(GoOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(option => option.Name),
    ];

    public void Dispose() => _project.Dispose();

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Each_option_changes_what_is_run(string name)
    {
        var isFlag = typeof(GoOptions).GetProperty(name)!.PropertyType == typeof(bool);
        var value = isFlag ? "true" : _project.Fake("echo go version go1.27.4 linux/amd64\n").Executable;

        var options = new GoOptions().With(name, new GoOptionValue("The property", value, [value]));

        Assert.NotEqual(await RunAsync(new GoOptions()), await RunAsync(options));
    }

    [Fact]
    public void An_unknown_option_is_refused() =>
        Assert.Throws<ArgumentException>(() => new GoOptions().With("Nothing", new GoOptionValue("P", "x", ["x"])));

    [Theory]
    [InlineData("", false)]
    [InlineData("False", false)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    public void A_flag_is_read_as_msbuild_reads_it(string written, bool expected) =>
        Assert.Equal(expected, new GoOptions().With("Race", new GoOptionValue("GoRace", written, [written])).Race);

    [Fact]
    public void A_flag_that_is_neither_is_OVP1025()
    {
        var problem = Assert.Throws<DiagnosticException>(
            () => new GoOptions().With("Race", new GoOptionValue("GoRace", "maybe", ["maybe"]))).Diagnostic;

        Assert.Equal(DiagnosticCodes.PropertyNotBoolean, problem.Code);
        Assert.StartsWith("GoRace is 'maybe'.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_empty_stays_as_it_is_by_default()
    {
        var empty = new GoOptionValue("The property", " ", []);

        var options = Options.Select(option => option.Data).Aggregate(
            new GoOptions(), (options, name) => options.With(name, empty));

        Assert.Equal(new GoOptions { ExtraArguments = options.ExtraArguments }, options);
        Assert.Empty(options.ExtraArguments);
    }

    private async Task<string> RunAsync(GoOptions options)
    {
        var request = new GoBuildRequest
        {
            Toolchain = await GoToolchain.FindAsync(_project.Path, options.ToolPath, GoProject.Cancellation),
            ProjectDirectory = _project.Path,
            Output = _project.Output,
            Options = options,
        };
        return string.Join(
            '\n',
            [
                request.Toolchain.Executable,
                .. GoBuildArguments.For(request),
                .. GoVetter.Arguments(new GoVetRequest(request)),
                .. GoTester.Arguments(new GoTestRequest(request)),
                .. GoBuildArguments.EnvironmentFor(request).Select(variable => $"{variable.Key}={variable.Value}"),
            ]);
    }
}
