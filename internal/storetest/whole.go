package storetest

import (
	"maps"
	"reflect"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// What was written comes back down to the last field, byte for byte.

// Text that engines, drivers and encodings have been seen to change; the second as it may stand in more lines than one.
const (
	awkward = " 'one' \"two\" \\n \\ $x {y} %s 济南 𠮷 e\u0301\u00a0\u200d\ufeffend "
	prose   = awkward + "\ttab\r\nline\n\u0000\u001b end\n"
)

func testWholeEntity(t *testing.T, open opener) {
	g := newFixture(t, open)
	full := func(e *kg.Entity) {
		e.Names = append(e.Names,
			kg.Name{Value: "济南高新区", Lang: "zh-Hans", Kind: kg.Alias},
			kg.Name{Value: awkward, Kind: kg.Former})
		e.Description = prose
		e.Others = []kg.Identifier{{Scheme: "WIKIDATA", Value: "Q1"}, {Scheme: "OTHER", Value: awkward}}
		e.Evidence = []kg.Evidence{
			{Source: paper, Field: "areaKm2", Quote: prose, Start: 19, End: 64, Confidence: 0.75, Method: "EXTRACTED", RecordedAt: early},
			{Source: paper, Locator: "a.csv:1", Disputes: true, Confidence: 1, Method: "MANUAL", RecordedAt: later.Add(1000)},
		}
	}
	g.entity("zone:full", "Zone 𠮷", holding("type", "HIGH_TECH"), holding("level", "NATIONAL"),
		holding("establishedOn", "1991-03~"), holding("areaKm2", 291.1), at(-36.65, 180), full)
	g.entity("city:bare", "b")
	g.entity("city:zeros", "z", holding("population", 0), at(0, 0))
	g.entity("city:large", "l", holding("population", 2147483647))
	wanted := copyBatch(&g.batch)
	g.apply()

	for _, want := range wanted.Entities {
		g.on(t).wantWhole(tidyEntity(want), tidyEntity(g.row(the(want.ID)).Entity))
	}
}

func testWholeSource(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:full", 0.9, func(s *kg.Source) {
		s.Title, s.Key = awkward, kg.SortKey(awkward)
		s.URL, s.Publisher, s.Language, s.Licence = "https://example.org/a?b=c&d=%20#e", awkward, "fr-CH", "CC-BY-4.0"
		s.PublishedOn, s.SHA256, s.Text = date("2024-10-23"), "00ff", prose
		s.BasedOn = &kg.Original{Title: awkward, Publisher: "P", URL: "https://example.org", PublishedOn: date("2024-10~")}
	})
	g.source("source:worthless", 0)
	g.source("source:original", 0.5, func(s *kg.Source) { s.BasedOn = &kg.Original{Title: "t"} })
	wanted := copyBatch(&g.batch)
	g.apply()

	for _, want := range wanted.Sources {
		g.on(t).wantWhole(want, g.row(the(want.ID)).Source)
	}
}

func testWholeFact(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:other", 0.5)
	g.add("city:a", "company:b", "city:c", "city:d", "agreement:x")
	g.fact("full", kg.InvestsIn, "company:b", "city:a", key("second"), since("2001-02~"), until("2003/.."), recorded(later),
		with("amount", 1234.5), with("currency", "EUR"), with("mode", "LOAN"), func(r *kg.FactRecord) {
			r.Evidence = []kg.Evidence{
				{Source: paper, Quote: prose, Start: 3, End: 48, Confidence: 0.6, Method: "EXTRACTED"},
				{Source: "source:other", Locator: awkward, Confidence: 0.9, Method: "MANUAL", Disputes: true},
			}
		})
	g.fact("bare", kg.LocatedIn, "company:b", "city:a")
	g.fact("references", kg.PartnersWith, "city:c", "city:d", with("basis", kg.ID("agreement:x")), with("assertedBy", ids("city:d", "city:c")))
	g.fact("waiting", kg.PartnersWith, "city:c", "city:a", state(kg.Proposed))
	wanted := copyBatch(&g.batch)
	g.apply()

	for _, r := range wanted.Facts {
		h := r.NewHistory()
		h.Assert(r.Assertion)
		want := h.At(now, func(id kg.ID) *kg.Source { return g.row(the(id)).Source })
		g.on(t).wantWhole(tidyFact(want), tidyFact(g.row(the(r.ID, states(kg.AnyState))).Fact))
	}
}

// wantWhole compares all that there is of two nodes.
func (g *fixture) wantWhole(want, got any) {
	g.t.Helper()
	if !reflect.DeepEqual(want, got) {
		g.t.Errorf("what was written came back as\n%+v\nwanted\n%+v", reflect.ValueOf(got).Elem(), reflect.ValueOf(want).Elem())
	}
}

// Whether an empty list is nil is not for a store to keep.

func tidyEntity(e *kg.Entity) *kg.Entity {
	c := *e
	c.Others, c.Evidence = tidy(c.Others), tidy(c.Evidence)
	return &c
}

func tidyFact(f *kg.Fact) *kg.Fact {
	c := *f
	c.Values = tidy(c.Values)
	return &c
}

func tidy[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// copyBatch makes a batch that shares nothing with the other.
func copyBatch(b *kg.Batch) *kg.Batch {
	c := &kg.Batch{At: b.At}
	for _, s := range b.Sources {
		c.Sources = append(c.Sources, copySource(s))
	}
	for _, e := range b.Entities {
		c.Entities = append(c.Entities, copyEntity(e))
	}
	for _, f := range b.Facts {
		f.Assertion = copyAssertion(f.Assertion)
		c.Facts = append(c.Facts, f)
	}
	c.Changes = maps.Clone(b.Changes)
	c.Aliases = append(c.Aliases, b.Aliases...)
	c.Retract = append(c.Retract, b.Retract...)
	return c
}
