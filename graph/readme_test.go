package graph

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"testing"
)

// TestReadmeAnswer holds the README's query to its answer; -update writes the answer anew.
func TestReadmeAnswer(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	parts := regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```").FindSubmatch(readme)
	if parts == nil {
		t.Fatal("the README has no query with its answer")
	}
	if *update {
		var b bytes.Buffer
		if err := json.Indent(&b, []byte(both(t, demoCatalog(t), string(parts[1]), nil)), "", "  "); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("../README.md", bytes.Replace(readme, parts[2], b.Bytes(), 1), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	answer := both(t, demoCatalog(t), string(parts[1]), nil)
	var want, got bytes.Buffer
	if err := json.Compact(&want, parts[2]); err != nil {
		t.Fatalf("the README's answer is not JSON: %v", err)
	}
	if err := json.Compact(&got, []byte(answer)); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() {
		t.Errorf("the README's answer is not what is answered:\n%s", got.Bytes())
	}
	if lines := bytes.Count(readme, []byte("\n")); lines > 200 {
		t.Errorf("the README has %d lines; keep it to 200", lines)
	}
}
