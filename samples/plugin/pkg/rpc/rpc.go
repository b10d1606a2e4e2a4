// Package rpc answers unary gRPC calls with net/http.
package rpc

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Code is a gRPC status code: https://grpc.io/docs/guides/status-codes/
type Code int

const (
	OK                Code = 0
	Unknown           Code = 2
	InvalidArgument   Code = 3
	NotFound          Code = 5
	ResourceExhausted Code = 8
	Unimplemented     Code = 12
)

// Error is an error with a status code. Any other error reaches the caller as Unknown.
type Error struct {
	Code    Code
	Message string
}

func (e *Error) Error() string { return e.Message }

// Errorf returns an *Error.
func Errorf(code Code, format string, args ...any) error {
	return &Error{code, fmt.Sprintf(format, args...)}
}

// Method answers one call: encoded request in, encoded response out.
type Method func(ctx context.Context, request []byte) ([]byte, error)

// Methods are the calls a server knows, by path: "/package.Service/Method".
type Methods map[string]Method

// A gRPC message travels behind one byte (1: compressed) and its length in four.
const prefixSize = 5

// maxRequest is what gRPC implementations accept unless told otherwise.
const maxRequest = 4 << 20

// ServeHTTP answers one call. The HTTP status is 200 even for a call that fails: how it went is in the trailers.
func (m Methods) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/grpc") {
		http.Error(w, "this is a gRPC server", http.StatusUnsupportedMediaType)
		return
	}
	w.Header().Set("Content-Type", "application/grpc")
	w.Header().Set("Trailer", "Grpc-Status, Grpc-Message")

	response, err := m.call(w, r)
	w.WriteHeader(http.StatusOK) // what is set from here on goes into the trailers
	if err == nil {
		prefix := binary.BigEndian.AppendUint32([]byte{0}, uint32(len(response)))
		_, err = w.Write(append(prefix, response...))
	}

	status := &Error{Code: OK}
	if err != nil && !errors.As(err, &status) {
		status = &Error{Unknown, err.Error()}
	}
	w.Header().Set("Grpc-Status", strconv.Itoa(int(status.Code)))
	w.Header().Set("Grpc-Message", url.PathEscape(status.Message))
}

func (m Methods) call(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, prefixSize+maxRequest))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return nil, Errorf(ResourceExhausted, "a request may have %d bytes", maxRequest)
	case err != nil:
		return nil, err
	case len(body) < prefixSize || uint64(binary.BigEndian.Uint32(body[1:])) != uint64(len(body)-prefixSize):
		return nil, Errorf(InvalidArgument, "not one whole message")
	case body[0] != 0:
		return nil, Errorf(Unimplemented, "compressed messages are not supported")
	}
	method, ok := m[r.URL.Path]
	if !ok {
		return nil, Errorf(Unimplemented, "no method %s", r.URL.Path)
	}
	return method(r.Context(), body[prefixSize:])
}
