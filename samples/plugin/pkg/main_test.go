package main

import (
	"os"
	"regexp"
	"testing"

	"example.com/hello-omniview/pkg/wire"
)

func TestPluginIDIsTheManifests(t *testing.T) {
	manifest, err := os.ReadFile("../plugin.yaml")
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`(?m)^id: (\S+)`).FindSubmatch(manifest)
	if id == nil || string(id[1]) != pluginID {
		t.Errorf("plugin.yaml has id %q, main.go has %q", id, pluginID)
	}
}

func TestGreet(t *testing.T) {
	for name, want := range map[string]string{
		"Ada": greeting + ", Ada!",
		"":    greeting + ", world!",
	} {
		response, err := greet(t.Context(), wire.AppendString(nil, 1, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := wire.String(response, 1); err != nil || got != want {
			t.Errorf("greet(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
}
