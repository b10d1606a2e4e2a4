using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Wire;

/// <summary>
/// What is exchanged at every start, written out by the compiler: found out by reflection, it is a tenth of a second of
/// code made at run time, in the client and again in the host. What is not listed still is.
/// </summary>
[JsonSerializable(typeof(HostRecord))]
[JsonSerializable(typeof(HostVersion))]
[JsonSerializable(typeof(DevSettingsFile))]
[JsonSerializable(typeof(StartRequest))]
[JsonSerializable(typeof(SessionStarted))]
[JsonSerializable(typeof(SessionEnded))]
[JsonSerializable(typeof(HostSnapshot))]
[JsonSerializable(typeof(HostProblem))]
[JsonSerializable(typeof(IReadOnlyList<DevServerState>))]
[JsonSerializable(typeof(LogEntry[]))]
[JsonSerializable(typeof(BuildErrors))]
[JsonSerializable(typeof(BuildError[]))]
[JsonSerializable(typeof(DevReload))]
[JsonSerializable(typeof(DashboardLink))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
