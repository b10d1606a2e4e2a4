// Made of docs/properties.xml by the tests DocumentingTheProperties: CONTRIBUTING.md, "Adding a Go property".
namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>What the author of a plugin sets for every go command over its code.</summary>
internal record GoOptions
{
    /// <summary>GoToolPath: the go command, a Go installation, or a name on PATH.</summary>
    public string? ToolPath { get; init; }

    /// <summary>GoPackage: what <c>go build</c> builds; the folder <c>pkg</c> must exist all the same
    /// (OVP1012).</summary>
    public string Package { get; init; } = "./pkg";

    /// <summary>GoTags: build tags, separated by commas, semicolons or spaces; on a command line, which splits at
    /// commas itself, <c>-p:GoTags=a%2Cb</c>.</summary>
    public string? Tags { get; init; }

    /// <summary>GoLdFlags: linker flags, appended to ours.</summary>
    public string? LdFlags { get; init; }

    /// <summary>GoGcFlags: compiler flags, with or without a <c>pattern=</c>.</summary>
    public string? GcFlags { get; init; }

    /// <summary>GoRace: the race detector (needs cgo).</summary>
    public bool Race { get; init; }

    /// <summary>GoBuildArguments: further arguments of <c>go build</c>, separated by <c>;</c>.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    /// <summary>GoWork: <c>off</c>, or the path of a go.work; <c>auto</c> leaves it to Go.</summary>
    public string Work { get; init; } = "auto";

    /// <summary>OmniviewDebugPlugin: builds for a debugger: <c>-gcflags="all=-N -l"</c>, full debug information, real
    /// paths; goes before <c>Release</c>. The dev loop runs the plugin under Delve then.</summary>
    public bool Debuggable { get; init; }

    /// <summary>The same with one of them as it is written.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public GoOptions With(string name, GoOptionValue value) => name switch
    {
        "ToolPath" => this with { ToolPath = value.Text },
        "Package" => this with { Package = value.Text ?? "./pkg" },
        "Tags" => this with { Tags = value.Text },
        "LdFlags" => this with { LdFlags = value.Text },
        "GcFlags" => this with { GcFlags = value.Text },
        "Race" => this with { Race = value.Flag },
        "ExtraArguments" => this with { ExtraArguments = value.List },
        "Work" => this with { Work = value.Text ?? "auto" },
        "Debuggable" => this with { Debuggable = value.Flag },
        _ => throw new ArgumentException($"GoOptions has no {name}.", nameof(name)),
    };
}
