package kg_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// valuesOf are an entity's values with one of them set.
func valuesOf(k kg.Kind, field string, v kg.Value) []kg.Value {
	values := make([]kg.Value, len(k.Decl().Fields))
	for i, f := range k.Decl().Fields {
		if f.Name == field {
			values[i] = v
		}
	}
	return values
}

// provable fills a store with what there is to prove: a fact on two sources, one that was retracted, one that came back.
func provable(t *testing.T, s kg.Store) {
	t.Helper()
	c := newCatalog(s)
	row := kg.Evidence{Source: "source:other", Locator: "row 1"}
	records := append(twoCities(), source("other", ""), entity("city:fr-lyon", "Lyon"), alias("city:lyon", "city:fr-lyon"),
		partners("city:cn-jinan", "city:fr-rennes", row), partners("city:cn-jinan", "city:fr-lyon", row), partners("city:fr-lyon", "city:fr-rennes", row))
	lyon := kg.FactID(kg.PartnersWith, "city:cn-jinan", "city:fr-lyon", "FRIENDSHIP", "")
	back := kg.FactID(kg.PartnersWith, "city:fr-lyon", "city:fr-rennes", "FRIENDSHIP", "")
	records = append(records, kg.Record{Retract: &kg.RetractRecord{Fact: lyon, At: today.AddDate(0, 0, 1)}}, kg.Record{Retract: &kg.RetractRecord{Fact: back, At: today.AddDate(0, 0, 1)}})
	again := partners("city:fr-lyon", "city:fr-rennes", row)
	again.Fact.RecordedAt = today.AddDate(0, 0, 2)
	lies := kg.Record{Fact: &kg.FactRecord{Kind: kg.LocatedIn, From: "city:cn-jinan", To: "country:cn", Assertion: kg.Assertion{State: kg.Accepted, Evidence: []kg.Evidence{row}}}}
	records = append(records, again, entity("country:cn", "China"), lies, entity("agreement:a", "Pact", valuesOf(kg.Agreement, "type", "TRADE")...))
	if refused := apply(t, c, records...); refused != nil {
		t.Fatal(refused)
	}
}

func prove(t *testing.T, s kg.Store) (*kg.Proof, []string) {
	t.Helper()
	var faults []string
	proof, err := newCatalog(s).Prove(t.Context(), func(id kg.ID, err *kg.Error) error {
		faults = append(faults, string(id)+": "+err.Error())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return proof, faults
}

func TestProveFindsNothingWrong(t *testing.T) {
	s := storetest.Reference()
	provable(t, s)
	proof, faults := prove(t, s)
	want := kg.Proof{Sources: 2, Entities: 5, Aliases: 1, Facts: 6, Retractions: 2, Quotes: 1, Locators: 5}
	if *proof != want || faults != nil {
		t.Errorf("Prove() = %+v with faults %q, want %+v", *proof, faults, want)
	}
}

// What another program has written, or an engine has got wrong, is found.
func TestProveFindsFaults(t *testing.T) {
	for name, test := range map[string]struct {
		write kg.Batch          // past the catalog
		read  func(row *kg.Row) // of every row
		count func(*kg.Statistics)
		page  func(q *kg.Query, page *kg.Page)
		says  []string
	}{
		"a country that nothing leads to": {
			page: func(q *kg.Query, page *kg.Page) {
				for i := range page.Rows {
					if r := &page.Rows[i]; q.KnownAt.IsZero() && r.Entity != nil && r.Entity.ID == "city:cn-jinan" && len(r.Pages) > 0 {
						r.Pages = []kg.Page{{Rows: []kg.Row{{Entity: &kg.Entity{ID: "country:fr"}}}}, r.Pages[1]}
					}
				}
			},
			says: []string{`city:cn-jinan: it is found in the country "country:fr", and its places lead to "country:cn"`},
		},
		"an agreement that is not found by its status": {
			page: func(q *kg.Query, page *kg.Page) {
				if is, ok := q.Where.(kg.StatusIs); ok && is.On == nil {
					page.Rows = make([]kg.Row, len(page.Rows))
				}
			},
			says: []string{"agreement:a: it is UNKNOWN and not found as that"},
		},
		"a quote that is not there": {
			write: kg.Batch{Sources: []*kg.Source{{ID: "source:report", Title: "report", Class: "NEWS", Reliability: 0.8, Text: strings.Replace(reportText, "friends", "Friends", 1)}}},
			says:  []string{string(friends) + ": evidence[0].start: the quote does not stand at 0 in the text of source:report"},
		},
		"a hash of another text": {
			write: kg.Batch{Sources: []*kg.Source{{ID: "source:other", Title: "o", Class: "NEWS", Reliability: 0.8, Text: "A", SHA256: strings.Repeat("0", 64)}}},
			says:  []string{"source:other: sha256: it is not the SHA-256 of the text"},
		},
		"a population out of bounds": {
			write: kg.Batch{Entities: []*kg.Entity{{ID: "city:fr-lyon", Kind: kg.City, Names: []kg.Name{{Value: "Lyon", Kind: kg.Primary}}, Key: "lyon", Values: []kg.Value{int64(-1)}}}},
			says:  []string{"city:fr-lyon: population: -1 is out of bounds"},
		},
		"a confidence that follows from nothing": {
			read: func(row *kg.Row) {
				if row.Fact != nil && row.Fact.ID == friends {
					f := *row.Fact
					f.Confidence = 0.123
					row.Fact = &f
				}
			},
			says: []string{string(friends) + ": the fact is not shown as its history makes it"},
		},
		"counts": {
			count: func(s *kg.Statistics) { s.Facts++; s.Corroborated = 7; s.BySourceClass[0].Count = 5 },
			says:  []string{": the statistics count 4 accepted facts, there are 3", ": the statistics count 7 facts with several independent sources, there are 1", ": the statistics count 5 facts on NEWS, there are 3"},
		},
	} {
		s := storetest.Reference()
		provable(t, s)
		if err := s.Apply(t.Context(), &test.write); err != nil {
			t.Fatal(name, err)
		}
		proof, faults := prove(t, &lying{s, test.read, test.count, test.page})
		if len(faults) != len(test.says) || proof.Faults != len(faults) {
			t.Errorf("%s: it found %q, want %q", name, faults, test.says)
			continue
		}
		for i, says := range test.says {
			if !strings.HasPrefix(faults[i], says) {
				t.Errorf("%s: it found %q, want %q", name, faults[i], says)
			}
		}
	}
}

func TestProveEnds(t *testing.T) {
	s := storetest.Reference()
	provable(t, s)
	if err := s.Apply(t.Context(), &kg.Batch{Sources: []*kg.Source{{ID: "source:report", Title: "report", Class: "NEWS", Reliability: 0.8}}}); err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	if _, err := newCatalog(s).Prove(t.Context(), func(kg.ID, *kg.Error) error { return full }); !errors.Is(err, full) {
		t.Errorf("Prove() where faults can't be told = %v, want %v", err, full)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newCatalog(s).Prove(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Prove() of one who gave up = %v, want %v", err, context.Canceled)
	}
}

// lying is a store that gives other answers than it should.
type lying struct {
	kg.Store
	row   func(*kg.Row)
	count func(*kg.Statistics)
	page  func(*kg.Query, *kg.Page)
}

func (l *lying) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	page, err := l.Store.Read(ctx, q)
	if err != nil {
		return nil, err
	}
	for i := range page.Rows {
		if l.row != nil {
			l.row(&page.Rows[i])
		}
	}
	if l.page != nil {
		l.page(q, page)
	}
	if page.Statistics != nil && l.count != nil {
		s := *page.Statistics
		l.count(&s)
		page.Statistics = &s
	}
	return page, nil
}
