namespace Microsoft.Build.Framework;

/// <summary>
/// Tells a multithreaded MSBuild (<c>-mt</c>) that a task keeps no state in the process and takes absolute paths.
/// MSBuild matches it by name, so it can be declared here without a newer Microsoft.Build.Framework.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
