namespace Omniview.Plugin.Core.Go.Output;

/// <summary>Where a line of the go command came from.</summary>
internal enum GoLineSource
{
    /// <summary>Text on standard output.</summary>
    Output,

    /// <summary>Text on standard error.</summary>
    Error,

    /// <summary>An event of <c>go build -json</c>.</summary>
    BuildEvent,

    /// <summary>The event that the build of a package has failed; the text is empty.</summary>
    BuildFail,

    /// <summary>An event of <c>go test -json</c>.</summary>
    TestEvent,

    /// <summary>The end of a package's tests, told by <c>go test -json</c>; the text is empty.</summary>
    TestEnd,
}
