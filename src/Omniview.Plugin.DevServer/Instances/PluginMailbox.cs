using System.Threading.Channels;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Takes what happens to one plugin, one message after the other, and has the machine say what follows. Its state is
/// the only one there is; whoever reads it gets that of some moment.
/// </summary>
/// <param name="first">The state before the first message.</param>
/// <param name="show">Gets each new state, when what others find on the disk is as it says.</param>
/// <param name="carryOut">Begins what is to be done. It does not wait for the end of it.</param>
/// <param name="passed">Gets each message and what came of it, for who records them; null for nobody.</param>
internal sealed class PluginMailbox(
    PluginState first,
    Action<PluginState> show,
    Action<PluginEffect> carryOut,
    Action<PluginMessage, PluginState, IReadOnlyList<PluginEffect>>? passed = null)
{
    private readonly Channel<(PluginMessage Message, TaskCompletionSource<PluginState>? Taken)> _letters =
        Channel.CreateUnbounded<(PluginMessage, TaskCompletionSource<PluginState>?)>(
            new UnboundedChannelOptions { SingleReader = true });

    private readonly Lock _lock = new();
    private readonly List<(Func<PluginState, bool> Holds, TaskCompletionSource Held)> _awaited = [];
    private volatile PluginState _state = first;

    public PluginState State => _state;

    public void Post(PluginMessage message) => Send(message, taken: null);

    /// <summary>
    /// Completes when the message was taken and what followed from it has begun, with the state after it.
    /// </summary>
    public Task<PluginState> AskAsync(PluginMessage message)
    {
        var taken = new TaskCompletionSource<PluginState>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(message, taken);
        return taken.Task;
    }

    /// <summary>Completes at the first state of which this holds, or with the last one there is.</summary>
    public Task UntilAsync(Func<PluginState, bool> holds)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (holds(_state) || _state.Life == Life.Stopped)
            {
                return Task.CompletedTask;
            }

            _awaited.Add((holds, held));
        }

        return held.Task;
    }

    /// <summary>Takes messages until everything has ended.</summary>
    public async Task RunAsync()
    {
        while (_state.Life != Life.Stopped)
        {
            var (message, taken) = await _letters.Reader.ReadAsync();
            Unfailing.Do($"taking {message.GetType().Name}", () => TakeOne(message));
            taken?.SetResult(_state);
        }

        _letters.Writer.Complete();
        while (_letters.Reader.TryRead(out var late))
        {
            late.Taken?.SetResult(_state);
        }
    }

    private void Send(PluginMessage message, TaskCompletionSource<PluginState>? taken)
    {
        var now = new Moment(TimeSpan.FromTicks(TimeProvider.System.GetElapsedTime(0).Ticks), DateTimeOffset.UtcNow);
        if (!_letters.Writer.TryWrite((message with { At = now }, taken)))
        {
            taken?.SetResult(_state); // everything has ended
        }
    }

    private void TakeOne(PluginMessage message)
    {
        var (state, effects) = PluginMachine.Next(_state, message);
        lock (_lock)
        {
            _state = state;
        }

        passed?.Invoke(message, state, effects);
        CarryOut(effects.Where(IsFirst));
        Unfailing.Do("showing the state of a plugin", () => show(state));
        CarryOut(effects.Where(effect => !IsFirst(effect)));

        lock (_lock)
        {
            foreach (var (_, held) in _awaited.Where(one => state.Life == Life.Stopped || one.Holds(state)).ToList())
            {
                held.SetResult();
                _awaited.RemoveAll(one => one.Held == held);
            }
        }
    }

    private static bool IsFirst(PluginEffect effect) => effect is FileEffect or Say { IsFirst: true };

    private void CarryOut(IEnumerable<PluginEffect> effects)
    {
        foreach (var effect in effects)
        {
            Unfailing.Do($"beginning {effect.GetType().Name}", () => carryOut(effect));
        }
    }
}
