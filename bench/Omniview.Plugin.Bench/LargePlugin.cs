using System.Text;

namespace Omniview.Plugin.Bench;

/// <summary>
/// A plugin of the size of real ones: on the real hashicorp/go-plugin, with 200 packages of 500 lines beside it.
/// </summary>
internal static class LargePlugin
{
    private const int Packages = 200;
    private const int FunctionsPerPackage = 70;

    private const string Main = """
        package main

        import (
        	"context"
        	"log"

        	"github.com/hashicorp/go-plugin"
        	"google.golang.org/grpc"
        )

        type resource struct{ plugin.NetRPCUnsupportedPlugin }

        func (resource) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

        func (resource) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (interface{}, error) {
        	return nil, nil
        }

        var used = everything()

        func main() {
        	log.SetPrefix(greeting) // every greeting makes another program
        	plugin.Serve(&plugin.ServeConfig{
        		HandshakeConfig: plugin.HandshakeConfig{
        			ProtocolVersion: 1, MagicCookieKey: "OMNIVIEW", MagicCookieValue: "hello-omniview",
        		},
        		Plugins:         map[string]plugin.Plugin{"resource": resource{}},
        		GRPCServer:      plugin.DefaultGRPCServer,
        	})
        }

        """;

    private static string Modules =>
        Environment.GetEnvironmentVariable("OMNIVIEW_TEST_GO_PLUGIN")
            ?? throw new BenchException(
                "OMNIVIEW_TEST_GO_PLUGIN does not name the sources of go-plugin: run ./build.sh bench, which " +
                "fetches them.");

    public static PluginProject Write(World world, string name)
    {
        var plugin = new PluginProject(world.Folder(name));
        var modules = File.ReadAllLines(Path.Combine(Modules, "modules"));
        plugin.WriteManifest();
        plugin.Write("go.mod", string.Join('\n', [
            "module example.com/large", "", "go 1.25", "",
            .. modules.Select(module => $"require {module} v0.0.0"),
            .. modules.Select(module => $"replace {module} => \"{Path.Combine(Modules, module)}\""), ""]));
        plugin.Write("pkg/main.go", Main);
        plugin.Write("pkg/everything.go", Everything());
        for (var package = 0; package < Packages; package++)
        {
            plugin.Write($"pkg/p{package:000}/p.go", Package(package));
        }

        plugin.Save();
        return plugin;
    }

    private static string Everything()
    {
        var imports = Enumerable.Range(0, Packages).Select(package => $"\t\"example.com/large/pkg/p{package:000}\"\n");
        var calls = Enumerable.Range(0, Packages).Select(package => $"p{package:000}.F0(1)");
        return $"package main\n\nimport (\n{string.Concat(imports)})\n\nfunc everything() int {{\n\treturn " +
            $"{string.Join(" +\n\t\t", calls)}\n}}\n";
    }

    private static string Package(int package)
    {
        var text = new StringBuilder($"package p{package:000}\n\nimport \"strconv\"\n\n");
        for (var function = 0; function < FunctionsPerPackage; function++)
        {
            var next = function + 1 < FunctionsPerPackage ? $"F{function + 1}(n - 1)" : "len(strconv.Itoa(n))";
            text.Append(
                $"func F{function}(n int) int {{\n\tif n < {function} {{\n\t\treturn n + {package}\n\t}}\n\treturn " +
                $"{next}\n}}\n\n");
        }

        return text.ToString();
    }
}
