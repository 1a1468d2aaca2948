package main

import (
	"cmp"
	"errors"
	"net"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/server"
)

func TestConfig(t *testing.T) {
	shared := server.Limits{Rate: server.SharedRate}
	for _, test := range []struct {
		args, env string
		want      config
	}{
		{"", "", config{Listen: "127.0.0.1:8080"}},
		{"", "ENTENTE_LISTEN=localhost:9000", config{Listen: "localhost:9000"}},
		{"--listen [::1]:0", "ENTENTE_LISTEN=localhost:9000", config{Listen: "[::1]:0"}},
		{"--listen :80 --public-read", "", config{Listen: ":80", PublicRead: true, Limits: shared}},
		{"--listen :80", "ENTENTE_PUBLIC_READ=true", config{Listen: ":80", PublicRead: true, Limits: shared}},
		{"--listen :80 --public-read --limit-rate 0", "", config{Listen: ":80", PublicRead: true}},
		{"--listen :80 --public-read", "ENTENTE_LIMIT_RATE=0", config{Listen: ":80", PublicRead: true}},
		{"--listen :80 --public-read --limit-rate 7", "", config{Listen: ":80", PublicRead: true, Limits: server.Limits{Rate: 7}}},
		{"--public-read=false", "ENTENTE_PUBLIC_READ=1", config{Listen: "127.0.0.1:8080"}},
		{"", "ENTENTE_ALLOW_ORIGIN=https://a,,https://b", config{Listen: "127.0.0.1:8080", AllowOrigins: []string{"https://a", "https://b"}}},
		{"--allow-origin https://c", "ENTENTE_ALLOW_ORIGIN=https://a", config{Listen: "127.0.0.1:8080", AllowOrigins: []string{"https://c"}}},
		{"--listen :80 --tokens-file tokens", "", config{Listen: ":80", TokensFile: "tokens", Limits: shared}},
		{"--trusted-proxy 10.0.0.7", "ENTENTE_TRUSTED_PROXY=10.0.0.8,10.1.0.0/16", config{Listen: "127.0.0.1:8080", Proxies: []string{"10.0.0.7"}, Limits: shared}},
		{"", "ENTENTE_TRUSTED_PROXY=10.0.0.8,10.1.0.0/16", config{Listen: "127.0.0.1:8080", Proxies: []string{"10.0.0.8", "10.1.0.0/16"}, Limits: shared}},
		{"--documents a --documents-only", "", config{Listen: "127.0.0.1:8080", Documents: "a", DocumentsOnly: true}},
		{"--limit-depth 20", "ENTENTE_LIMIT_RATE=50", config{Listen: "127.0.0.1:8080", Limits: server.Limits{Depth: 20, Rate: 50}}},
		{"a.jsonl --public-read b.jsonl -- -c", "", config{Listen: "127.0.0.1:8080", PublicRead: true, Files: []string{"a.jsonl", "b.jsonl", "-c"}}},
	} {
		test.want.Slow = time.Second
		limits, timeouts := server.Defaults()
		if test.want.Limits != (server.Limits{}) {
			limits.Depth, limits.Rate = cmp.Or(test.want.Limits.Depth, limits.Depth), test.want.Limits.Rate
		}
		test.want.Limits, test.want.Timeouts = limits, timeouts
		c, err := newConfig(strings.Fields(test.args), environment(test.env))
		if err != nil || !reflect.DeepEqual(c, test.want) {
			t.Errorf("%s serve %s: %+v, %v, want %+v", test.env, test.args, c, err, test.want)
		}
	}
}

func TestConfigRefuses(t *testing.T) {
	for _, test := range []struct{ args, env, says string }{
		{"", "ENTENTE_PUBLIC_READ=yes", `ENTENTE_PUBLIC_READ is "yes": write true or false`},
		{"", "ENTENTE_LISTEN=0.0.0.0:80", "other machines can reach 0.0.0.0:80"},
		{"--documents-only", "", "--documents-only answers nothing but the documents that --documents names"},
		{"--limit-depth 0", "", `invalid value "0" for --limit-depth: write a number from 1 to 100`},
		{"", "ENTENTE_LIMIT_TIME=1h", `ENTENTE_LIMIT_TIME is "1h": write a time from 10ms to 10m`},
		{"", "ENTENTE_SLOW=1", `ENTENTE_SLOW is "1": write a duration, such as 500ms or 2s`},
		{"--slow -1s", "", "--slow and --drain are durations of 0s or more"},
		{"--log-format xml", "", `there is no log format "xml": write text or json`},
		{"--debug-listen :6060", "", "other machines could reach :6060, and pprof shows what is in memory: write 127.0.0.1:6060"},
		{"--debug-listen 6060", "", `pprof can't listen on "6060"`},
		{"--public-read=yes", "", `invalid value "yes" for --public-read: write true or false`},
		{"--slow fast", "", `invalid value "fast" for --slow: write a duration, such as 500ms or 2s`},
		{"--slow 2", "", `invalid value "2" for --slow: write a duration, such as 500ms or 2s`},
		{"--limit-time=abc", "", `invalid value "abc" for --limit-time: write a time from 10ms to 10m, such as 10s`},
		{"--limit-body-bytes 1MB", "", `invalid value "1MB" for --limit-body-bytes: write a number from 100 to 67108864`},
		{"", "ENTENTE_LIMIT_BODY_BYTES=1MB", `ENTENTE_LIMIT_BODY_BYTES is "1MB": write a number from 100 to 67108864`},
		{"--listen", "", "--listen needs a value"},
	} {
		if _, err := newConfig(strings.Fields(test.args), environment(test.env)); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s serve %s: %v, want %q", test.env, test.args, err, test.says)
		}
	}
	var misused usageError
	if _, err := newConfig([]string{"--listen"}, environment("")); !errors.As(err, &misused) {
		t.Errorf("a flag without its value: %T, want %T", err, misused)
	}
}

func TestMisspeltVariables(t *testing.T) {
	said := misspelt([]string{
		"HOME=/", "ENTENTE_STORE=a", "ENTENTE_LIMIT_QUERY_BYTES=1", "ENTENTE_NEO4J_PASSWORD_FILE=b", "ENTENTE_SLOW=1s", // are right
		"ENTENTE_SERVICE_HOST=c", "ENTENTE_PORT=d", "ENTENTE_PORT_8080_TCP_ADDR=e", "ENTENTE_BENCH_FACTS=1", "ENTENTE_SEED=2", "ENTENTE_KILLS=3", // are others'
		"ENTENTE_STOER=f", "ENTENTE_LIMIT_DEPHT=4", "ENTENTE_NEO4J_PASWORD=g",
	})
	want := []string{
		"ENTENTE_STOER counts for nothing: did you mean ENTENTE_STORE?",
		"ENTENTE_LIMIT_DEPHT counts for nothing: did you mean ENTENTE_LIMIT_DEPTH?",
		"ENTENTE_NEO4J_PASWORD counts for nothing: did you mean ENTENTE_NEO4J_PASSWORD?",
	}
	if !slices.Equal(said, want) {
		t.Errorf("it says %q, want %q", said, want)
	}
	cmd := exec.Command(binary, "version")
	cmd.Env = []string{"ENTENTE_STOER=f"}
	if out, err := cmd.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "entente: "+want[0]+"\n") {
		t.Errorf("the program says %s, %v", out, err)
	}
}

// environment is that of one variable, NAME=value.
func environment(variable string) func(string) string {
	name, value, _ := strings.Cut(variable, "=")
	return func(asked string) string {
		if asked == name {
			return value
		}
		return ""
	}
}

func TestBaseURL(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:80": "http://127.0.0.1:80",
		"[::1]:80":     "http://[::1]:80",
		"0.0.0.0:80":   "http://localhost:80",
		"[::]:80":      "http://localhost:80",
	} {
		tcp, err := net.ResolveTCPAddr("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if got := baseURL(tcp); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
