using System.Text;
using System.Text.Json;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.Files;

public sealed class LenientJsonTests
{
    [Theory]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"\uDC00":"\uDBFF\uDBFF\uDFFF"}""", """{"\ufffd":"\ufffd\uDBFF\uDFFF"}""")]
    [InlineData("""{"a":"\ud83d\ude00 \ud83d"}""", """{"a":"\ud83d\ude00 \ufffd"}""")]
    [InlineData("""{"a":"\\ud800 \n\\\ud800"}""", """{"a":"\\ud800 \n\\\ufffd"}""")]
    [InlineData("""{"a":"\ud8""", """{"a":"\ud8""")]
    [InlineData("\\", "\\")]
    public void Halves_of_surrogate_pairs_are_replaced_and_nothing_else(string json, string mended) =>
        Assert.Equal(mended, Encoding.UTF8.GetString(LenientJson.Mended(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Names_and_texts_can_be_looked_at()
    {
        using var json = LenientJson.Parse("""{"\ud800":1,"packageManager":"\ud800"}"""u8);

        Assert.Equal("\ufffd", json.RootElement.GetProperty("packageManager").GetString());
        Assert.ThrowsAny<JsonException>(() => LenientJson.Parse("{\"a\":\"\\ud800\",}"u8));
    }
}
