namespace Omniview.Plugin.Core.Go.Building;

/// <summary>A compiled package.</summary>
/// <param name="ImportPath">Its import path.</param>
/// <param name="Archive">Absolute path of its archive in Go's cache.</param>
/// <param name="BuildId">What the archive says it is.</param>
/// <param name="IsOwn">Whether its sources are the author's to change: neither the standard library's nor in the module
/// cache.</param>
internal readonly record struct GoListedPackage(string ImportPath, string Archive, string BuildId, bool IsOwn);
