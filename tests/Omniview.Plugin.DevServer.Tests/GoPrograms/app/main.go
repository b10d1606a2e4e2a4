// What Omniview does with a plugin in development: reads .devinfo and reattaches with the real hashicorp/go-plugin. Each line of
// its standard input is a command, each answered with one line.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

type greeter struct{ plugin.NetRPCUnsupportedPlugin }

func (greeter) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

func (greeter) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, connection *grpc.ClientConn) (interface{}, error) {
	return connection, nil
}

var client *plugin.Client

func attach(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var info struct {
		Pid             int
		Protocol        string
		ProtocolVersion int
		Addr            string
	}
	if err := json.Unmarshal(text, &info); err != nil {
		return err
	}
	network := "tcp"
	if strings.HasPrefix(info.Addr, "/") {
		network = "unix"
	}
	address, err := resolve(network, info.Addr)
	if err != nil {
		return err
	}
	client = plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: uint(info.ProtocolVersion), MagicCookieKey: "OMNIVIEW", MagicCookieValue: "hello-omniview"},
		Plugins:          plugin.PluginSet{"resource": greeter{}},
		Reattach:         &plugin.ReattachConfig{Protocol: plugin.Protocol(info.Protocol), Addr: address, Pid: info.Pid},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           hclog.New(&hclog.LoggerOptions{Output: io.Discard}),
	})
	_, err = client.Client()
	return err
}

func resolve(network, address string) (net.Addr, error) {
	if network == "unix" {
		return net.ResolveUnixAddr(network, address)
	}
	return net.ResolveTCPAddr(network, address)
}

func answer(command, argument string) (string, error) {
	if command == "attach" {
		return "attached", attach(argument)
	}
	protocol, err := client.Client()
	if err != nil {
		return "", err
	}
	switch command {
	case "ping":
		return "pong", protocol.Ping()
	case "greet":
		raw, err := protocol.Dispense("resource")
		if err != nil {
			return "", err
		}
		greeting := &wrapperspb.StringValue{}
		err = raw.(*grpc.ClientConn).Invoke(context.Background(), "/hello.v1.Greeter/Greet", wrapperspb.String(argument), greeting)
		return greeting.Value, err
	case "close": // what the app's client does when it shuts a plugin down: the plugin ends by itself
		return "closed", protocol.Close()
	case "kill": // Close, then SIGKILL of the process when it does not end
		client.Kill()
		return "killed", nil
	}
	return "", fmt.Errorf("unknown command %s", command)
}

func main() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		command, argument, _ := strings.Cut(lines.Text(), " ")
		said, err := answer(command, argument)
		if err != nil {
			said = "error: " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		fmt.Println(said)
	}
}
