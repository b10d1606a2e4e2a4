using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>The UI half of a plugin: its Vite, and what is wrong with it or with what it serves.</summary>
internal sealed record Ui
{
    /// <summary>The port Vite has or is to get; 0 for one that has yet to be found.</summary>
    public int Port { get; init; }

    /// <summary>The number of the Vite that runs or is being started; 0 for none.</summary>
    public int Vite { get; init; }

    /// <summary>It answers at its port.</summary>
    public bool IsServing { get; init; }

    /// <summary>It has been told to end.</summary>
    public bool IsEnding { get; init; }

    /// <summary>A file was saved since this Vite was started: it may have read it before.</summary>
    public bool IsSaved { get; init; }

    /// <summary>Nobody starts it again by itself: a pause goes on, or it failed too often.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>The pause before the next start; 0 for none.</summary>
    public int Pause { get; init; }

    public BackOff BackOff { get; init; } = new();

    /// <summary>What is wrong with Vite itself.</summary>
    public IReadOnlyList<Diagnostic> Server { get; init; } = [];

    /// <summary>What keeps Vite from taking over its configuration.</summary>
    public IReadOnlyList<Diagnostic> Configuration { get; init; } = [];

    /// <summary>What Vite can't serve.</summary>
    public IReadOnlyList<Diagnostic> Modules { get; init; } = [];

    /// <summary>What TypeScript says.</summary>
    public IReadOnlyList<Diagnostic> Types { get; init; } = [];

    /// <summary>
    /// The port that <c>.devinfo</c> tells: where the UI answers, or 0. Null until that is known of the first Vite:
    /// each write makes Omniview leave the plugin and connect anew.
    /// </summary>
    public int? ToldPort { get; init; }
}
