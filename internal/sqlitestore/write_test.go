package sqlitestore

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// Batches that are committed together stand and fall alone.
func TestTogether(t *testing.T) {
	s := openEmpty(t)
	if err := s.Apply(t.Context(), foundation()); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	bad := factNumber(2)
	bad.To = "city:none"
	var writes []*write
	add := func(ctx context.Context, b *kg.Batch) {
		writes = append(writes, &write{ctx: ctx, batch: b, done: make(chan error, 1)})
	}
	add(t.Context(), &kg.Batch{Facts: []kg.FactRecord{factNumber(1)}})
	add(t.Context(), &kg.Batch{Entities: foundation().Entities[:1], Facts: []kg.FactRecord{factNumber(3), bad}})
	add(gone, &kg.Batch{Facts: []kg.FactRecord{factNumber(4)}})
	add(t.Context(), &kg.Batch{Facts: []kg.FactRecord{factNumber(5)}, Retract: []kg.RetractRecord{{Fact: factNumber(1).ID, At: moment2020, Reason: "wrong"}}})
	s.writer.commit(writes) // which waits for a write just now
	for i, want := range []func(error) bool{
		func(err error) bool { return err == nil },
		func(err error) bool { return kg.CodeOf(err) == kg.NotFound },
		func(err error) bool { return errors.Is(err, context.Canceled) },
		func(err error) bool { return err == nil },
	} {
		if err := <-writes[i].done; !want(err) {
			t.Errorf("batch %d: %v", i, err)
		}
	}
	want := []kg.ID{factNumber(1).ID, factNumber(5).ID}
	if got := factsOf(t, s); !sameIDs(got, want) {
		t.Errorf("the facts are %q, want %q", got, want)
	}
	path := s.path
	s.Close()
	again, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := factsOf(t, again); !sameIDs(got, want) {
		t.Errorf("opened again, the facts are %q, want %q", got, want)
	}
}

func factsOf(t *testing.T, s *Store) []kg.ID {
	t.Helper()
	p, err := s.Read(t.Context(), &kg.Query{List: kg.List{Kinds: kg.Facts, States: kg.AnyState, First: -1}})
	if err != nil {
		t.Fatal(err)
	}
	var ids []kg.ID
	for i := range p.Rows {
		ids = append(ids, p.Rows[i].ID())
	}
	return ids
}

func sameIDs(a, b []kg.ID) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// A store whose disk is full says so, keeps what it has, answers, and goes on once there is room.
func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.entente")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { s.Close() }()
	if err := s.Apply(t.Context(), foundation()); err != nil {
		t.Fatal(err)
	}
	if err := s.writer.file.do(`PRAGMA max_page_count = 60`); err != nil {
		t.Fatal(err)
	}
	n := 0
	many := func() *kg.Batch {
		b := &kg.Batch{}
		for i := range 50 {
			f := factNumber(n + i)
			f.Since = kg.Date{Text: "2001-02-03", First: 11356, Last: 11356}
			b.Facts = append(b.Facts, f)
		}
		return b
	}
	for err == nil && n < 100_000 {
		if err = s.Apply(t.Context(), many()); err == nil {
			n += 50
		}
	}
	if kg.CodeOf(err) != kg.Unavailable || !strings.Contains(err.Error(), "no room") {
		t.Fatalf("on a full disk Apply = %v, want that there is no room", err)
	}
	wantNumbers := func() {
		t.Helper()
		if got := len(factsOf(t, s)); got != n {
			t.Errorf("there are %d facts, want the %d that were acknowledged", got, n)
		}
	}
	wantNumbers()
	if err := s.writer.file.do(`PRAGMA max_page_count = 100000`); err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), many()); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	n += 50
	wantNumbers()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	wantNumbers()
	if f := factNumber(n - 1); true {
		p, err := s.Read(t.Context(), &kg.Query{IDs: []kg.ID{f.ID}, List: kg.List{States: kg.AnyState, First: -1}})
		if err != nil || p.Rows[0].Fact == nil || p.Rows[0].Fact.Since.Text != "2001-02-03" || len(p.Rows[0].Fact.Evidence) != 1 {
			t.Errorf("the last fact is %+v, %v", p, err)
		}
	}
}

// Who reads sees one state, also of what is read from the disk, whatever is written meanwhile; and what nobody can see any more
// does not stay on disk.
func TestOldStates(t *testing.T) {
	s := openEmpty(t)
	if err := s.Apply(t.Context(), foundation()); err != nil {
		t.Fatal(err)
	}
	tell := func(place string) {
		t.Helper()
		f := factNumber(1)
		f.Evidence[0].Locator = place
		if err := s.Apply(t.Context(), &kg.Batch{Facts: []kg.FactRecord{f}}); err != nil {
			t.Fatal(err)
		}
	}
	tell("paper.csv:1")
	old, err := s.reading(t.Context(), &kg.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{"paper.csv:2", "paper.csv:3", "paper.csv:4"} {
		tell(place)
	}
	n, _ := old.graph.fact(factNumber(1).ID)
	if f := old.wholeFact(n, 0); f == nil || len(f.Evidence) != 1 || f.Evidence[0].Locator != "paper.csv:1" {
		t.Errorf("an older state has %+v, %v, want the one place of then", f, old.err)
	}
	pieces := func() (n int) {
		t.Helper()
		if err := s.writer.file.each(`SELECT id, data FROM piece`, func(row) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := pieces()
	old.end()
	tell("paper.csv:5")
	tell("paper.csv:6")
	if after := pieces(); after >= before {
		t.Errorf("there are %d pieces on disk, and were %d while somebody read: want fewer", after, before)
	}
}

// What is applied again writes no piece: neither a source nor an entity nor a fact is another than it was.
func TestAgainWritesNothing(t *testing.T) {
	s := openEmpty(t)
	batch := func() *kg.Batch {
		b := foundation()
		b.Sources[0].Text = "Said here."
		b.Entities[0].Evidence = []kg.Evidence{{Source: b.Sources[0].ID, Locator: "paper.csv:1", Confidence: 1, Method: "IMPORTED", RecordedAt: moment2020}}
		b.Facts = append(b.Facts, factNumber(1))
		return b
	}
	for range 2 {
		if err := s.Apply(t.Context(), batch()); err != nil {
			t.Fatal(err)
		}
	}
	written := s.graph.Load().body
	if err := s.Apply(t.Context(), batch()); err != nil {
		t.Fatal(err)
	}
	if again := s.graph.Load().body; again != written {
		t.Errorf("%d pieces were written again", again-written)
	}
	changed := batch()
	changed.Sources[0].Text = "Said otherwise."
	if err := s.Apply(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	p, err := s.Read(t.Context(), &kg.Query{IDs: []kg.ID{changed.Sources[0].ID}, List: kg.List{First: -1}})
	if err != nil || p.Rows[0].Source.Text != "Said otherwise." {
		t.Errorf("the source is %+v, %v", p, err)
	}
}
