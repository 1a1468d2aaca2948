package forget

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

func load(t *testing.T, files ...ingest.File) *kg.Catalog {
	t.Helper()
	c := kg.NewCatalog(storetest.Reference(), time.Now)
	report, err := ingest.Load(t.Context(), c, files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Fatalf("line %d: %v", p.Line, p.Err)
	}
	return c
}

// without makes the graph that is left, and gives it as its export.
func without(t *testing.T, c *kg.Catalog, source kg.ID) (*Forgetting, string) {
	t.Helper()
	f, err := New(t.Context(), c, source)
	if err != nil {
		t.Fatal(err)
	}
	var records []kg.Record
	if err := c.Records(t.Context(), func(r kg.Record) error {
		if kept, ok := f.Keep(r); ok {
			records = append(records, kept)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	left := kg.NewCatalog(storetest.Reference(), time.Now)
	report, err := left.Apply(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Refused {
		t.Errorf("what is left is refused: %v", r.Err)
	}
	return f, exported(t, left)
}

func exported(t *testing.T, c *kg.Catalog) string {
	t.Helper()
	var b bytes.Buffer
	stream := export.NewStream(&b)
	if err := c.Records(t.Context(), stream.Write); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.End(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const first = `
{"source":"source:a","title":"A","class":"NEWS","text":"Alba and Bera are twins since 2001. Alba has 900 people. Cora is a city."}
{"source":"source:b","title":"B","class":"NEWS","text":"Alba and Bera are twins. Bera is in Landia."}
{"entity":"country:landia","name":"Landia","iso2":"FR","evidence":[{"source":"source:b","quote":"Landia"}]}
{"entity":"city:alba","name":"Alba","population":900,"evidence":[{"source":"source:a","field":"population","quote":"Alba has 900 people"},{"source":"source:b","field":"names","quote":"Alba"}]}
{"entity":"city:bera","name":"Bera","population":5,"evidence":[{"source":"source:b","quote":"Bera"},{"source":"source:a","quote":"Bera"}]}
{"entity":"city:cora","name":"Cora","evidence":[{"source":"source:a","quote":"Cora is a city"}]}
{"alias":"city:old-cora","of":"city:cora"}
{"fact":"PARTNERS_WITH","from":"city:alba","to":"city:bera","type":"TWIN","since":"2001","state":"ACCEPTED","recordedAt":"2020-01-01T00:00:00Z","evidence":[{"source":"source:a","quote":"Alba and Bera are twins since 2001"},{"source":"source:b","quote":"Alba and Bera are twins"}]}
{"fact":"PARTNERS_WITH","from":"city:bera","to":"city:cora","type":"TWIN","state":"ACCEPTED","recordedAt":"2020-01-01T00:00:00Z","evidence":[{"source":"source:a","quote":"Cora is a city"}]}
{"fact":"LOCATED_IN","from":"city:bera","to":"country:landia","state":"ACCEPTED","recordedAt":"2020-01-01T00:00:00Z","evidence":[{"source":"source:b","quote":"Bera is in Landia"},{"source":"source:a","quote":"Bera","stance":"DISPUTES"}]}
`

func TestWhatRestsOnOthersStays(t *testing.T) {
	c := load(t, ingest.Bytes("first.jsonl", []byte(first)))
	f, left := without(t, c, "source:a")
	want := Took{Evidence: 6, Quotes: 6, Records: 1, Facts: 1, Entities: 1, Aliases: 1, Fields: 1}
	if f.Took != want {
		t.Errorf("it took %+v, want %+v", f.Took, want)
	}
	for _, gone := range []string{"source:a", "900", "cora", "Cora", "since 2001"} {
		if strings.Contains(left, gone) {
			t.Errorf("%q is still there:\n%s", gone, left)
		}
	}
	for _, stays := range []string{`"Alba and Bera are twins"`, `"since":"2001"`, `"population":5`, `"Bera is in Landia"`, `"entity":"city:alba"`} {
		if !strings.Contains(left, stays) {
			t.Errorf("%s is gone:\n%s", stays, left)
		}
	}
}

// Of what changed, what the source does not speak for stays, and when an entity came into the graph.
func TestChangesStay(t *testing.T) {
	c := load(t, ingest.Bytes("changes.jsonl", []byte(`
{"source":"source:a","title":"A"}
{"source":"source:b","title":"B"}
{"entity":"city:alba","name":"Alba","population":9,"evidence":[{"source":"source:b","locator":"1","recordedAt":"2020-01-01T00:00:00Z"},{"source":"source:a","locator":"1","field":"population","recordedAt":"2020-03-01T00:00:00Z"}],"changes":[{"at":"2020-01-01T00:00:00Z","type":"CREATED"},{"at":"2020-02-01T00:00:00Z","type":"UPDATED","field":"description","before":"Small."},{"at":"2020-02-01T00:00:00Z","type":"UPDATED","field":"population","before":77,"after":9}]}
{"entity":"city:bera","name":"Bera","evidence":[{"source":"source:b","locator":"2","recordedAt":"2020-01-01T00:00:00Z"},{"source":"source:a","locator":"2","recordedAt":"2020-03-01T00:00:00Z"}]}
{"entity":"city:cora","name":"Cora","evidence":[{"source":"source:b","locator":"3","recordedAt":"2020-01-01T00:00:00Z"}],"changes":[{"at":"2020-02-01T00:00:00Z","type":"UPDATED","field":"population","after":3},{"at":"2020-02-02T00:00:00Z","type":"UPDATED","field":"population","before":3}]}
`)))
	f, left := without(t, c, "source:a")
	if want := (Took{Evidence: 2, Changes: 1}); f.Took != want {
		t.Errorf("it took %+v, want %+v", f.Took, want)
	}
	for _, stays := range []string{
		`"changes":[{"at":"2020-01-01T00:00:00Z","type":"CREATED"},{"at":"2020-02-01T00:00:00Z","type":"UPDATED","field":"description","before":"Small."}]`,
		`"name":"Bera","evidence":[{"source":"source:b","locator":"2"}],"recordedAt":"2020-01-01T00:00:00Z","changes":[{"at":"2020-03-01T00:00:00Z","type":"CREATED"}]`,
		`"changes":[{"at":"2020-01-01T00:00:00Z","type":"CREATED"},{"at":"2020-02-01T00:00:00Z","type":"UPDATED","field":"population","after":3},`,
	} {
		if !strings.Contains(left, stays) {
			t.Errorf("%s is gone:\n%s", stays, left)
		}
	}
}

func TestASourceThatIsNone(t *testing.T) {
	c := load(t, ingest.Bytes("first.jsonl", []byte(first)))
	_, err := New(t.Context(), c, "source:none")
	if kg.CodeOf(err) != kg.NotFound || !strings.Contains(err.Error(), "source:none") {
		t.Errorf("the error is %v", err)
	}
}

func TestAnErrorOnTheWay(t *testing.T) {
	_, err := New(t.Context(), broken{}, "source:a")
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the error is %v", err)
	}
}

type broken struct{}

func (broken) Records(context.Context, func(kg.Record) error) error { return io.ErrUnexpectedEOF }

// TestEverySourceOfTheDemo forgets each source of the demo graph: what is left makes a graph, in which nothing names it, and what
// does not rest on it is as it was.
func TestEverySourceOfTheDemo(t *testing.T) {
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	c := load(t, files...)
	before := exported(t, c)
	sources := 0
	for line := range strings.SplitSeq(before, "\n") {
		id, is := strings.CutPrefix(line, `{"source":"`)
		if !is {
			continue
		}
		id = id[:strings.IndexByte(id, '"')]
		sources++
		f, left := without(t, c, kg.ID(id))
		named := fmt.Sprintf("%q", id)
		if strings.Contains(left, named) {
			t.Errorf("%s is still named", id)
		}
		if f.Took.Evidence == 0 && f.Took.Facts > 0 {
			t.Errorf("%s took %+v", id, f.Took)
		}
		kept := map[string]bool{}
		for line := range strings.SplitSeq(left, "\n") {
			kept[line] = true
		}
		for line := range strings.SplitSeq(before, "\n") {
			if !strings.Contains(line, named) && !kept[line] && !strings.HasPrefix(line, `{"retract"`) && !strings.HasPrefix(line, `{"alias"`) {
				t.Errorf("without %s there is no more: %s", id, line)
			}
		}
	}
	if sources < 20 {
		t.Errorf("the demo has %d sources", sources)
	}
}
