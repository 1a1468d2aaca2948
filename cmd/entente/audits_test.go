package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The program speaks GraphQL over HTTP to the letter: it passes all audits of graphql-http, the reference implementation, those of
// what a server must do, should do and may do.
func TestAudits(t *testing.T) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			const missing = "no Node on this machine, so the audits of GraphQL over HTTP were left out: install one (on Debian: apt-get install nodejs npm)"
			if os.Getenv("CI") == "true" {
				t.Fatal(missing)
			}
			t.Skip(missing)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/audits")); err != nil {
		t.Fatal(err)
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", install, err, out)
	}
	server := start(t, nil)
	audit := exec.Command("node", filepath.Join(dir, "run.mjs"), server.base+"/graphql")
	audit.Stderr = os.Stderr
	out, err := audit.Output()
	if err != nil {
		t.Fatalf("%v: %v", audit, err)
	}
	passed := 0
	for line := range strings.Lines(string(out)) {
		var a struct{ ID, Name, Status, Reason string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if a.Status == "ok" {
			passed++
			continue
		}
		t.Errorf("%s, %s: %s: %s", a.ID, a.Name, a.Status, a.Reason)
	}
	if passed != 61 {
		t.Errorf("%d audits passed, want all 61", passed)
	}
}
