using System.Text.Json.Serialization;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Wire;

/// <summary>Starts a plugin without a session, on behalf of a process or of nobody.</summary>
/// <param name="Settings">The project.</param>
/// <param name="Owner">The plugin is stopped when this process is gone; null keeps it until it is stopped
/// explicitly.</param>
internal sealed record StartRequest([property: JsonRequired] DevSettings Settings, ProcessIdentity? Owner);
