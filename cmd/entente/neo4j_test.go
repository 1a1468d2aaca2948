package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// besideOthers lets a test run beside others that have each a Neo4j of their own, and gives the URI of its, which is empty. It is for
// those whose result does not depend on how busy the machine is.
func besideOthers(t *testing.T) string {
	t.Helper()
	t.Parallel()
	uri := neo4jtest.Lend(t)
	neo4jtest.Empty(t, uri)
	return uri
}

// With a Neo4j named, an empty one, `entente serve` has the demo graph in it and answers every question as it does in memory;
// started again, it serves what is there.
func TestNeo4jServesTheDemoGraph(t *testing.T) {
	uri := besideOthers(t)
	env := []string{"ENTENTE_STORE=" + uri}
	memory, server := start(t, nil), start(t, env)
	for _, part := range []string{"serves the demo graph: ", ", kept in bolt://127.0.0.1:"} {
		if !strings.Contains(server.stdout, part) {
			t.Errorf("at the start it did not say %q:\n%s", part, server.stdout)
		}
	}
	for _, q := range demo.Questions() {
		t.Run(q.Name, func(t *testing.T) {
			if got, want := answered(t, server.base, q.Query), checkAnswered(t, post(t, memory.base, q.Query)); got != want {
				t.Errorf("over Neo4j it answers\n%s\nand in memory\n%s", got, want)
			}
		})
	}
	if code := server.stop(); code != 0 {
		t.Errorf("exit code %d, want 0\n%s", code, server.stderr)
	}
	again := start(t, env, "testdata/good.jsonl")
	if part := "serves testdata/good.jsonl: "; !strings.Contains(again.stdout, part) {
		t.Errorf("with a file it did not say %q:\n%s", part, again.stdout)
	}
	again.stop()
	again = start(t, env)
	if part := " serves what bolt://127.0.0.1:"; !strings.Contains(again.stdout, part) {
		t.Errorf("started again it did not say %q:\n%s", part, again.stdout)
	}
	body := answered(t, again.base, `{ demo: entity(id: "event:2024-jinan-europe-visit") { name } file: node(id: "source:report") { ... on Source { title } } }`)
	for _, want := range []string{`"demo":{"name":"Visit of a Jinan`, `"file":{"title":"A report"}`} {
		if !strings.Contains(body, want) {
			t.Errorf("it answers %s, want %s", body, want)
		}
	}
	call(t, "", "verify", "--store", uri).check(t, 0, "All of it is right.")
}

// answered asks until there is an answer: a server that was started for a test may take long to plan its first statements.
func answered(t *testing.T, base, query string) string {
	t.Helper()
	for end := time.Now().Add(readyWithin); ; {
		response := post(t, base, query)
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		var a answer
		if err == nil && json.Unmarshal(body, &a) == nil && len(a.Errors) == 0 {
			return string(body)
		}
		if time.Now().After(end) {
			t.Fatalf("it does not answer: %v\n%s", err, body)
		}
	}
}

// An import that was interrupted, and killed when it was given again, goes on when it is given a third time: nothing is lost, and
// nothing is there twice. What is exported then makes an equal graph.
func TestNeo4jImportIsRestartable(t *testing.T) {
	uri := besideOthers(t)
	dir := t.TempDir()
	file, out := filepath.Join(dir, "generated.jsonl"), filepath.Join(dir, "out.jsonl")
	call(t, "", "generate", "--facts", "15000", "--out", file).check(t, 0)
	want := hashOf(t, call(t, "", "export", "--out", out, file))
	stderr := importUntil(t, uri, file, os.Interrupt, "MATCH (n:City) RETURN count(n)")
	for _, part := range []string{"give the same command again", "interrupted"} {
		if !strings.Contains(stderr, part) {
			t.Errorf("interrupted, it did not say %q:\n%s", part, stderr)
		}
	}
	importUntil(t, uri, file, syscall.SIGKILL, "MATCH ()-[r:PARTNERS_WITH]->() RETURN count(r)")
	store := map[string]string{"ENTENTE_STORE": uri}
	for _, time := range []string{"third", "fourth"} {
		callIn(t.Context(), store, "", "import", file).check(t, 0, file+" in ")
		if got := hashOf(t, callIn(t.Context(), store, "", "export", "--out", out)); got != want {
			t.Fatalf("after the %s import the graph has %s, the file's is %s", time, got, want)
		}
	}
	callIn(t.Context(), store, "", "verify").check(t, 0, "All of it is right.")

	neo4jtest.Empty(t, uri)
	callIn(t.Context(), store, "", "import", "--workers", "3", out).check(t, 0)
	if got := hashOf(t, callIn(t.Context(), store, "", "export")); got != want {
		t.Errorf("what was made of the export has %s, want %s", got, want)
	}
	neo4jtest.Run(t, uri, "MATCH ()-[r:PARTNERS_WITH {quoted: true}]->() WITH r LIMIT 1 SET r.confidence = 0.123, r.quoted = NULL")
	neo4jtest.Run(t, uri, "MATCH (:Company)-[r:COMPANY_IN_COUNTRY]->() WITH r LIMIT 1 DELETE r")
	neo4jtest.Run(t, uri, "MATCH (n:Agreement) WITH n LIMIT 1 SET n.status = ['SURVIVING'], n.status_from = [-999999], n.status_known = [datetime('0001-01-01T00:00Z')]")
	callIn(t.Context(), store, "", "verify").check(t, 1, "partners_with:", "the fact is not shown as its history makes it", "facts with a quote",
		"company:", "it is found in the country", "agreement:", "not found as that")
}

// importUntil imports a file until a query counts something, then sends the program a signal and gives what it said.
func importUntil(t *testing.T, uri, file string, signal os.Signal, count string) string {
	t.Helper()
	cmd := exec.Command(binary, "import", "--store", uri, file)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	ended := begin(t, cmd)
	for end := time.Now().Add(readyWithin); ; time.Sleep(10 * time.Millisecond) {
		if n := neo4jtest.Run(t, uri, count)[0].Values[0].(int64); n > 0 {
			break
		}
		if time.Now().After(end) {
			t.Errorf("nothing has come within %v\n%s", readyWithin, stderr.String())
			break
		}
	}
	_ = cmd.Process.Signal(signal) // it may have ended
	<-ended
	if cmd.ProcessState.Success() {
		t.Errorf("it was not stopped by %v: it had ended", signal)
	}
	return stderr.String()
}

// What is not right is reported with its place, and stops nothing.
func TestNeo4jImportReportsBadLines(t *testing.T) {
	store := map[string]string{"ENTENTE_STORE": besideOthers(t)}
	report := filepath.Join(t.TempDir(), "report")
	r := callIn(t.Context(), store, "", "import", "--report", report, "testdata/broken.jsonl", "testdata/good.jsonl")
	r.check(t, 1, "2 files in ", "lines or files were left out, see "+report)
	text, err := os.ReadFile(report)
	if err != nil || !strings.Contains(string(text), "testdata/broken.jsonl:3: ") {
		t.Errorf("the report says, %v\n%s", err, text)
	}
	call(t, "{ entity(id: \"city:fi-oulu\") { name } }", "query", "--store", store["ENTENTE_STORE"], "-").check(t, 0, `"Oulu"`)
	callIn(t.Context(), store, "", "import", "testdata/broken.jsonl").check(t, 1, "testdata/broken.jsonl:3: ", "left out.")
}
