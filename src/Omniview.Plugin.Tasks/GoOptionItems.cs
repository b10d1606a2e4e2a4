using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// The items of sdk/Omniview.Plugin.GoOptions.targets: the name of an option, the property it is set with, and its
/// value.
/// </summary>
internal static class GoOptionItems
{
    /// <exception cref="DiagnosticException">OVP1025: a value is not what the option takes.</exception>
    /// <exception cref="ArgumentException">There is no such option.</exception>
    public static GoOptions Read(ITaskItem[] items) =>
        items.Aggregate(new GoOptions(), (options, item) => options.With(item.ItemSpec, Value(item)));

    private static GoOptionValue Value(ITaskItem item)
    {
        // split before %3B becomes a semicolon, as MSBuild does
        var list = ((ITaskItem2)item).GetMetadataValueEscaped("Value")
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => new TaskItem(part).ItemSpec);
        return new GoOptionValue(item.GetMetadata("Property"), item.GetMetadata("Value"), [.. list]);
    }
}
