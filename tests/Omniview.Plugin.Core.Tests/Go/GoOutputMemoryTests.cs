using System.Globalization;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Alone, because it counts what the whole process holds.</summary>
[Collection(typeof(EnduranceTests))]
public sealed class GoOutputMemoryTests
{
    [Theory]
    [InlineData("# p", "a.go:{0}:2: x {1}")]
    [InlineData("# p", "x {1}")]
    [InlineData("a.go:1:2: x", "\t{0} {1}")]
    [InlineData("flag provided but not defined: -x", "  -{0} {1}")]
    [InlineData("package p", "\timports p{0} from {1}")]
    [InlineData("p/link: running gcc failed", "ld: {0}: undefined reference to `f{0}' {1}")]
    [InlineData("p/link: running gcc failed", "ld: {0}: {1}")]
    [InlineData("panic: x", "\t/home/dev/a.go:{0} {1}")]
    [InlineData("# p\na.c:1:1: error: x", "f{0}.c:1:2: note: {1}")]
    [InlineData("{{", "{1} {0}", GoCommand.Vet)]
    [InlineData("=== RUN   Test", "=== RUN   Test{0}\n    a_test.go:1: {1}", GoCommand.Test)]
    [InlineData("--- FAIL: Test", "    --- FAIL: Test/{0}\n        a_test.go:1: {1}", GoCommand.Test)]
    [InlineData("=== RUN   Test", "{1} {0}", GoCommand.Test)]
    [InlineData("", "{{\"Action\":\"output\",\"Package\":\"p{0}\",\"Test\":\"T\",\"Output\":\"{1}\"}}", GoCommand.Test)]
    [InlineData(
        "", "{{\"Action\":\"output\",\"Package\":\"p\",\"Test\":\"T{0}\",\"Output\":\"{1}\\n\"}}", GoCommand.Test)]
    [InlineData("", "{{\"Action\":\"build-output\",\"ImportPath\":\"p{0}\",\"Output\":\"a.go:{0}:2: {1}\\n\"}}")]
    internal void Keeps_little_of_very_much(string first, string pattern, GoCommand command = GoCommand.Build)
    {
        var text = new string('x', 6000);
        var parser = new GoOutputParser(Path.GetTempPath(), command);
        Array.ForEach(first.Split('\n'), parser.Add);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 4_000; i++) // with their text 48 MB
        {
            Array.ForEach(string.Format(CultureInfo.InvariantCulture, pattern, i, text).Split('\n'), parser.Add);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 * 1024 * 1024);
        Assert.InRange(parser.Finish(1).Sum(one => (long)one.Message.Length), 1, 10 * 1024 * 1024);
    }
}
