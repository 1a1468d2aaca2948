package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// hostileBodies are what takes a stock gqlgen down, keeps it busy for long or means to reach what is behind it, as a program sends
// it: the body, and the code of the refusal, "" where it is answered.
func hostileBodies() map[string]string {
	again := strings.Repeat
	doubled := "{entity(id:\"city:cn-jinan\"){...f0}}"
	for i := range 40 {
		doubled += fmt.Sprintf(" fragment f%d on Entity{...f%d ...f%d}", i, i+1, i+1)
	}
	doubled += " fragment f40 on Entity{id}"
	aliases := "{"
	for i := range 200 {
		aliases += fmt.Sprintf("a%d:__typename ", i)
	}
	aliases += "}"
	bodies := map[string]string{`{"query":"{cities{nodes{name}}}"` + again(" ", 2<<20) + `}`: "BODY_TOO_LARGE", again("[", 100_000): "BAD_REQUEST"}
	for n, code := range map[string]string{`"1"`: "BAD_INPUT", "99999999999": "BAD_INPUT", "[" + again("[", 30) + again("]", 30) + "]": "INPUT_TOO_DEEP"} {
		bodies[`{"query":"query($n:Int){cities(first:$n){totalCount}}","variables":{"n":`+n+`}}`] = code
	}
	for query, code := range map[string]string{
		doubled: "TOO_MANY_FRAGMENTS",
		aliases: "TOO_MANY_ALIASES",
		"{cities{nodes{" + again("name ", 1400) + "}}}":                                           "TOO_MANY_REPEATS",
		"{cities{nodes" + again("{partners{nodes", 40) + "{id}" + again("}}", 40) + "}}":          "QUERY_TOO_DEEP",
		"{cities" + again("@skip(if:false)", 100) + "{totalCount}}":                               "TOO_MANY_DIRECTIVES",
		"{" + again("__schema{types{name}}", 10) + "}":                                            "TOO_MANY_INTROSPECTIONS",
		"{__schema{types{fields{type{fields{type{name}}}}}}}":                                     "INTROSPECTION_TOO_DEEP",
		"{" + again("a ", 20_000) + "}":                                                           "QUERY_TOO_LONG",
		"{" + again("a ", 5_000) + "}":                                                            "TOO_MANY_TOKENS",
		"{cities(where:" + again("{not:", 100) + "{}" + again("}", 100) + "){totalCount}}":        "INPUT_TOO_DEEP",
		"{cities(first:2147483647,after:\"Y3Vyc29yOTIyMzM3MjAzNjg1NDc3NTgwNw==\"){totalCount}}":   "BAD_INPUT",
		"{cities(first:100){nodes{partners(first:100){nodes{partners(first:100){totalCount}}}}}}": "TOO_LARGE",
		// Cypher, and the language of Lucene, are texts like others.
		`{search(text:"\\u0060}) MATCH (n) DETACH DELETE n //"){edges{node{__typename}}}}`:    "",
		`{search(text:"*:* OR /.*/ \"name:[* TO *]"){edges{node{__typename}}}}`:               "",
		`{cities(where:{name:{startsWith:"' OR 1=1 //"}}){totalCount}}`:                       "",
		"{entity(id:\"city:cn-jinan\"){" + again("...{", 300) + "id" + again("}", 300) + "}}": "QUERY_TOO_DEEP",
	} {
		body, err := json.Marshal(question{Query: query})
		if err != nil {
			panic(err) // it is a text
		}
		bodies[string(body)] = code
	}
	return bodies
}

// A flood of hostile requests is refused, in a few bytes each and with what is wrong, or told to come again; others are answered
// meanwhile, and afterwards everything is as it was: the graph, the memory, and what runs.
func TestFloodOfHostileRequests(t *testing.T) {
	for engine, store := range map[string]func(t *testing.T) string{
		"embedded": func(t *testing.T) string { return filepath.Join(t.TempDir(), "graph.entente") },
		"Neo4j":    func(t *testing.T) string { return neo4jtest.Fresh(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			uri := store(t)
			server := start(t, []string{"ENTENTE_STORE=" + uri}, "--limit-operations", "2", "--limit-waiting", "2")
			const asked = `{ entity(id: "city:cn-jinan") { ... on City { partners(first: 10) { edges { node { name } fact { since } } } } } }`
			want := answered(t, server.base, asked)
			goroutines := func() float64 { return valueOf(scrape(t, server.base), "go_goroutines") }
			calm, memory := goroutines(), residentBytes(t, server.cmd.Process.Pid)

			transport := &http.Transport{MaxIdleConnsPerHost: 64}
			client := http.Client{Transport: transport, Timeout: readyWithin}
			send := func(body string) (status int, again, text string) {
				response, err := client.Post(server.base+"/graphql", "application/json", strings.NewReader(body))
				if err != nil {
					t.Errorf("a request of %d bytes was not answered: %v", len(body), err)
					return 0, "", ""
				}
				defer response.Body.Close()
				read, err := io.ReadAll(response.Body)
				if err != nil {
					t.Errorf("an answer broke off: %v", err)
				}
				return response.StatusCode, response.Header.Get("Retry-After"), string(read)
			}
			var refused, served, most atomic.Int64
			var flood, others sync.WaitGroup
			over := make(chan struct{})
			for range 8 {
				flood.Go(func() {
					for round := 0; round < 2 || refused.Load() == 0 && round < 1000; round++ {
						for body, code := range hostileBodies() {
							status, again, text := send(body)
							if status == http.StatusServiceUnavailable {
								refused.Add(1)
								if again == "" || !strings.Contains(text, "OVERLOADED") {
									t.Errorf("503 with Retry-After %q: %s", again, text)
								}
							} else if code == "" && strings.HasPrefix(text, `{"data"`) {
								continue
							} else if !strings.Contains(text, `"code":"`+code+`"`) || len(text) > 2<<10 {
								t.Errorf("%.80s… = %d %.300s, want %s in at most 2 KB", body, status, text, code)
							}
						}
						most.Store(max(most.Load(), int64(residentBytes(t, server.cmd.Process.Pid))))
					}
				})
			}
			body, err := json.Marshal(question{Query: asked})
			if err != nil {
				t.Fatal(err)
			}
			others.Go(func() {
				for {
					select {
					case <-over:
						return
					default:
					}
					switch status, _, text := send(string(body)); {
					case status == http.StatusOK && text == want:
						served.Add(1)
					case status != http.StatusServiceUnavailable:
						t.Errorf("somebody else was answered %d %s", status, text)
					}
					if response, err := client.Get(server.base + "/healthz"); err != nil || response.StatusCode != http.StatusOK {
						t.Errorf("/healthz: %v, %v", response, err)
					} else {
						readBody(t, response)
					}
				}
			})
			flood.Wait()
			close(over)
			others.Wait()
			transport.CloseIdleConnections()
			if served.Load() == 0 || refused.Load() == 0 {
				t.Errorf("others were answered %d times and %d requests were told to come again, want both", served.Load(), refused.Load())
			}
			const more = 256 << 20
			if most.Load() > int64(memory)+more {
				t.Errorf("the server took up to %d MB, and %d MB before", most.Load()>>20, memory>>20)
			}
			for end := time.Now().Add(stopWithin); goroutines() > calm+2; time.Sleep(50 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("%v goroutines run, and %v did before", goroutines(), calm)
				}
			}
			if got := answered(t, server.base, asked); got != want {
				t.Errorf("afterwards the answer is\n%s\nand was\n%s", got, want)
			}
			if code := server.stop(); code != 0 {
				t.Errorf("exit code %d, want 0", code)
			}
			if strings.Contains(server.stderr.String(), "panic") || strings.Contains(server.stderr.String(), "INTERNAL") {
				t.Errorf("something went wrong inside:\n%s", server.stderr)
			}
			callIn(t.Context(), map[string]string{"ENTENTE_STORE": uri}, "", "verify").check(t, 0, "All of it is right.")
		})
	}
}
