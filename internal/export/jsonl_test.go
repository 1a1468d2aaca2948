package export_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
)

// read gives the records of a text that has nothing wrong in it.
func read(t *testing.T, text []byte) []kg.Record {
	t.Helper()
	var records []kg.Record
	err := ingest.Read(bytes.NewReader(text), "test", func(l ingest.Line) error {
		if l.Err != nil {
			t.Errorf("line %d: %v\n\t%s", l.Number, l.Err, l.Text)
		}
		records = append(records, l.Record)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func write(t *testing.T, records []kg.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := export.WriteJSONL(&out, records...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// records has every key of the format, in the order of writing.
func recordsFile(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "records.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestWriteIsTheFormat(t *testing.T) {
	want := recordsFile(t)
	records := read(t, want)
	rand.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	got := strings.Split(string(write(t, records)), "\n")
	for i, line := range strings.Split(string(want), "\n") {
		if got[i] != line {
			t.Errorf("line %d\n got %s\nwant %s", i+1, got[i], line)
		}
	}
}

func TestReadGivesWhatWasWritten(t *testing.T) {
	files := demo.Graph()
	files = append(files, demo.File{Name: "records.jsonl", Data: recordsFile(t)})
	for _, f := range files {
		records := read(t, f.Data)
		again := read(t, write(t, records))
		if len(records) == 0 || len(again) != len(records) {
			t.Fatalf("%s: %d records, want %d", f.Name, len(again), len(records))
		}
		// Writing sorts, so that both sides are compared in that order.
		sorted := read(t, write(t, again))
		for i := range again {
			if !reflect.DeepEqual(again[i], sorted[i]) {
				t.Errorf("%s: %+v, want %+v", f.Name, sorted[i], again[i])
			}
		}
		for _, r := range records {
			if !contains(again, r) {
				t.Errorf("%s: lost %s", f.Name, write(t, []kg.Record{r}))
			}
		}
	}
}

func contains(records []kg.Record, r kg.Record) bool {
	for i := range records {
		if reflect.DeepEqual(records[i], r) {
			return true
		}
	}
	return false
}

// Evidence of an entity may have been recorded at several moments, or at none.
func TestWriteKeepsWhenEvidenceWasRecorded(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	for _, at := range [][]time.Time{{{}, {}}, {day(1), day(1)}, {day(1), day(2)}, {{}, day(2)}, {day(1), {}}} {
		e := &kg.Entity{ID: "city:x", Kind: kg.City, Names: []kg.Name{{Value: "X", Kind: kg.Primary}}, Values: make([]kg.Value, 1)}
		for i, at := range at {
			e.Evidence = append(e.Evidence, kg.Evidence{Source: "source:x", Locator: string(rune('a' + i)), Confidence: 1, Method: "IMPORTED", RecordedAt: at})
		}
		text := write(t, []kg.Record{{Entity: e}})
		if got := read(t, text)[0].Entity; !reflect.DeepEqual(got, e) {
			t.Errorf("%s is %+v, want %+v", text, got, e)
		}
	}
}

// FuzzReadWrite proves that reading never panics, and that what it takes is read back the same after it is written.
func FuzzReadWrite(f *testing.F) {
	for _, data := range append([][]byte{recordsFile(f)}, demo.Graph()[1].Data) {
		for line := range bytes.Lines(data) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var records []kg.Record
		err := ingest.Read(bytes.NewReader(line), "fuzz", func(l ingest.Line) error {
			if l.Err == nil {
				records = append(records, l.Record)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			text := write(t, []kg.Record{r})
			if again := read(t, text); len(again) != 1 || !reflect.DeepEqual(again[0], r) {
				t.Errorf("%q is read back as %+v, want %+v", text, again, r)
			}
		}
	})
}
