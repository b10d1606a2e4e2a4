package goplugin

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// listen opens what the host will connect to: a Unix socket in a directory of its own, which only this user can enter,
// or a port on Windows and where OMNIVIEW_PLUGIN_NETWORK asks for tcp.
func listen() (net.Listener, error) {
	if runtime.GOOS == "windows" || os.Getenv("OMNIVIEW_PLUGIN_NETWORK") == "tcp" {
		return listenTCP()
	}
	// The host may choose where sockets go; an empty name means the usual place for temporary files.
	dir, err := os.MkdirTemp(os.Getenv("PLUGIN_UNIX_SOCKET_DIR"), "plugin-")
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &socket{Listener: listener, dir: dir}, nil
}

// socket is a Unix socket that takes its directory along when it closes.
type socket struct {
	net.Listener
	dir string
}

func (s *socket) Close() error {
	return errors.Join(s.Listener.Close(), os.RemoveAll(s.dir))
}

// listenTCP takes the first free port of the host's range, or any port when there is no range.
func listenTCP() (net.Listener, error) {
	first, err := port("PLUGIN_MIN_PORT")
	if err != nil {
		return nil, err
	}
	last, err := port("PLUGIN_MAX_PORT")
	if err != nil {
		return nil, err
	}
	if first > last {
		return nil, fmt.Errorf("PLUGIN_MIN_PORT %d is above PLUGIN_MAX_PORT %d", first, last)
	}
	var taken error
	for p := first; p <= last; p++ {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(p)))
		if err == nil {
			return listener, nil
		}
		taken = err
	}
	return nil, fmt.Errorf("no free port from %d to %d: %w", first, last, taken)
}

// port reads a port number from the environment, 0 when there is none.
func port(variable string) (int, error) {
	text := os.Getenv(variable)
	if text == "" {
		return 0, nil
	}
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("%s is not a port: %w", variable, err)
	}
	return int(number), nil
}
