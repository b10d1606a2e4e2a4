namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// What <c>go build</c> would run for a program whose standard library and modules are built already.
/// </summary>
/// <param name="Compile">For each package of the author's, and those between them, how it is compiled; in an order in
/// which each comes behind all that it imports.</param>
/// <param name="Link">How the program is linked.</param>
internal sealed record BuildPlan(IReadOnlyList<ToolStep> Compile, ToolStep Link);
