namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>Go programs that are no good plugins.</summary>
internal static class Programs
{
    /// <summary>Says three words and ends with code 3 before it could have been a plugin.</summary>
    public const string Ending = """
        package main

        import (
        	"fmt"
        	"os"
        )

        func main() {
        	fmt.Println("first word")
        	fmt.Fprintln(os.Stderr, "last word")
        	os.Exit(3)
        }
        """;

    /// <summary>How the sample's backend begins to print its handshake.</summary>
    public const string PrintsHandshake = "fmt.Printf(\"1|1|%s|%s|grpc|\\n\"";

    public const string Silent = "package main\n\nimport \"time\"\n\nfunc main() {\n\ttime.Sleep(time.Hour)\n}\n";

    /// <summary>Prints its environment before anything else happens; to be added to a plugin.</summary>
    public const string PrintsEnvironment = """
        package main

        import (
        	"fmt"
        	"os"
        )

        func init() {
        	for _, one := range os.Environ() {
        		fmt.Println("variable", one)
        	}
        }
        """;

    /// <summary>Prints what it is sent, and says where that goes to; to be added to a plugin.</summary>
    public const string Parrot = """
        package main

        import (
        	"fmt"
        	"io"
        	"net"
        	"os"
        )

        func init() {
        	listener, err := net.Listen("tcp", "127.0.0.1:0")
        	if err != nil {
        		panic(err)
        	}
        	fmt.Fprintf(os.Stderr, "parrot at %d\n", listener.Addr().(*net.TCPAddr).Port)
        	go func() {
        		for {
        			connection, err := listener.Accept()
        			if err != nil {
        				return
        			}
        			io.Copy(os.Stderr, connection)
        			connection.Close()
        		}
        	}()
        }
        """;
}
