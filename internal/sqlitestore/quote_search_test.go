package sqlitestore

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// quotedFact is a fact of its own for each number, with a quote.
func quotedFact(i int, quote string) kg.FactRecord {
	r := factNumber(i)
	r.Evidence[0].Quote, r.Evidence[0].End, r.Evidence[0].Locator = quote, len([]rune(quote)), ""
	return r
}

func wantQuoted(t *testing.T, s *Store, text string, want ...kg.ID) {
	t.Helper()
	found, err := s.Candidates(t.Context(), &kg.Search{Sought: kg.Seek(text, kg.InQuotes), Quotes: 1_000})
	if err != nil {
		t.Fatalf("searching quotes for %q: %v", text, err)
	}
	var got []kg.ID
	for _, f := range found.Facts {
		got = append(got, f.ID)
	}
	if !sameIDs(got, want) {
		t.Errorf("quotes with %q are of %q, want %q", text, got, want)
	}
}

// The index of quotes is kept in the file, goes on where it was, and is made for a file that has none.
func TestQuotesLast(t *testing.T) {
	s := openEmpty(t)
	apply := func(b *kg.Batch) {
		t.Helper()
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	again := func() {
		t.Helper()
		path := s.path
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		var err error
		if s, err = Open(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
	}
	apply(foundation())
	apply(&kg.Batch{Facts: []kg.FactRecord{quotedFact(1, "Harbour cranes"), quotedFact(2, "Harbour lights")}})
	wantQuoted(t, s, "harbour", factNumber(1).ID, factNumber(2).ID)
	again()
	if n := len(s.graph.Load().told); n != 0 {
		t.Errorf("opened again, %d facts are to be indexed that are indexed", n)
	}
	wantQuoted(t, s, "harbour", factNumber(1).ID, factNumber(2).ID)
	apply(&kg.Batch{Facts: []kg.FactRecord{quotedFact(3, "Harbour bells")}})
	again() // before it was indexed, or after
	wantQuoted(t, s, "harb", factNumber(1).ID, factNumber(2).ID, factNumber(3).ID)

	// As an older Entente leaves it.
	path := s.path
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := openFile(path, forWriting)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.do(`DROP TABLE quoted`); err != nil {
		t.Fatal(err)
	}
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	if err := Backup(t.Context(), path, filepath.Join(t.TempDir(), "copy.entente")); err != nil {
		t.Errorf("of a file without the index: %v", err)
	}
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantQuoted(t, s, "harbour bells", factNumber(3).ID)
}

// A list is as long as its segment, in whichever form it is written.
func TestQuotesOfMany(t *testing.T) {
	s := openEmpty(t)
	b := foundation()
	const many = 5_000 // more than are listed one by one
	var want []kg.ID
	for i := range many {
		b.Facts = append(b.Facts, quotedFact(i, fmt.Sprintf("Harbour %d", i)))
		want = append(want, factNumber(i).ID)
	}
	if err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	found, err := s.Candidates(t.Context(), &kg.Search{Sought: kg.Seek("harbour", kg.InQuotes), Quotes: 2 * many})
	if err != nil || len(found.Facts) != many {
		t.Fatalf("found %d of %d, %v", len(found.Facts), many, err)
	}
	if err := s.Apply(t.Context(), &kg.Batch{Facts: []kg.FactRecord{quotedFact(many, "Harbour of another")}}); err != nil {
		t.Fatal(err)
	}
	wantQuoted(t, s, "harbour another", factNumber(many).ID)
	wantQuoted(t, s, "harbour 17", want[17])
	list := make([]uint16, 1<<segmentBits)
	for i := range list {
		list[i] = uint16(i)
	}
	for n := range len(list) {
		if n > 10 && n < 4_090 || n > 4_100 && n < len(list)-2 {
			continue
		}
		got, err := withFacts(nil, encodeFacts(list[:n]))
		if err != nil || len(got) != n || n > 0 && got[n-1] != uint16(n-1) {
			t.Fatalf("a list of %d is read as one of %d, %v", n, len(got), err)
		}
	}
}

// What is damaged in the index is said to be, by a search and by a copy.
func TestQuotesDamaged(t *testing.T) {
	s := openEmpty(t)
	b := foundation()
	b.Facts = []kg.FactRecord{quotedFact(1, "Harbour cranes")}
	if err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	wantQuoted(t, s, "harbour", factNumber(1).ID)
	if err := s.writer.file.do(`UPDATE quoted SET facts = x'0000000000' WHERE gram = 'harbour'`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Candidates(t.Context(), &kg.Search{Sought: kg.Seek("harbour", kg.InQuotes), Quotes: 10}); kg.CodeOf(err) != kg.Internal || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("a search gave %v, want that it is damaged", err)
	}
	if err := Backup(t.Context(), s.path, filepath.Join(t.TempDir(), "copy.entente")); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("a copy gave %v, want that it is damaged", err)
	}
}

// A graph that is copied without a quote has none of its words in its file.
func TestQuotesForgotten(t *testing.T) {
	s := openEmpty(t)
	b := foundation()
	b.Facts = []kg.FactRecord{quotedFact(1, "Zanzibarian cranes"), quotedFact(2, "Harbour lights")}
	if err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	wantQuoted(t, s, "zanzibarian", factNumber(1).ID)
	without := openEmpty(t)
	rest := foundation()
	err := s.Records(t.Context(), func(r kg.Record) error {
		if r.Fact != nil && r.Fact.ID != factNumber(1).ID {
			rest.Facts = append(rest.Facts, *r.Fact)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := without.Apply(t.Context(), rest); err != nil {
		t.Fatal(err)
	}
	wantQuoted(t, without, "lights", factNumber(2).ID)
	wantQuoted(t, without, "zanzibarian")
	for store, want := range map[*Store]bool{s: true, without: false} {
		path := store.path
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Contains(bytes.ToLower(content), []byte("zanzibarian")); got != want {
			t.Errorf("the word stands in %s: %v, want %v", path, got, want)
		}
	}
}
