namespace Omniview.Plugin.Core.Go.Output;

/// <summary>How much text the tests of a run may have kept together, until it is known whether they failed.</summary>
internal sealed class GoTextBudget
{
    private int _left = 4 * 1024 * 1024; // chars

    /// <summary>Whether there is room for a text; it is taken.</summary>
    public bool Take(int length)
    {
        if (length > _left)
        {
            return false;
        }

        _left -= length;
        return true;
    }

    public void Return(int length) => _left += length;
}
