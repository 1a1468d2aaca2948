package ingest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// now is when tests import.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newCatalog() *kg.Catalog {
	return kg.NewCatalog(storetest.Reference(), func() time.Time { return now })
}

// mustLoad loads files that have nothing wrong in them.
func mustLoad(t *testing.T, c *kg.Catalog, files ...File) *Report {
	t.Helper()
	report, err := Load(t.Context(), c, files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Errorf("%v\n\t%s", p, p.Text)
	}
	return report
}

// dump writes down all that a graph holds: its nodes as they are, and its facts as they were known at every moment at which
// one of them changed.
func dump(t *testing.T, c *kg.Catalog) string {
	t.Helper()
	var out strings.Builder
	moments := map[time.Time]bool{}
	write := func(kinds kg.KindSet, at time.Time) {
		page, err := c.Read(t.Context(), &kg.Query{KnownAt: at, List: kg.List{Kinds: kinds, States: kg.AnyState, First: -1, Order: []kg.Order{{Field: kg.FieldID}}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			var node any
			switch {
			case r.Entity != nil:
				node = r.Entity
			case r.Source != nil && strings.HasPrefix(string(r.Source.ID), "source:file-"):
				continue // a file that was read is a source, whatever became of its lines
			case r.Source != nil:
				node = r.Source
			case r.Fact != nil:
				node = r.Fact
				moments[r.Fact.RecordedAt] = true
				moments[r.Fact.RetractedAt] = true
				for _, ev := range r.Fact.Evidence {
					moments[ev.RecordedAt] = true
				}
			}
			text, err := json.Marshal(node)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "%s\n", text)
		}
	}
	write(kg.SetOf(kg.SourceKind), time.Time{})
	write(kg.Entities, time.Time{})
	write(kg.Facts, time.Time{})
	delete(moments, time.Time{})
	for _, at := range slices.SortedFunc(maps.Keys(moments), time.Time.Compare) {
		out.WriteString(at.String() + "\n")
		write(kg.Facts, at)
	}
	return out.String()
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a, b)
		}
	}
	return "none"
}
