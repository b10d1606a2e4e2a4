using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>One message on its way through the machine: the state as it is by now, and what is to be done.</summary>
/// <param name="state">Before the message.</param>
/// <param name="now">When the message came.</param>
internal sealed class Step(PluginState state, Moment now)
{
    private readonly List<PluginEffect> _effects = [];

    public PluginState State { get; set; } = state;

    public Moment Now { get; } = now;

    public IReadOnlyList<PluginEffect> Effects => _effects;

    public Backend Backend
    {
        get => State.Backend;
        set => State = State with { Backend = value };
    }

    /// <summary>To be read only where there is one.</summary>
    public Ui Ui
    {
        get => State.Ui!;
        set => State = State with { Ui = value };
    }

    public void Do(PluginEffect effect) => _effects.Add(effect);

    /// <summary>To be done before all else.</summary>
    public void DoFirst(PluginEffect effect) => _effects.Insert(0, effect);

    public void Info(string text) => Do(new Say(LogSource.Manager, "info", text));

    public void Error(string text) => Do(new Say(LogSource.Manager, "error", text));

    /// <summary>A number that nothing else of this plugin has.</summary>
    public int NewNumber()
    {
        State = State with { LastNumber = State.LastNumber + 1 };
        return State.LastNumber;
    }

    /// <summary>The number of a pause that begins now; 0 for none.</summary>
    public int Pause(TimeSpan? time)
    {
        if (time is not { Ticks: > 0 } some)
        {
            return 0;
        }

        var pause = NewNumber();
        Do(new StartPause(pause, some));
        return pause;
    }
}
