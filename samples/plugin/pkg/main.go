// The backend of hello-omniview, with nothing but the standard library.
//
// A plugin you publish would start from github.com/omniviewdev/plugin-sdk, which brings Omniview's own services. Here
// the packages goplugin, rpc and wire show the little that a host needs to start a plugin, watch it and stop it.
package main

import (
	"log"

	"example.com/hello-omniview/pkg/goplugin"
	"example.com/hello-omniview/pkg/rpc"
)

// pluginID must be the id in plugin.yaml: Omniview passes that one as the magic cookie.
const pluginID = "hello-omniview"

func main() {
	log.SetFlags(0) // whoever reads our stderr stamps the lines

	err := goplugin.Serve(pluginID, rpc.Methods{
		"/hello.v1.Greeter/Greet": greet,
	})
	if err != nil {
		log.Fatal(err)
	}
}
