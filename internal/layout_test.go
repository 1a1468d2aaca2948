// Package internal_test holds what is true of the module as a whole: what lies at its top, and which way imports point.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/ententegraph/entente"

const (
	gqlgen    = "github.com/99designs/gqlgen"
	gqlparser = "github.com/vektah/gqlparser/v2"
	text      = "golang.org/x/text"
)

// layout says what each package may import, besides the standard library: packages of this module by their path in it, and
// modules of others. What does not stand here is not there yet; whoever adds it decides where it belongs.
//
// cmd -> server -> graph -> kg <- engines, ingest, export. Engines never meet, and nothing below cmd knows one.
var layout = map[string][]string{
	"schema":          {gqlparser},
	"graph":           {"graph/generated", "graph/model", "graph/plan", "internal/kg", "internal/recent", "schema", gqlgen, gqlparser},
	"graph/gen":       {"internal/kg", "schema", gqlgen, gqlparser},
	"graph/generated": {"graph/model", gqlgen, gqlparser},
	"graph/model":     {"graph/plan", "internal/kg", gqlgen},
	"graph/plan":      {"internal/kg", gqlparser},
	"graph/graphtest": {"internal/demo", "internal/ingest", "internal/kg", "internal/storetest", gqlgen, gqlparser},

	"internal/kg":                         {text},
	"internal/storetest":                  {"internal/kg"},
	"internal/neo4jstore":                 {"internal/kg", "github.com/neo4j/neo4j-go-driver/v5"},
	"internal/sqlitestore":                {"internal/kg", "zombiezen.com/go/sqlite"},
	"internal/neo4jstore/neo4jtest":       {"github.com/neo4j/neo4j-go-driver/v5"},
	"internal/neo4jstore/neo4jtest/fetch": {"internal/neo4jstore/neo4jtest"},
	"internal/ingest":                     {"internal/export", "internal/kg"},
	"internal/export":                     {"internal/kg"},
	"internal/table":                      {"internal/export", gqlparser},
	"internal/bench":                      {},
	"internal/forget":                     {"internal/kg"},
	"internal/recent":                     {},
	"internal/licences":                   {},
	"internal/demo":                       {},
	"internal/generate":                   {"internal/demo", "internal/export", "internal/kg"},
	"internal/server":                     {"internal/kg", "internal/recent", "internal/table", "internal/telemetry", gqlgen, gqlparser, "github.com/rs/cors"},
	"internal/telemetry":                  {"internal/kg", "internal/recent", "github.com/prometheus/client_golang", "go.opentelemetry.io/otel", "go.opentelemetry.io/proto/otlp/trace", "google.golang.org/protobuf/proto"},
	"internal/web":                        {},
	"internal/web/browsertest":            {"github.com/chromedp/chromedp", "github.com/chromedp/cdproto"},

	"cmd/entente": {"graph", "schema", "internal/demo", "internal/export", "internal/forget", "internal/generate", "internal/ingest", "internal/kg", "internal/licences",
		"internal/neo4jstore", "internal/recent", "internal/server", "internal/sqlitestore", "internal/table", "internal/telemetry", "internal/web", text, "golang.org/x/term"},
}

func TestImportsPointOneWay(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		seen[name] = true
		allowed, known := layout[name]
		if !known && len(p.GoFiles) > 0 {
			t.Errorf("%s is not in the layout: say there what it may import", name)
			continue
		}
		for _, path := range p.Imports {
			if !permits(allowed, path) {
				t.Errorf("%s imports %s: it may import the standard library and %q", name, path, allowed)
			}
		}
	}
	for name := range layout {
		if !seen[name] {
			t.Errorf("%s is in the layout and nowhere else", name)
		}
	}
}

// permits says whether a package may import a path, if it may import what is allowed.
func permits(allowed []string, path string) bool {
	if domain, _, _ := strings.Cut(path, "/"); !strings.Contains(domain, ".") {
		return true // the standard library
	}
	if own, ours := strings.CutPrefix(path, module+"/"); ours {
		return slices.Contains(allowed, own)
	}
	return slices.ContainsFunc(allowed, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
}

func TestPermits(t *testing.T) {
	allowed := []string{"internal/kg", text}
	for path, want := range map[string]bool{
		"net/http":                    true,
		text:                          true,
		text + "/cases":               true,
		text + "ual":                  false,
		"golang.org/x/term":           false,
		module + "/internal/kg":       true,
		module + "/internal/kg/inner": false,
		module + "/internal/server":   false,
	} {
		if got := permits(allowed, path); got != want {
			t.Errorf("permits(%q, %s) = %v, want %v", allowed, path, got, want)
		}
	}
}

type goPackage struct {
	ImportPath       string
	GoFiles, Imports []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,GoFiles,Imports", module+"/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("%v: %v", list, err)
	}
	var all []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		switch err := decoder.Decode(&p); {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			t.Fatalf("%v: %v", list, err)
		}
		all = append(all, p)
	}
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	belongs := []string{"cmd", "graph", "internal", "schema", "go.mod", "go.sum", "gqlgen.yml", "LICENSE", "Makefile", "README.md"}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, ".") && name != "bin" && !slices.Contains(belongs, name) { // bin is made by `make build`, and ignored
			t.Errorf("%s lies at the top of the repository, where nothing belongs but %q and dot files", name, belongs)
		}
	}
}
