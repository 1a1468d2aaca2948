package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/table"
)

func TestServeDemo(t *testing.T) {
	server := start(t, nil)
	for _, part := range []string{"serves the demo graph: ", " accepted facts.\n", "read by this machine alone", server.base + "/graphiql\n"} {
		if !strings.Contains(server.stdout, part) {
			t.Errorf("at the start it did not say %q:\n%s", part, server.stdout)
		}
	}
	for path, part := range map[string]string{
		"/healthz":            "The server is running.",
		"/readyz":             "The store answers.",
		"/schema.graphql":     "type City implements",
		"/graphiql":           "<!doctype html>",
		"/graphiql/tabs.json": `"title":"Entity"`,
		"/playground":         "<!doctype html>",
	} {
		response, err := http.Get(server.base + path)
		if err != nil {
			t.Fatal(err)
		}
		if body := readBody(t, response); response.StatusCode != http.StatusOK || !strings.Contains(body, part) {
			t.Errorf("GET %s: %d, want 200 and %q in\n%.300s", path, response.StatusCode, part, body)
		}
	}
	for _, q := range demo.Questions() {
		t.Run(q.Name, func(t *testing.T) {
			posted := checkAnswered(t, post(t, server.base, q.Query))
			response, err := http.Get(server.base + "/graphql?" + url.Values{"query": {q.Query}}.Encode())
			if err != nil {
				t.Fatal(err)
			}
			if got := checkAnswered(t, response); got != posted {
				t.Errorf("GET answers\n%s\nand POST\n%s", got, posted)
			}
		})
	}
}

func post(t *testing.T, base, query string) *http.Response {
	t.Helper()
	body, err := json.Marshal(question{Query: query})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(base+"/graphql", "application/json", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	return response
}

// checkAnswered holds that every root field of an answer says something, and gives the body.
func checkAnswered(t *testing.T, response *http.Response) string {
	t.Helper()
	body := readBody(t, response)
	var a answer
	if err := json.Unmarshal([]byte(body), &a); err != nil || response.StatusCode != http.StatusOK || len(a.Errors) > 0 {
		t.Fatalf("%d, %v\n%s", response.StatusCode, err, body)
	}
	data, err := table.Decode(a.Data)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range data.(table.Object) {
		if table.Compact(field.Value) == "" {
			t.Errorf("%s is empty:\n%s", field.Key, body)
		}
	}
	return body
}

func readBody(t *testing.T, response *http.Response) string {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestServeFiles(t *testing.T) {
	// A variable counts where there is no flag.
	server := start(t, []string{"ENTENTE_ALLOW_ORIGIN=https://maps.example.org"}, "testdata/good.jsonl", "testdata/broken.jsonl")
	if part := "serves 2 files: "; !strings.Contains(server.stdout, part) {
		t.Errorf("at the start it did not say %q:\n%s", part, server.stdout)
	}
	request, err := http.NewRequest(http.MethodGet, server.base+"/graphql?query=%7Bcities%7Bnodes%7Bid%7D%7D%7D", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://maps.example.org")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if body := readBody(t, response); !strings.Contains(body, "city:cn-jinan") || !strings.Contains(body, "city:fi-oulu") {
		t.Errorf("the cities of the files: %s", body)
	}
	if got := response.Header.Get("Access-Control-Allow-Origin"); got != "https://maps.example.org" {
		t.Errorf("Access-Control-Allow-Origin: %q", got)
	}
	server.stop() // only then all that it said has come
	for _, part := range []string{"broken.jsonl:3: ", "\n\t" + `{"entity":"city:fr-rennes","name":"Rennes"` + "\n", "left out."} {
		if !strings.Contains(server.stderr.String(), part) {
			t.Errorf("about the bad lines it did not say %q:\n%s", part, server.stderr)
		}
	}
}

// A page of another site can have its own name resolved to this machine. Unless everybody may read, that name gets nothing. Who may
// read need not see the figures.
func TestServeHosts(t *testing.T) {
	alone := start(t, []string{"ENTENTE_ALLOW_ORIGIN=https://maps.example.org"})
	public := start(t, nil, "--public-read")
	for _, test := range []struct {
		server *process
		host   string
		status int
	}{
		{alone, "localhost:1", http.StatusOK},
		{alone, "maps.example.org", http.StatusOK},
		{alone, "evil.example:8080", http.StatusForbidden},
		{public, "evil.example:8080", http.StatusOK},
	} {
		request, err := http.NewRequest(http.MethodPost, test.server.base+"/graphql", strings.NewReader(`{"query":"{__typename}"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Host = test.host
		request.Header.Set("Origin", "http://"+test.host)
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if body := readBody(t, response); response.StatusCode != test.status {
			t.Errorf("%s: %d, want %d\n%s", test.host, response.StatusCode, test.status, body)
		}
	}
	figures, err := http.Get(public.base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	if body := readBody(t, figures); figures.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "--debug-listen") {
		t.Errorf("the figures of a public server: %d\n%s", figures.StatusCode, body)
	}
}

// A request that has begun when the server is told to stop is answered, and only then does the server end.
func TestServeStopsInOrder(t *testing.T) {
	server := start(t, nil)
	address := strings.TrimPrefix(server.base, "http://")
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	const body = `{"query":"{ entity(id: \"city:cn-jinan\") { name } }"}`
	fmt.Fprintf(connection, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		address, len(body))
	// The server asks for the body once its handler reads it: from then on the request is in flight.
	in := bufio.NewReader(connection)
	if line, err := in.ReadString('\n'); err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		t.Fatalf("the server said %q, %v", line, err)
	}
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := server.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(stopWithin); ; time.Sleep(10 * time.Millisecond) {
		other, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		other.Close()
		if time.Now().After(deadline) {
			t.Fatal("the server still takes connections")
		}
	}
	fmt.Fprint(connection, body)
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatalf("the request in flight was not answered: %v", err)
	}
	if got, want := readBody(t, response), `{"data":{"entity":{"name":"Jinan"}},`; !strings.HasPrefix(got, want) {
		t.Errorf("the answer to the request in flight: %s, want it to begin with %s", got, want)
	}
	if code := server.waitEnd(); code != 0 {
		t.Errorf("exit code %d, want 0\n%s", code, server.stderr)
	}
}

func TestServeRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	empty := filepath.Join(t.TempDir(), "empty.jsonl")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args string
		code int
		says string
	}{
		{"--listen " + taken.Addr().String(), 1, "something listens on " + taken.Addr().String() + " already"},
		{"--listen :8080", 1, "add --public-read if it is for everybody, or listen on 127.0.0.1:8080"},
		{"--listen 192.0.2.1:80", 1, "other machines can reach 192.0.2.1:80"},
		{"--listen 8080", 1, `can't listen on "8080"`},
		{"--listen 127.0.0.1:0 --allow-origin maps.example.org", 1, `invalid origin "maps.example.org"`},
		{"--listen 127.0.0.1:0 testdata/none.jsonl", 1, "testdata/none.jsonl: no such file"},
		{"--listen 127.0.0.1:0 " + empty, 1, "nothing could be read from " + empty},
		{"--listen 127.0.0.1:0 main.go", 1, "main.go:1: "},
		{"--port 8080", 2, "usage: entente serve"},
	} {
		t.Run(test.args, func(t *testing.T) {
			call(t, "", append([]string{"serve"}, strings.Fields(test.args)...)...).check(t, test.code, test.says)
		})
	}
}
