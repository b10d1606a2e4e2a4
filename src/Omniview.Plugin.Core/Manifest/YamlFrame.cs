namespace Omniview.Plugin.Core.Manifest;

/// <summary>A collection that the reader is inside of.</summary>
/// <param name="Collection">What the next nodes belong to.</param>
/// <param name="IsFlow">Whether it is written with brackets, which makes indentation meaningless.</param>
internal sealed record YamlFrame(YamlNode Collection, bool IsFlow)
{
    /// <summary>The key that waits for its value, in a mapping.</summary>
    public YamlNode? Key { get; set; }
}
