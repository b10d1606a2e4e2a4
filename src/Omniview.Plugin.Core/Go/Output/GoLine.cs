namespace Omniview.Plugin.Core.Go.Output;

/// <summary>One line for people, whichever form it came in.</summary>
/// <param name="Text">The line without its end.</param>
/// <param name="Source">Lines of one source follow each other; those of two sources may be mixed.</param>
/// <param name="Package">The package a JSON event names; null for plain text.</param>
/// <param name="Test">The test a JSON event names.</param>
/// <param name="OutputType">What <c>go test -json</c> says the line is: <c>frame</c>, <c>error</c>,
/// <c>error-continue</c>, or null.</param>
internal readonly record struct GoLine(
    string Text, GoLineSource Source, string? Package = null, string? Test = null, string? OutputType = null)
{
    /// <summary>Whether it is a line at all, and not only the end of something.</summary>
    public bool IsText => Source is not (GoLineSource.TestEnd or GoLineSource.BuildFail);
}
