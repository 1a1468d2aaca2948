package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// hashOf finds the hash that an export printed.
func hashOf(t *testing.T, r result) string {
	t.Helper()
	r.check(t, 0, "SHA-256 ")
	return regexp.MustCompile(`SHA-256 ([0-9a-f]{64})`).FindString(r.stderr)
}

// A graph that is exported, and that of its export, are equal, and their hashes say so; one that differs in a word has another.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	once, twice := filepath.Join(dir, "once.jsonl"), filepath.Join(dir, "twice.jsonl")
	hash := hashOf(t, call(t, "", "export", "--out", once))
	if again := hashOf(t, call(t, "", "export", "--out", twice, once)); again != hash {
		t.Errorf("the export's export has %s, the export %s", again, hash)
	}
	written, err := os.ReadFile(once)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(twice); err != nil || string(again) != string(written) {
		t.Errorf("the export's export has other bytes, %v", err)
	}
	if r := call(t, "", "export", twice); r.stdout != string(written) || hashOf(t, r) != hash {
		t.Error("on standard output it has other bytes")
	}
	call(t, "", "verify", once).check(t, 0, "Every line is right.")
	other := filepath.Join(dir, "other.jsonl")
	if err := os.WriteFile(other, []byte(strings.Replace(string(written), "A city of", "The city of", 1)+`{"entity":"sector:more","name":"More","recordedAt":"2020-01-01T00:00:00Z"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := call(t, "", "export", other); hashOf(t, r) == hash {
		t.Error("a graph with one thing more has the same hash")
	}
}

// What stands at the path stays until there is something whole to take its place.
func TestExportIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.jsonl")
	if err := os.WriteFile(out, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	call(t, "", "export", "--out", out, filepath.Join(dir, "none.jsonl")).check(t, 1, "no such file")
	call(t, "", "generate", "--facts", "100", "--out", filepath.Join(dir, "no", "such", "folder")).check(t, 1, "no such file")
	if text, err := os.ReadFile(out); string(text) != "precious" {
		t.Errorf("the file that was there is now %q, %v", text, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("%d files are left, %v", len(files), err)
	}
	call(t, "", "export", "--out", out, "testdata/good.jsonl").check(t, 0)
	if text, _ := os.ReadFile(out); !strings.HasPrefix(string(text), `{"source":`) {
		t.Errorf("it wrote\n%s", text)
	}
}

// A folder is no file to write to, and what is no file is not replaced by one.
func TestExportToWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"export"}, {"export", "--format", "graphml"}, {"generate", "--facts", "100"}} {
		call(t, "", append(args, "--out", dir)...).check(t, 1, dir+" is a folder: name a file in it")
	}
	null := filepath.Join(dir, "null")
	if err := os.Symlink(os.DevNull, null); err != nil {
		t.Fatal(err)
	}
	call(t, "", "export", "--out", null, "testdata/good.jsonl").check(t, 0)
	if to, err := os.Readlink(null); to != os.DevNull {
		t.Errorf("it is a file now, %v", err)
	}
}

func TestGenerate(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "b.jsonl")
	call(t, "", "generate", "--facts", "3000", "--seed", "7", "--out", a).check(t, 0, "records of facts")
	call(t, "", "generate", "--seed=7", "--facts=3000", "--out", b).check(t, 0)
	first, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := os.ReadFile(b); err != nil || string(second) != string(first) {
		t.Errorf("the same options gave other bytes, %v", err)
	}
	if r := call(t, "", "generate", "--facts", "3000", "--seed", "7"); r.stdout != string(first) {
		t.Error("on standard output it gave other bytes")
	}
	call(t, "", "verify", a).check(t, 0, "Every line is right.")
}

// The other formats are there whole or not at all, from files as from a store, and the tables are read again.
func TestExportOtherFormats(t *testing.T) {
	dir := t.TempDir()
	store, tables := filepath.Join(dir, "graph.entente"), filepath.Join(dir, "tables")
	exported := call(t, "", "export", "--format", "csv", "--out", tables)
	exported.check(t, 0, "Exported ")
	m := regexp.MustCompile(`sources, (\d+ entities) and (\d+ facts)`).FindStringSubmatch(exported.stderr)
	if m == nil {
		t.Fatalf("it said %q", exported.stderr)
	}
	call(t, "", "import", "--store", store, filepath.Join(tables, "sources.csv"), filepath.Join(tables, "entities.csv"), filepath.Join(tables, "facts.csv")).
		check(t, 0, m[1]+", "+strings.Replace(m[2], "facts", "records of facts", 1), m[1]+", "+strings.Replace(m[2], "facts", "accepted facts; before, 0 sources", 1))
	for format, begins := range map[string]string{"graphml": `<?xml version="1.0"`, "geojson": `{"type":"FeatureCollection"`} {
		file := filepath.Join(dir, "graph."+format)
		call(t, "", "export", "--store", store, "--format", format, "--out", file).check(t, 0, m[1]+" and "+m[2])
		text, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(text), begins) {
			t.Errorf("%s: %v, %.100s", format, err, text)
		}
	}
	for name, want := range map[string]string{"csv": "name a folder", "xml": `there is no format "xml"`} {
		call(t, "", "export", "--format", name).check(t, 2, want)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if strings.HasPrefix(f.Name(), ".entente") {
			t.Errorf("%s is left behind", f.Name())
		}
	}
}
