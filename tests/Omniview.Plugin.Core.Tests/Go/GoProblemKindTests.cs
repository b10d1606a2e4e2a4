using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoProblemKindTests
{
    public static TheoryData<string, string> Kinds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var kind in GoProblemKind.All)
            {
                data.Add(kind.Code, kind.Title);
            }

            return data;
        }
    }

    [Fact]
    public void Uses_no_code_twice()
    {
        Assert.Equal(
            GoProblemKind.All.Select(kind => kind.Code).Order(StringComparer.Ordinal),
            GoProblemKind.All.Select(kind => kind.Code).Distinct());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Has_a_page_for_every_code(string code, string title)
    {
        var page = Path.Combine(Repository.Root, "docs", "diagnostics", code + ".md");

        Assert.StartsWith($"# {code}: {title}", File.ReadLines(page).First(), StringComparison.Ordinal);
    }
}
