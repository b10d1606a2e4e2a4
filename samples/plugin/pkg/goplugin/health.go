package goplugin

import (
	"context"

	"example.com/hello-omniview/pkg/rpc"
	"example.com/hello-omniview/pkg/wire"
)

// serving is the value SERVING of grpc.health.v1.HealthCheckResponse.ServingStatus.
const serving = 1

// checkHealth is grpc.health.v1.Health/Check. go-plugin's hosts ask for the service "plugin"; "" is the whole server.
func checkHealth(_ context.Context, request []byte) ([]byte, error) {
	service, err := wire.String(request, 1)
	if err != nil {
		return nil, rpc.Errorf(rpc.InvalidArgument, "HealthCheckRequest: %v", err)
	}
	if service != "plugin" && service != "" {
		return nil, rpc.Errorf(rpc.NotFound, "unknown service %q", service)
	}
	return wire.AppendVarint(nil, 1, serving), nil
}
