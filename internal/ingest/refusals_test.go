package ingest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the tests expect anew")

// TestRefusals holds every refusal to its words: testdata/refused.txt has lines of the format, each followed by the reason
// why it is not taken.
func TestRefusals(t *testing.T) {
	path := filepath.Join("testdata", "refused.txt")
	c := newCatalog()
	mustLoad(t, c, Path(filepath.Join("testdata", "base.jsonl")))
	before := dump(t, c)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "  ") {
			continue // a reason
		}
		got.WriteString(line)
		if line == "\n" || strings.HasPrefix(line, "#") {
			continue
		}
		report, err := Load(t.Context(), c, Bytes("refused.jsonl", []byte(line)))
		switch {
		case err != nil:
			t.Errorf("%s: %v", line, err)
		case len(report.Problems) != 1:
			t.Errorf("%s: %d problems, want 1", line, len(report.Problems))
		default:
			got.WriteString("  " + report.Problems[0].Err.Error() + "\n")
		}
	}
	if after := dump(t, c); after != before {
		t.Errorf("refused lines changed the graph: %s", firstDifference(after, before))
	}
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !*update && got.String() != string(text) {
		t.Errorf("%s: %s", path, firstDifference(got.String(), string(text)))
	}
}
