package web_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// manifest is dist/MANIFEST.json, as ui/scripts/manifest.mjs writes it: names and SHA-256.
type manifest struct {
	Inputs, Outputs map[string]string
}

func readManifest(t *testing.T) manifest {
	t.Helper()
	content, err := os.ReadFile("dist/MANIFEST.json")
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// stale says how the folders differ from what the manifest was made of.
func (m manifest) stale(t *testing.T, ui, dist fs.FS) []string {
	t.Helper()
	inputs := sums(t, ui, func(name string) bool {
		return !strings.HasSuffix(name, ".md") && !slices.Contains(strings.Split(name, "/"), "node_modules")
	})
	outputs := sums(t, dist, func(name string) bool { return name != "MANIFEST.json" })
	return append(differences("ui", m.Inputs, inputs), differences("dist", m.Outputs, outputs)...)
}

func sums(t *testing.T, root fs.FS, included func(string) bool) map[string]string {
	t.Helper()
	all := make(map[string]string)
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == "node_modules" {
				return fs.SkipDir
			}
			return nil
		}
		if included(name) {
			content, err := fs.ReadFile(root, name)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(content)
			all[name] = hex.EncodeToString(sum[:])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func differences(folder string, recorded, found map[string]string) []string {
	var all []string
	for name, sum := range recorded {
		switch found[name] {
		case sum:
		case "":
			all = append(all, fmt.Sprintf("%s/%s is gone", folder, name))
		default:
			all = append(all, fmt.Sprintf("%s/%s was changed", folder, name))
		}
	}
	for name := range found {
		if _, ok := recorded[name]; !ok {
			all = append(all, fmt.Sprintf("%s/%s is new", folder, name))
		}
	}
	slices.Sort(all)
	return all
}

func TestDistIsBuiltFromTheSources(t *testing.T) {
	for _, difference := range readManifest(t).stale(t, os.DirFS("ui"), os.DirFS("dist")) {
		t.Errorf("%s since dist was built; run: sh internal/web/ui/build.sh", difference)
	}
}

func TestStaleDistIsFound(t *testing.T) {
	sum := func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }
	m := manifest{
		Inputs:  map[string]string{"graphiql/main.tsx": sum("source")},
		Outputs: map[string]string{"graphiql/main.js": sum("built")},
	}
	for _, test := range []struct{ ui, dist, want string }{
		{"graphiql/main.tsx=source", "graphiql/main.js=built", ""},
		{"graphiql/main.tsx=source README.md=words graphiql/node_modules/x.js=x", "graphiql/main.js=built MANIFEST.json={}", ""},
		{"graphiql/main.tsx=other", "graphiql/main.js=built", "ui/graphiql/main.tsx was changed"},
		{"", "graphiql/main.js=built", "ui/graphiql/main.tsx is gone"},
		{"graphiql/main.tsx=source graphiql/new.ts=new", "graphiql/main.js=built", "ui/graphiql/new.ts is new"},
		{"graphiql/main.tsx=source", "graphiql/main.js=edited", "dist/graphiql/main.js was changed"},
		{"graphiql/main.tsx=source", "", "dist/graphiql/main.js is gone"},
		{"graphiql/main.tsx=source", "graphiql/main.js=built graphiql/old.js=old", "dist/graphiql/old.js is new"},
	} {
		if got := strings.Join(m.stale(t, folder(test.ui), folder(test.dist)), ", "); got != test.want {
			t.Errorf("ui %q, dist %q: %q, want %q", test.ui, test.dist, got, test.want)
		}
	}
}

func folder(files string) fs.FS {
	all := make(fstest.MapFS)
	for file := range strings.FieldsSeq(files) {
		name, content, _ := strings.Cut(file, "=")
		all[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return all
}

// findOutput gives the first group of the only file in dist that the pattern matches.
func findOutput(t *testing.T, pattern string) string {
	t.Helper()
	var found []string
	for name := range readManifest(t).Outputs {
		if match := regexp.MustCompile(pattern).FindStringSubmatch(name); match != nil {
			found = append(found, match[1])
		}
	}
	if len(found) != 1 {
		t.Fatalf("files in dist like %s: %q, want one", pattern, found)
	}
	return found[0]
}

// fetches are the ways in which a page loads something by itself. A link that is clicked is none.
var fetches = map[string]*regexp.Regexp{
	".html": regexp.MustCompile(`(?i)(?:<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc|<link\b[^>]*\bhref)\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]*`),
	".css":  regexp.MustCompile(`(?i)(?:url\(\s*["']?|@import\s+["'])\s*(?:https?:)?//[^"')]*`),
	".js": regexp.MustCompile("(?:\\b(?:fetch|import|importScripts|Worker|SharedWorker|WebSocket|EventSource|sendBeacon)\\(\\s*" +
		"|\\bfrom\\s*|\\bimport\\s*|\\bsrc\\s*[:=]\\s*|\\burl\\(\\s*)[\"'`]?(?:https?:|wss?:)//[^\"'`)]*"),
}

func TestNothingIsFetchedFromOutside(t *testing.T) {
	dist := os.DirFS("dist")
	for _, name := range slices.Sorted(maps.Keys(readManifest(t).Outputs)) {
		pattern, ok := fetches[path.Ext(name)]
		if !ok {
			continue
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range pattern.FindAll(content, -1) {
			t.Errorf("dist/%s loads from outside: %s", name, found)
		}
	}
}

func TestFetchesAreFound(t *testing.T) {
	for ext, samples := range map[string][]string{
		".html": {`<script type=module src="https://h/x.js">`, `<link rel=stylesheet href='//h/x.css'>`, `<img src=http://h/x>`},
		".css":  {`url(https://h/x)`, `url( "//h/x")`, `@import "https://h/x.css"`},
		".js":   {"fetch(`https://h`)", `import("https://h")`, `import x from"https://h"`, `import"https://h"`, `new Worker('https://h')`, `img.src="http://h"`, `url(http://h)`},
	} {
		for _, sample := range samples {
			if !fetches[ext].MatchString(sample) {
				t.Errorf("%s: %s is not found", ext, sample)
			}
		}
	}
}

func TestPageHasNoInlineScript(t *testing.T) {
	page, err := os.ReadFile("dist/graphiql/index.html")
	if err != nil {
		t.Fatal(err)
	}
	if inline := regexp.MustCompile(`(?s)<script(?:\s[^>]*)?>[^<]+|\son\w+\s*=`).Find(page); inline != nil {
		t.Errorf("index.html: %s", inline)
	}
}

func TestGraphiQLStaysSmall(t *testing.T) {
	const budget = 1.9 * (1 << 20) // bytes
	var zipped bytes.Buffer
	raw := 0
	for name := range readManifest(t).Outputs {
		if !strings.HasPrefix(name, "graphiql/") {
			continue
		}
		content, err := os.ReadFile(path.Join("dist", name))
		if err != nil {
			t.Fatal(err)
		}
		raw += len(content)
		w := gzip.NewWriter(&zipped)
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("GraphiQL: %.2f MiB, compressed %.2f MiB", float64(raw)/(1<<20), float64(zipped.Len())/(1<<20))
	if float64(zipped.Len()) > budget {
		t.Errorf("GraphiQL: %d bytes compressed, the budget is %.0f", zipped.Len(), budget)
	}
}
