package goplugin

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"testing"

	"example.com/hello-omniview/pkg/rpc"
	"example.com/hello-omniview/pkg/wire"
)

type callFunc func(path string, request []byte) (frame []byte, status string)

// start serves on a real socket. It returns how to make one call there and how to wait for the server's end.
func start(t *testing.T, methods rpc.Methods) (call callFunc, wait func() error) {
	t.Helper()
	dir, err := os.MkdirTemp("", "") // t.TempDir has the test's name in it, and a socket's path ends at 104 bytes on macOS
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	t.Setenv("PLUGIN_UNIX_SOCKET_DIR", dir)
	listener, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() { ended <- serve(ctx, listener, methods) }()

	address := listener.Addr()
	transport := &http.Transport{
		Protocols: new(http.Protocols),
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, address.Network(), address.String())
		},
	}
	transport.Protocols.SetUnencryptedHTTP2(true)
	t.Cleanup(transport.CloseIdleConnections)
	t.Cleanup(stop)

	call = func(path string, request []byte) ([]byte, string) {
		t.Helper()
		client := http.Client{Transport: transport}
		frame := append([]byte{0, 0, 0, 0, byte(len(request))}, request...)
		response, err := client.Post("http://plugin"+path, "application/grpc", bytes.NewReader(frame))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return body, response.Trailer.Get("Grpc-Status")
	}
	return call, func() error { return <-ended }
}

func TestHealthIsServingOverASocket(t *testing.T) {
	call, _ := start(t, nil)
	for _, service := range []string{"plugin", ""} {
		body, status := call("/grpc.health.v1.Health/Check", wire.AppendString(nil, 1, service))
		if want := []byte("\x00\x00\x00\x00\x02\x08\x01"); !bytes.Equal(body, want) || status != "0" {
			t.Errorf("%q: got % x, status %s; want % x, status 0", service, body, status, want)
		}
	}
}

func TestCallsThatFailSaySoInTheTrailers(t *testing.T) {
	call, _ := start(t, nil)
	for name, c := range map[string]struct {
		path, request, status string
	}{
		"unknown service": {"/grpc.health.v1.Health/Check", "\x0a\x01x", "5"},
		"unknown method":  {"/hello.v1.Greeter/Shout", "", "12"},
		"malformed":       {"/grpc.health.v1.Health/Check", "\x0a\x09x", "3"},
	} {
		if body, status := call(c.path, []byte(c.request)); len(body) > 0 || status != c.status {
			t.Errorf("%s: got % x, status %s; want no message and status %s", name, body, status, c.status)
		}
	}
}

func TestShutdownAnswersEndsTheServerAndRemovesTheSocket(t *testing.T) {
	call, wait := start(t, nil)
	if _, status := call("/plugin.GRPCController/Shutdown", nil); status != "0" {
		t.Errorf("got status %s, want 0", status)
	}
	if err := wait(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(os.Getenv("PLUGIN_UNIX_SOCKET_DIR")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWithoutAHostServeRefuses(t *testing.T) {
	t.Setenv("OMNIVIEW", "another-plugin")
	if err := Serve("hello-omniview", nil); err == nil {
		t.Error("served a plugin that no host had asked for")
	}
}

func TestTCPStaysInTheHostsRange(t *testing.T) {
	t.Setenv("OMNIVIEW_PLUGIN_NETWORK", "tcp")
	for _, c := range []struct {
		first, last string
		ok          bool
	}{
		{"", "", true},
		{"0", "0", true},
		{"2", "1", false},
		{"http", "1", false},
		{"1", "65536", false},
	} {
		t.Setenv("PLUGIN_MIN_PORT", c.first)
		t.Setenv("PLUGIN_MAX_PORT", c.last)
		listener, err := listen()
		if (err == nil) != c.ok {
			t.Errorf("%q to %q: %v", c.first, c.last, err)
		}
		if err == nil {
			listener.Close()
		}
	}
}
