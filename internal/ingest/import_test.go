package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

func TestImportIsLoadInParts(t *testing.T) {
	c := newCatalog()
	loaded := mustLoad(t, c, demoFiles(t)...)
	want := dump(t, c)
	for _, o := range []Options{{}, {Records: 1}, {Records: 7, Workers: 5}, {Bytes: 3_000, Workers: 1}} {
		c := newCatalog()
		files := demoFiles(t)
		slices.Reverse(files[1:]) // facts before what they link; the first has older records of entities
		report, err := Import(t.Context(), c, o, files...)
		if err != nil || len(report.Problems) > 0 {
			t.Fatalf("%+v: %v, %v", o, err, report.Problems)
		}
		if got := dump(t, c); got != want {
			t.Errorf("%+v: %s", o, firstDifference(got, want))
		}
		if report.Entities != loaded.Entities || report.Facts != loaded.Facts || report.Aliases != loaded.Aliases || report.BareFacts != loaded.BareFacts {
			t.Errorf("%+v: it counted %+v, and Load %+v", o, report, loaded)
		}
	}
}

// Every line that is left out is told once, with where it stands and why, whatever its class, and stops nothing.
func TestImportReportsEveryBadLine(t *testing.T) {
	files := []File{
		Bytes("a.jsonl", []byte(`{"fact":"PARTNERS_WITH","from":"city:a","to":"city:nowhere","type":"TWIN"}
not a record
{"entity":"city:a","name":"A"}

{"entity":"city:b","name":"B","population":-1}
{"name":"first","entity":"city:c","nme":"C"}
{"retract":"partners_with:none"}
{"source":"source:s"}
{"alias":"city:d","of":"city:e"}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:f","type":"TWIN"}
{"name":"F","entity":"city:f"}`)),
		Bytes("empty.jsonl", []byte("\n \n")),
		Bytes("other.txt", []byte("a,b\nc,d\n")),
	}
	var want []string
	for _, place := range []string{"a.jsonl:1", "a.jsonl:2", "a.jsonl:5", "a.jsonl:6", "a.jsonl:7", "a.jsonl:8", "a.jsonl:9", "empty.jsonl", "other.txt:1"} {
		want = append(want, place+": ")
	}
	c := newCatalog()
	report, err := Import(t.Context(), c, Options{Records: 1, Workers: 3}, files...)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range report.Problems {
		if i >= len(want) || !strings.HasPrefix(p.Error(), want[i]) {
			t.Errorf("number %d: %v", i, p)
		}
	}
	if len(report.Problems) != len(want) || report.Entities != 2 || report.Facts != 1 || report.BareEntities != 2 || report.BareFacts != 1 {
		t.Errorf("%d problems, want %d; %+v", len(report.Problems), len(want), report)
	}
	told := 0
	again, err := Import(t.Context(), c, Options{Problem: func(Problem) error { told++; return nil }}, files...)
	if err != nil || told != len(want) || len(again.Problems) > 0 {
		t.Errorf("it told of %d problems and kept %d, %v", told, len(again.Problems), err)
	}
	stop := errors.New("disk full")
	if _, err := Import(t.Context(), c, Options{Problem: func(Problem) error { return stop }}, files...); !errors.Is(err, stop) {
		t.Errorf("where problems can't be reported: %v, want %v", err, stop)
	}
}

// An import that was cut short goes on, and in the end the graph is the one that an import in one go makes.
func TestImportGoesOnWhereItWasCutShort(t *testing.T) {
	c := newCatalog()
	mustLoad(t, c, demoFiles(t)...)
	want := dump(t, c)
	broken := errors.New("broken")
	for _, after := range []int64{0, 1, 3, 10, 30} {
		store := storetest.Reference()
		var applied atomic.Int64
		faulty := storetest.Faulty(store, storetest.On("Apply", func(context.Context, string) error {
			if applied.Add(1) > after {
				return broken
			}
			return nil
		}))
		clock := func() time.Time { return now }
		report, err := Import(t.Context(), kg.NewCatalog(faulty, clock), Options{Records: 20}, demoFiles(t)...)
		if !errors.Is(err, broken) || after == 0 && report.Entities+report.Sources+report.Facts > 0 || after > 1 && report.Sources == 0 {
			t.Errorf("cut short after %d batches: %v, and it counted %+v", after, err, report)
		}
		c := kg.NewCatalog(store, clock)
		if _, err := Import(t.Context(), c, Options{Records: 20}, demoFiles(t)...); err != nil {
			t.Fatal(err)
		}
		if got := dump(t, c); got != want {
			t.Errorf("cut short after %d batches: %s", after, firstDifference(got, want))
		}
	}
}

// Ctrl-C: what is on its way arrives, and nothing more is begun.
func TestImportEndsWhatIsOnItsWay(t *testing.T) {
	var data bytes.Buffer
	for i := range 100 {
		fmt.Fprintf(&data, `{"source":"source:s%d","title":"S"}`+"\n", i)
	}
	ctx, cancel := context.WithCancel(t.Context())
	begun := 0
	store := storetest.Faulty(storetest.Reference(), storetest.On("Apply", func(ctx context.Context, _ string) error {
		begun++
		cancel()
		return ctx.Err()
	}))
	c := kg.NewCatalog(store, func() time.Time { return now })
	report, err := Import(ctx, c, Options{Records: 10, Workers: 1}, Bytes("s.jsonl", data.Bytes()))
	if !errors.Is(err, context.Canceled) || begun != 1 || report.Sources != 10 {
		t.Errorf("%v, %d batches begun, %d sources kept, want the 10 of one batch", err, begun, report.Sources)
	}
}

func TestImportBoundsBatches(t *testing.T) {
	var data bytes.Buffer
	for i := range 1_000 {
		fmt.Fprintf(&data, `{"source":"source:s%03d","title":"S","text":"%s"}`+"\n", i, strings.Repeat("x", i))
	}
	sizes := &sizes{Store: storetest.Reference()}
	c := kg.NewCatalog(sizes, func() time.Time { return now })
	var last Progress
	if _, err := Import(t.Context(), c, Options{Records: 50, Bytes: 20_000, Progress: func(p Progress) { last = p }}, Bytes("s.jsonl", data.Bytes())); err != nil {
		t.Fatal(err)
	}
	if sizes.records > 50 || sizes.bytes > 20_000 || sizes.records < 40 || sizes.bytes < 15_000 {
		t.Errorf("the largest batches have %d records and %d bytes", sizes.records, sizes.bytes)
	}
	if last != (Progress{1_000, 1_000}) {
		t.Errorf("at its end it was at %+v", last)
	}
}

// sizes keeps the size of the largest batches.
type sizes struct {
	kg.Store
	mu             sync.Mutex
	records, bytes int
}

func (s *sizes) Apply(ctx context.Context, b *kg.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	texts := 0
	for _, source := range b.Sources {
		texts += len(source.Text)
	}
	s.records, s.bytes = max(s.records, len(b.Sources)), max(s.bytes, texts)
	return s.Store.Apply(ctx, b)
}
