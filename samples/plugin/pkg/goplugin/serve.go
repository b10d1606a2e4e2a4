// Package goplugin is the plugin's side of hashicorp/go-plugin's contract with the host: start only for a host, say
// where to connect, answer health checks, stop when told to.
package goplugin

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/hello-omniview/pkg/rpc"
)

// drainTime is how long calls under way may take once the plugin has been told to stop.
const drainTime = 500 * time.Millisecond

// Serve runs the plugin id, offering methods, until the host ends it. It fails when no host started the process.
func Serve(id string, methods rpc.Methods) error {
	if os.Getenv("OMNIVIEW") != id {
		return fmt.Errorf("%s is an Omniview plugin and does nothing when run by itself. "+
			"Install it in Omniview, or use `dotnet run` while you develop it", id)
	}

	// Ctrl-C reaches every process in the terminal; the host decides when its plugins stop, and sends TERM.
	signal.Ignore(os.Interrupt)
	ctx, restore := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer restore()

	listener, err := listen()
	if err != nil {
		return err
	}
	// The host waits for this line. It may connect as soon as it has read it, the listener's queue is already there.
	// Core protocol 1, app protocol 1, and no certificate after the last bar: the connection is not encrypted.
	fmt.Printf("1|1|%s|%s|grpc|\n", listener.Addr().Network(), listener.Addr())

	return serve(ctx, listener, methods)
}

// serve answers calls on listener until ctx ends or the host calls Shutdown, and closes it.
func serve(ctx context.Context, listener net.Listener, methods rpc.Methods) error {
	defer listener.Close() // for a stop that overtakes server.Serve; closing twice does no harm
	ctx, stop := context.WithCancel(ctx)
	defer stop()

	all := rpc.Methods{
		"/grpc.health.v1.Health/Check": checkHealth,
		"/plugin.GRPCController/Shutdown": func(context.Context, []byte) ([]byte, error) {
			stop()
			return nil, nil
		},
	}
	maps.Copy(all, methods)

	// gRPC is HTTP/2; without TLS to negotiate it, both sides just begin with it.
	server := &http.Server{Handler: all, Protocols: new(http.Protocols)}
	server.Protocols.SetUnencryptedHTTP2(true)

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if server.Shutdown(drain) != nil {
		return server.Close()
	}
	return nil
}
