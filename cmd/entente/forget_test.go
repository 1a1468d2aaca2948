package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A source that is forgotten is in no answer, no export and no byte of the file; all else is as it was.
func TestForget(t *testing.T) {
	dir := t.TempDir()
	store, other := filepath.Join(dir, "graph.entente"), filepath.Join(dir, "other.entente")
	server := start(t, []string{"ENTENTE_STORE=" + store})
	server.stop()
	call(t, "", "import", "--store", store, "testdata/good.jsonl").check(t, 0)
	text, err := os.ReadFile("testdata/good.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(`"source:report"`)) {
		t.Fatal("the file has no source:report")
	}
	before := call(t, "", "export", "--store", store)
	call(t, "", "forget", "--store", store, "--dry-run", "source:report").check(t, 0, "source:report would go, with ")
	if hashOf(t, call(t, "", "export", "--store", store)) != hashOf(t, before) {
		t.Error("a dry run changed the graph")
	}
	call(t, "", "forget", "--store", store, "--to", other, "source:report").check(t, 0, "source:report is gone, with ")
	if hashOf(t, call(t, "", "export", "--store", store)) != hashOf(t, before) {
		t.Error("what was written to another store changed this one")
	}
	call(t, "", "forget", "--store", store, "source:report").check(t, 0, "source:report is gone, with ")
	after := call(t, "", "export", "--store", store)
	if hashOf(t, after) != hashOf(t, call(t, "", "export", "--store", other)) {
		t.Error("in place and elsewhere, it left two graphs")
	}
	for line := range strings.SplitSeq(before.stdout, "\n") {
		if strings.Contains(line, "source:report") || strings.HasPrefix(line, `{"alias"`) {
			continue
		}
		if !strings.Contains(after.stdout, line) {
			t.Errorf("there is no more: %s", line)
		}
	}
	data, err := os.ReadFile(store)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte("source:report")) {
		t.Error("the file still names it")
	}
	call(t, "", "forget", "--store", store, "source:report").check(t, 1, `no source "source:report"`)
	call(t, "", "forget", "--store", store, "--to", other, "source:visit").check(t, 1)
	call(t, "", "verify", "--store", store).check(t, 0, "All of it is right.")
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.Contains(f.Name(), "-without") {
			t.Errorf("it left %s behind", f.Name())
		}
	}
}
