using Microsoft.Build.Framework;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Items as name and value: <c>Include="NAME=value"</c>, or <c>Include="NAME" Value="value"</c> for what MSBuild would
/// split.
/// </summary>
internal static class NamedValues
{
    public static Dictionary<string, string> Read(ITaskItem[] items)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var equals = item.ItemSpec.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[item.ItemSpec[..equals]] = item.ItemSpec[(equals + 1)..];
            }
            else
            {
                values[item.ItemSpec] = item.GetMetadata("Value");
            }
        }

        return values;
    }
}
