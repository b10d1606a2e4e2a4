namespace Omniview.Plugin.Core.Go.Output;

/// <summary>Several lines that tell one thing, from the line that opened it on.</summary>
internal abstract class GoBlock
{
    /// <summary>
    /// Takes the next line if it belongs to the block; otherwise the block is over and the line means something else.
    /// </summary>
    public abstract bool Take(string text);

    /// <summary>What it told. Asked once, at its end.</summary>
    public abstract IEnumerable<GoProblem> Close();
}
