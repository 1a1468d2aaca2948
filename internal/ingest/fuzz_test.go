package ingest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/kg"
)

// FuzzImport imports whatever is in a file, as lines of JSON or as a table, in batches of a few lines: each line is brought in or
// reported, the graph that comes of it is equal to what is imported from its export, and importing the file again changes nothing.
func FuzzImport(f *testing.F) {
	const records = `{"source":"source:a","title":"A","text":"Jinan and Rennes are twins."}
{"entity":"city:a","name":"Jinan","names":[{"value":"济南","lang":"zh"}],"population":5,"location":[36.65,117.12]}
{"entity":"city:b","name":"Rennes"}
{"alias":"city:c","of":"city:a"}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"2002","evidence":[{"source":"source:a","quote":"Jinan and Rennes are twins"}]}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"2003","recordedAt":"2026-01-02T00:00:00Z","evidence":[{"source":"source:a","locator":"p. 1"}]}
{"retract":"FACT","reason":"wrong","recordedAt":"2026-02-02T00:00:00Z"}
{"entity":"city:c"}
nonsense
`
	f.Add([]byte(records), false)
	f.Add(bytes.ReplaceAll([]byte(records), []byte("FACT\""), []byte(string(kg.FactID(kg.PartnersWith, "city:a", "city:b", "TWIN", ""))+`"`)), false)
	f.Add([]byte("entity,name,population\ncity:a,Jinan,5\ncity:b,Rennes,x\n"), true)
	f.Add([]byte("fact;from;to;type\nPARTNERS_WITH;city:a;city:b;TWIN\n"), true)
	lines := bytes.SplitAfter(demo.Graph()[0].Data, []byte("\n"))
	for i := 0; i+20 < len(lines); i += 20 {
		f.Add(bytes.Join(lines[i:i+20], nil), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, table bool) {
		name := "file.jsonl"
		if table {
			name = "file.csv"
		}
		if len(data) > 10_000 {
			return
		}
		c := newCatalog()
		load := func(c *kg.Catalog, f File) *Report {
			report, err := Import(t.Context(), c, Options{Records: 4, Workers: 1}, f)
			if err != nil {
				t.Fatalf("importing fails: %v", err)
			}
			return report
		}
		report := load(c, Bytes(name, data))
		for _, p := range report.Problems {
			if p.Err == nil || kg.CodeOf(p.Err) == kg.Internal {
				t.Errorf("line %d is left out for no reason of its own: %v", p.Line, p.Err)
			}
		}
		whole := exported(t, c)
		load(c, Bytes(name, data))
		if again := exported(t, c); again != whole {
			t.Errorf("imported twice: %s", firstDifference(again, whole))
		}
		if whole == "" {
			return // a file without a record is refused
		}
		other := newCatalog()
		for _, p := range load(other, Bytes("whole.jsonl", []byte(whole))).Problems {
			t.Errorf("what was exported is refused: %v\n%s", p, p.Text)
		}
		if copied := exported(t, other); copied != whole {
			t.Errorf("exported and imported: %s", firstDifference(copied, whole))
		}
	})
}

// exported is all that a graph holds.
func exported(t *testing.T, c *kg.Catalog) string {
	t.Helper()
	var out strings.Builder
	stream := export.NewStream(&out)
	if err := c.Records(t.Context(), stream.Write); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.End(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
