package wire

import (
	"slices"
	"strings"
	"testing"
)

func TestEncodingIsProtobufs(t *testing.T) {
	// The two examples of the protobuf documentation: a = 150 in field 1, b = "testing" in field 2.
	got := AppendString(AppendVarint(nil, 1, 150), 2, "testing")
	want := []byte("\x08\x96\x01\x12\x07testing")
	if !slices.Equal(got, want) {
		t.Errorf("got % x, want % x", got, want)
	}
}

func TestString(t *testing.T) {
	long := strings.Repeat("é", 1000)
	for name, c := range map[string]struct{ message, want string }{
		"absent":           {"", ""},
		"present":          {"\x0a\x03Ada", "Ada"},
		"long":             {string(AppendString(nil, 1, long)), long},
		"the last counts":  {"\x0a\x03Ada\x0a\x05Grace", "Grace"},
		"others skipped":   {"\x10\x96\x01\x19AAAAAAAA\x25AAAA\x2a\x01x\x0a\x03Ada", "Ada"},
		"as another type":  {"\x08\x01", ""},
		"of another field": {"\x12\x03Ada", ""},
	} {
		if got, err := String([]byte(c.message), 1); err != nil || got != c.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, c.want)
		}
	}
}

func TestStringRefusesWhatIsNoMessage(t *testing.T) {
	for name, message := range map[string]string{
		"tag cut off":    "\x80",
		"length missing": "\x0a",
		"value cut off":  "\x0a\x05Ada",
		"huge length":    "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"number cut off": "\x08\x80",
		"fixed cut off":  "\x0dA",
		"group":          "\x0b",
		"not UTF-8":      "\x0a\x01\xff",
	} {
		if got, err := String([]byte(message), 1); err == nil {
			t.Errorf("%s: got %q, want an error", name, got)
		}
	}
}
