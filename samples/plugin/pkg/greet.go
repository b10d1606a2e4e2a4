package main

import (
	"cmp"
	"context"
	"fmt"
	"log"

	"example.com/hello-omniview/pkg/rpc"
	"example.com/hello-omniview/pkg/wire"
)

// greet answers
//
//	message GreetRequest  { string name = 1; }
//	message GreetResponse { string message = 1; }
func greet(_ context.Context, request []byte) ([]byte, error) {
	name, err := wire.String(request, 1)
	if err != nil {
		return nil, rpc.Errorf(rpc.InvalidArgument, "GreetRequest: %v", err)
	}
	log.Printf("greeting %q", name)
	return wire.AppendString(nil, 1, fmt.Sprintf("%s, %s!", greeting, cmp.Or(name, "world"))), nil
}
