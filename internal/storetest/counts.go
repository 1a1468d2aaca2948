package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testCounts asks how much the graph holds.
func testCounts(t *testing.T, open opener) {
	t.Run("of nothing", func(t *testing.T) {
		g := &fixture{t: t, store: open(t)}
		defer g.store.Close()
		g.wantCounts(walking(kg.Counts{Coverage: true}), "0 entities (), 0 facts (), 0 sources, 0 quoted, 0 corroborated, on ")
	})

	g := newFixture(t, open)
	g.source("source:second", 0.5, ofClass("TREATY_TEXT"))
	g.source("source:unread", 0.5)
	g.add("city:a", "city:b", "city:c", "country:k", "zone:z", "company:x", "company:y")
	g.fact("ak", kg.LocatedIn, "city:a", "country:k", recorded(late))
	g.fact("bk", kg.LocatedIn, "city:b", "country:k", until("2001"))
	g.fact("ck", kg.LocatedIn, "city:c", "country:k", state(kg.Proposed))
	g.fact("zk", kg.LocatedIn, "zone:z", "country:k", state(kg.Rejected))
	g.fact("ab", kg.PartnersWith, "city:a", "city:b", quoting("Once"))
	g.fact("ab", kg.PartnersWith, "city:a", "city:b", quoting("Twice"), recorded(later)) // of one source
	g.fact("bc", kg.PartnersWith, "city:b", "city:c")
	g.fact("bc", kg.PartnersWith, "city:b", "city:c", from("source:second"), recorded(later))
	g.fact("doubted", kg.ActiveIn, "company:x", g.entity("sector:s", "s"))
	g.fact("doubted", kg.ActiveIn, "company:x", "sector:s", from("source:second"), quoting("Never"), disputing, recorded(later))
	g.fact("gone", kg.LocatedIn, "company:x", "country:k")
	g.retract(g.idOf("gone"), later)
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old-a", Of: "city:a"}}
	g.apply()

	const entities, facts = "CITY 3, COMPANY 2, COUNTRY 1, SECTOR 1, ZONE 1", "LOCATED_IN 2, PARTNERS_WITH 2, ACTIVE_IN 1"
	const want = "8 entities (" + entities + "), 5 facts (" + facts + "), 3 sources, 1 quoted, 1 corroborated, on NEWS 5, TREATY_TEXT 2"
	for name, q := range map[string]kg.Query{
		"as it is now":              walking(kg.Counts{Coverage: true}),
		"whatever held on a day":    asOf("2005-01-01", walking(kg.Counts{Coverage: true})),
		"whatever was known before": knownAt(early, walking(kg.Counts{Coverage: true})),
	} {
		t.Run(name, func(t *testing.T) { g.on(t).wantCounts(q, want) })
	}
	t.Run("without what facts rest on", func(t *testing.T) {
		g.on(t).wantCounts(walking(kg.Counts{}), "8 entities ("+entities+"), 5 facts ("+facts+"), 3 sources, 0 quoted, 0 corroborated, on ")
	})
	t.Run("a source that turns out to be a reprint", func(t *testing.T) {
		g := g.on(t)
		second := func(changes ...func(*kg.Source)) {
			g.source("source:second", 0.5, append(changes, ofClass("TREATY_TEXT"))...)
			g.apply()
		}
		original := &kg.Original{Title: "o", Publisher: "p"}
		g.source(paper, paperReliability, func(s *kg.Source) { s.BasedOn = original })
		second(func(s *kg.Source) { s.BasedOn = original })
		g.wantCounts(walking(kg.Counts{Coverage: true}), strings.Replace(want, "1 corroborated", "0 corroborated", 1))
		second()
		g.wantCounts(walking(kg.Counts{Coverage: true}), want)
	})
	t.Run("a source of another class", func(t *testing.T) {
		g := g.on(t)
		g.source(paper, paperReliability, ofClass("TREATY_TEXT"))
		g.fact("bc", kg.PartnersWith, "city:b", "city:c", state(kg.Rejected), recorded(late))
		g.fact("late", kg.PartnersWith, "city:a", "city:c", from("source:unread"), recorded(late))
		g.apply()
		const want = "8 entities (" + entities + "), 5 facts (" + facts + "), 3 sources, 1 quoted, 0 corroborated, on TREATY_TEXT 4, NEWS 1"
		g.wantCounts(walking(kg.Counts{Coverage: true}), want)
	})
}

func ofClass(class string) func(*kg.Source) { return func(s *kg.Source) { s.Class = class } }

// disputing lets a fact's evidence speak against it.
func disputing(r *kg.FactRecord) { r.Evidence[0].Disputes = true }

// quoting lets a fact rest on a quote.
func quoting(quote string) func(*kg.FactRecord) {
	return func(r *kg.FactRecord) { r.Evidence[0].Quote, r.Evidence[0].End = quote, len(quote) }
}

func (g *fixture) wantCounts(q kg.Query, want string) {
	g.t.Helper()
	got := "nothing"
	if s := g.read(q).Statistics; s != nil {
		got = fmt.Sprintf("%d entities (%s), %d facts (%s), %d sources, %d quoted, %d corroborated, on %s",
			s.Entities, buckets(s.ByKind), s.Facts, buckets(s.ByFact), s.Sources, s.Quoted, s.Corroborated, buckets(s.BySourceClass))
	}
	if got != want {
		g.t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&q), got, want)
	}
}
