// The backend of hello-omniview.
package main

import (
	"github.com/omniviewdev/plugin-sdk/pkg/sdk"
	"github.com/omniviewdev/plugin-sdk/settings"
)

func main() {
	// The id must be the one in plugin.yaml: plugin-sdk finds the installed plugin by it.
	plugin := sdk.NewPlugin(sdk.PluginOpts{
		ID: "hello-omniview",
		Settings: []settings.Setting{{
			ID:          "greeting",
			Label:       "Greeting",
			Description: "How the plugin says hello.",
			Type:        settings.Text,
			Default:     "Hello",
		}},
	})

	// Settings are served as they are. Whatever else the plugin can do is registered here and listed in plugin.yaml.
	plugin.Serve()
}
