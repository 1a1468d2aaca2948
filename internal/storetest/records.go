package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testRecords proves that what a store gives of itself makes an equal store again, class by class, and comes in order.
func testRecords(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:other", 0.5, func(s *kg.Source) { s.Text, s.BasedOn = prose, &kg.Original{Title: "o"} })
	g.source("source:reprint", 0.6, func(s *kg.Source) { s.BasedOn = &kg.Original{Title: "o"} })
	g.entity("city:a", "Old", holding("population", 5), at(1, 2))
	g.add("city:b", "country:k", "agreement:x")
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:former", Of: "city:a"}}
	g.fact("told twice", kg.PartnersWith, "city:a", "city:b", since("2001"), until("2009"), with("basis", kg.ID("agreement:x")))
	gone := g.fact("gone", kg.LocatedIn, "city:a", "country:k")
	g.fact("waiting", kg.LocatedIn, "city:b", "country:k", state(kg.Proposed))
	g.fact("told of one original", kg.LocatedIn, "city:b", "city:a", from("source:other"))
	g.fact("told of one original", kg.LocatedIn, "city:b", "city:a", from("source:reprint"))
	g.fact("party", kg.PartyTo, "city:a", "agreement:x", with("signedOn", "1999-05"), with("withdrewOn", "2011"))
	g.apply()
	g.entity("city:a", "New", holding("population", 7), func(e *kg.Entity) {
		e.Evidence = []kg.Evidence{{Source: paper, Locator: "a:1", Confidence: 1, Method: "IMPORTED", RecordedAt: later}}
	})
	g.fact("told twice", kg.PartnersWith, "city:a", "city:b", since("2002~"), from("source:other"), recorded(later))
	g.retract(gone, late)
	g.apply()

	records := g.records()
	order := make([]string, len(records))
	for i, r := range records {
		order[i] = recordPlace(r)
	}
	if !slices.IsSorted(order) {
		t.Errorf("Records gave them in the order\n%q", order)
	}
	again := newFixture(t, open)
	again.batch = kg.Batch{}
	again.remake(records)
	again.remake(records) // which changes nothing
	want := recordTexts(records)
	if got := recordTexts(again.records()); !slices.Equal(got, want) {
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("a store made of %d records gives %d, of which number %d is\n%s\nwanted\n%s", len(want), len(got), i+1, line(got, i), line(want, i))
			}
		}
	}
	histories := these(ids("city:a", "city:b", "country:k", "agreement:x"), follow(changes()))
	again.labels = g.labels
	again.want(histories, g.text(g.read(histories), &histories.List))
	facts := allOf(kg.Facts, states(kg.AnyState))
	shown, rows := g.read(facts).Rows, again.read(facts).Rows
	for _, r := range slices.Concat(shown, rows) {
		if r.Fact.ID == g.idOf("told of one original") && r.Fact.Confidence != 0.6 {
			t.Errorf("two sources with one original make a fact as sure as %v, want 0.6 of the surer one", r.Fact.Confidence)
		}
	}
	for i := range max(len(shown), len(rows)) {
		if i >= len(shown) || i >= len(rows) || node(&shown[i]) != node(&rows[i]) {
			t.Errorf("a store made of the records shows, of %d facts, as number %d\n%s\nwanted, of %d,\n%s", len(rows), i+1, shownNode(rows, i), len(shown), shownNode(shown, i))
			break
		}
	}
	stop := errors.New("stop")
	if err := g.store.Records(t.Context(), func(kg.Record) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Records ended by its caller's error = %v, want that", err)
	}
}

// remake makes a store of records, class by class, as an import brings them.
func (g *fixture) remake(records []kg.Record) {
	g.t.Helper()
	for i, r := range records {
		if i > 0 && recordPlace(r)[0] != recordPlace(records[i-1])[0] {
			g.apply()
		}
		g.batch.At = late // whatever it is, the records say when
		switch {
		case r.Source != nil:
			g.batch.Sources = append(g.batch.Sources, r.Source)
		case r.Entity != nil:
			g.batch.Entities = append(g.batch.Entities, r.Entity)
			if g.batch.Changes == nil {
				g.batch.Changes = map[kg.ID][]kg.Change{}
			}
			g.batch.Changes[r.Entity.ID] = r.Changes
		case r.Alias != nil:
			g.batch.Aliases = append(g.batch.Aliases, *r.Alias)
		case r.Fact != nil:
			g.batch.Facts = append(g.batch.Facts, *r.Fact)
		case r.Retract != nil:
			g.batch.Retract = append(g.batch.Retract, *r.Retract)
		}
	}
	g.apply()
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "nothing"
}

func shownNode(rows []kg.Row, i int) string {
	if i < len(rows) {
		return node(&rows[i])
	}
	return "nothing"
}

func (g *fixture) records() []kg.Record {
	g.t.Helper()
	var records []kg.Record
	if err := g.store.Records(g.t.Context(), func(r kg.Record) error {
		records = append(records, r)
		return nil
	}); err != nil {
		g.t.Fatalf("Records() = %v, want nil", err)
	}
	return records
}

// recordPlace says where a record stands among all.
func recordPlace(r kg.Record) string {
	const moment = "2006-01-02T15:04:05.000000000Z"
	switch {
	case r.Source != nil:
		return "0 " + string(r.Source.ID)
	case r.Entity != nil:
		return "1 " + string(r.Entity.ID)
	case r.Alias != nil:
		return "2 " + string(r.Alias.Alias)
	case r.Fact != nil:
		return "3 " + string(r.Fact.ID) + " " + r.Fact.RecordedAt.UTC().Format(moment)
	}
	return "4 " + string(r.Retract.Fact) + " " + r.Retract.At.UTC().Format(moment)
}

// recordTexts writes records so that equal ones have equal texts: when evidence of a fact was recorded, its assertion says.
func recordTexts(records []kg.Record) []string {
	texts := make([]string, len(records))
	for i, r := range records {
		switch {
		case r.Entity != nil:
			texts[i] = asText(tidyEntity(r.Entity)) + asText(r.Changes)
		case r.Fact != nil:
			f := *r.Fact
			f.Assertion = copyAssertion(f.Assertion)
			for j := range f.Evidence {
				f.Evidence[j].RecordedAt = f.RecordedAt
			}
			texts[i] = fmt.Sprintf("%s dated %t", asText(f), f.Dated)
		case r.Retract != nil:
			texts[i] = asText(*r.Retract)
		default:
			texts[i] = asText(r)
		}
	}
	return texts
}
