using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>Why a program did not become the plugin that runs.</summary>
/// <param name="Problem">For people.</param>
/// <param name="StaleReason">Half a sentence for the state of a plugin that runs on.</param>
internal sealed record StartFailure(Diagnostic Problem, string StaleReason);
