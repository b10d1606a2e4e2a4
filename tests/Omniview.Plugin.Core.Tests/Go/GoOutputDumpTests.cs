namespace Omniview.Plugin.Core.Tests.Go;
public sealed class GoOutputDumpTests
{
    [Fact]
    public void Dump()
    {
        using var w = new StreamWriter("/tmp/actual.txt");
        foreach (var name in GoOutputCase.Names())
        {
            using var c = new GoOutputCase(name);
            w.WriteLine(name);
            var text = c.Parse(c.Lines).Select(c.Show).ToList();
            text.ForEach(l => w.WriteLine("  " + l));
            var json = c.Parse(c.AsEvents()).Select(c.Show).ToList();
            if (!json.SequenceEqual(text)) { json.ForEach(l => w.WriteLine(" J" + l)); }
        }
    }
}
