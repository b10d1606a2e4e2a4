namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// A go command that notes its builds, can be made to wait, and then is the real one. The lock it takes is inherited by
/// everything go starts: if it is held when a build begins, a part of another build is still alive.
/// </summary>
internal sealed class WatchedGo(string folder)
{
    /// <summary>What it says, on standard error, while it waits.</summary>
    public const string Waiting = "the watched go waits";

    public const string Script = """
        here=$(dirname "$0")
        if [ "$1" = list ]; then go "$@"; code=$?; echo listed >> "$here/lists"; exit $code; fi
        [ "$1" = build ] || exec go "$@"
        exec 9>>"$here/lock"
        flock -n 9 || echo overlap >> "$here/builds"
        echo build >> "$here/builds"
        if [ -e "$here/hold" ]; then
          echo 'the watched go waits' >&2
          while [ -e "$here/hold" ]; do sleep 0.01; done
        fi
        go "$@" || exit
        echo built >> "$here/builds"

        """;

    private string Hold => Path.Combine(folder, "hold");

    private string Builds => Path.Combine(folder, "builds");

    /// <summary><c>build</c>, <c>built</c> and <c>overlap</c>, as they came.</summary>
    public string[] Notes => File.Exists(Builds) ? File.ReadAllLines(Builds) : [];

    /// <summary>How often it was asked what the program is made of, and has answered.</summary>
    public int Lists =>
        File.Exists(Path.Combine(folder, "lists")) ? File.ReadAllLines(Path.Combine(folder, "lists")).Length : 0;

    public void HoldBuilds() => File.WriteAllText(Hold, "");

    public void LetBuildsGo() => File.Delete(Hold);
}
