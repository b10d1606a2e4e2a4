namespace Omniview.Plugin.DevServer.Running;

/// <summary>What a process printed last.</summary>
/// <param name="most">So many lines are kept.</param>
internal sealed class LastLines(int most)
{
    private readonly Queue<string> _lines = [];

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > most)
            {
                _lines.Dequeue();
            }
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }
}
