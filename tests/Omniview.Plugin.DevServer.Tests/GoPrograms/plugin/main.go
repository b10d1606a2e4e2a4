// A plugin on the real hashicorp/go-plugin, with the sample's greeting.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const greeting = "Hello"

type greeter struct{ plugin.NetRPCUnsupportedPlugin }

func (greeter) GRPCServer(_ *plugin.GRPCBroker, server *grpc.Server) error {
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "hello.v1.Greeter",
		HandlerType: (*interface{})(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "Greet", Handler: greet}},
	}, greeter{})
	return nil
}

func (greeter) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (interface{}, error) {
	return nil, nil
}

func greet(_ interface{}, _ context.Context, decode func(interface{}) error, _ grpc.UnaryServerInterceptor) (interface{}, error) {
	name := &wrapperspb.StringValue{}
	if err := decode(name); err != nil {
		return nil, err
	}
	return wrapperspb.String(fmt.Sprintf("%s, %s!", greeting, name.Value)), nil
}

func main() {
	fmt.Fprintln(os.Stderr, "a word before the handshake")
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{ProtocolVersion: 1, MagicCookieKey: "OMNIVIEW", MagicCookieValue: "hello-omniview"},
		Plugins:         map[string]plugin.Plugin{"resource": greeter{}},
		GRPCServer:      plugin.DefaultGRPCServer,
	})
}
