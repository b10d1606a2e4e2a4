namespace Omniview.Plugin.DevServer.Tests.Faults;

/// <summary>Files of a plugin that starts and ends when a test says so.</summary>
internal static class HeldPlugin
{
    public const string Waits = """
        package main

        import (
        	"os"
        	"time"
        )

        const edition = 1

        func init() {
        	if len(os.Args) > 9 {
        		println(edition) // another edition is another program
        	}

        	for _, err := os.Stat("hold-start"); err == nil; _, err = os.Stat("hold-start") {
        		time.Sleep(5 * time.Millisecond)
        	}
        }
        """;

    public const string WaitsAtItsEnd = """
        package goplugin

        import (
        	"os"
        	"time"
        )

        func waitForStop() {
        	for _, err := os.Stat("hold-stop"); err == nil; _, err = os.Stat("hold-stop") {
        		time.Sleep(5 * time.Millisecond)
        	}
        }
        """;
}
