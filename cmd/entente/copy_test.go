package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A copy that is killed on its way goes on when it is given again, and one that is given once more changes nothing. What the
// second store holds beyond the first is said, and kept.
func TestCopy(t *testing.T) {
	dir := t.TempDir()
	file, from, to := filepath.Join(dir, "generated.jsonl"), filepath.Join(dir, "from.entente"), filepath.Join(dir, "to.entente")
	call(t, "", "generate", "--facts", "15000", "--out", file).check(t, 0)
	call(t, "", "import", "--store", from, file).check(t, 0)
	want := hashOf(t, call(t, "", "export", "--store", from))

	kill(t, to, 3000, "copy", from, to)
	if got := hashOf(t, call(t, "", "export", "--store", to)); got == want {
		t.Fatal("it was killed after everything had been copied")
	}
	for range 2 {
		call(t, "", "copy", from, to).check(t, 0, "Both stores hold the same.", want)
	}
	if got := hashOf(t, call(t, "", "export", "--store", to)); got != want {
		t.Errorf("the copy has %s, want %s", got, want)
	}

	call(t, "", "import", "--store", to, "testdata/good.jsonl").check(t, 0)
	more := call(t, "", "copy", from, to)
	more.check(t, 1, "all was copied, and the second store holds something else too", "from: ", "to: ", want)
	if strings.Contains(more.stderr, "To go on") {
		t.Errorf("there is nothing to go on with:\n%s", more.stderr)
	}
	call(t, `{ node(id: "source:report") { id } }`, "query", "--store", to, "-").check(t, 0, `"source:report"`)
}

func TestCopyFromNothing(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from.entente"), filepath.Join(dir, "to.entente")
	call(t, "", "copy", from, to).check(t, 1, "there is no store "+from)
	if _, err := os.Stat(to); err == nil {
		t.Error("it made the store that it was to copy to")
	}
}

// From a file to a Neo4j and back, the graph is the same, and what it tells of how it came about.
func TestCopyToNeo4jAndBack(t *testing.T) {
	uri := besideOthers(t)
	dir := t.TempDir()
	file, from, back := filepath.Join(dir, "generated.jsonl"), grow(t, dir), filepath.Join(dir, "back.entente")
	call(t, "", "generate", "--facts", "3000", "--out", file).check(t, 0)
	call(t, "", "import", "--store", from, file, "testdata/good.jsonl").check(t, 0)
	want, history := hashOf(t, call(t, "", "export", "--store", from)), historyOf(t, from, "city:a", "city:b")
	for _, stores := range [][2]string{{from, uri}, {uri, back}} {
		r := call(t, "", "copy", stores[0], stores[1])
		r.check(t, 0, "Both stores hold the same.")
		if !strings.Contains(r.stdout, want) {
			t.Errorf("copied from %s to %s, the graph has another hash than %s:\n%s", stores[0], stores[1], want, r.stdout)
		}
		if got := historyOf(t, stores[1], "city:a", "city:b"); got != history {
			t.Errorf("copied from %s to %s, the history is\n%s\nwant\n%s", stores[0], stores[1], got, history)
		}
	}
}
