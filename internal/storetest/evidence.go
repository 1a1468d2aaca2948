package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testEvidence proves that facts are as sure as what they rest on, and follow it when it changes.
func testEvidence(t *testing.T, open opener) {
	t.Run("confidence", func(t *testing.T) { testConfidence(t, open) })
	t.Run("readings", func(t *testing.T) { testReadings(t, open) })
	t.Run("lists", func(t *testing.T) { testEvidenceLists(t, open) })
	t.Run("source judged anew", func(t *testing.T) { testSourceReplaced(t, open) })
}

func testConfidence(t *testing.T, open opener) {
	g := newFixture(t, open)
	original := func(s *kg.Source) { s.BasedOn = &kg.Original{Title: "The Treaty", Publisher: "UN"} }
	g.source("source:half", 0.5)
	g.source("source:reprint", 0.6, original)
	g.source("source:another-reprint", 0.4, original)
	g.add("city:a", "sector:s")
	active := func(label string, set ...func(*kg.FactRecord)) {
		g.fact(label, kg.ActiveIn, "city:a", "sector:s", append(set, key(label))...)
	}
	disputes := func(r *kg.FactRecord) { r.Evidence[0].Disputes = true }
	active("one")
	active("unsure", sure(0.25))
	active("two")
	active("two", from("source:half"))
	active("twice-the-same-source")
	active("twice-the-same-source", sure(0.5))
	active("reprints", from("source:reprint"))
	active("reprints", from("source:another-reprint"))
	active("disputed")
	active("disputed", from("source:half"), disputes)
	active("only-disputed", disputes)
	active("not-at-all", sure(0))
	active("waiting")
	active("waiting", from("source:half"), state(kg.Proposed))
	g.apply()

	for label, want := range map[string]float64{
		"one": 0.8, "unsure": 0.2, "two": 0.9, "twice-the-same-source": 0.8, "reprints": 0.6,
		"disputed": 0.8, "only-disputed": 0, "not-at-all": 0, "waiting": 0.8,
	} {
		if got := g.row(the(g.idOf(label))).Fact.Confidence; got != want {
			t.Errorf("the fact %s is %v sure, want %v", label, got, want)
		}
	}
	g.want(all(kg.ActiveIn, where(kg.Between{Field: kg.FieldConfidence, Min: pointer(0.9)})), "two")
}

// testReadings has sources that contradict each other on a fact's dates.
func testReadings(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:weak", 0.3)
	g.source("source:ally", 0.75)
	g.source("source:ally-too", 0.75)
	g.add("city:a", "country:k")
	g.fact("f", kg.LocatedIn, "city:a", "country:k", since("2001"))
	g.fact("f", kg.LocatedIn, "city:a", "country:k", since("1999"), from("source:weak"), recorded(later))
	g.apply()
	since1 := func(want string) {
		t.Helper()
		if got := g.row(the(g.idOf("f"))).Fact; got.Since.Text != want {
			t.Errorf("the fact holds since %q, want %q; it rests on %+v", got.Since, want, got.Evidence)
		}
	}
	since1("2001") // the surer source goes before the newer one

	g.fact("f", kg.LocatedIn, "city:a", "country:k", since("1998"), from("source:ally"), recorded(later))
	g.apply()
	since1("2001")

	g.fact("f", kg.LocatedIn, "city:a", "country:k", since("1998"), from("source:ally-too"), recorded(later))
	g.apply()
	since1("1998") // two that agree are surer than one

	g.fact("f", kg.LocatedIn, "city:a", "country:k", since("1997"), from("source:ally-too"), recorded(late))
	g.apply()
	since1("2001") // and one of them has corrected itself
	if got := len(g.row(the(g.idOf("f"))).Fact.Evidence); got != 5 {
		t.Errorf("the fact rests on %d places, want all 5 that were ever given", got)
	}
}

func testEvidenceLists(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:best", 0.9, func(s *kg.Source) { s.Text = "Jinan is a city." })
	g.add("city:a", "country:k")
	g.entity("city:e", "e", func(e *kg.Entity) {
		for _, field := range []string{"", "population", "name"} {
			e.Evidence = append(e.Evidence, kg.Evidence{Source: paper, Field: field, Locator: "of:" + field, Confidence: 1, Method: "MANUAL", RecordedAt: early})
		}
	})
	g.fact("f", kg.LocatedIn, "city:a", "country:k", sure(0.5))
	g.fact("f", kg.LocatedIn, "city:a", "country:k", func(r *kg.FactRecord) {
		r.Evidence = []kg.Evidence{
			{Source: paper, Locator: "paper.csv:9", Confidence: 0.25, Method: "MANUAL"},
			{Source: "source:best", Quote: "Jinan", Start: 0, End: 5, Confidence: 1, Method: "MANUAL"},
			{Source: "source:best", Locator: "best.csv:1", Confidence: 1, Method: "MANUAL", Disputes: true},
		}
	})
	g.fact("g", kg.LocatedIn, "city:e", "country:k")
	var surest, others []string // where the many pieces of one fact stand
	g.fact("many", kg.PartnersWith, "city:a", "city:e", func(r *kg.FactRecord) {
		r.Evidence = nil
		for row := 10; row < 50; row++ {
			ev := kg.Evidence{Source: "source:best", Locator: fmt.Sprintf("rows:%d", row), Confidence: 0.5, Method: "MANUAL"}
			if row%3 == 0 {
				ev.Confidence = 0.6
				surest = append(surest, ev.Locator)
			} else {
				others = append(others, ev.Locator)
			}
			r.Evidence = append(r.Evidence, ev)
		}
	})
	g.apply()

	evidence := func(options ...option) option { return follow(plain(kg.EvidenceOf, options...)) }
	ofField := plain(kg.EvidenceOf)
	ofField.Owners, ofField.Field = kg.Entities, own(kg.City, "population")
	g.answers(
		asked{"the best first, what disputes last", the(g.idOf("f"), evidence()), `f{"Jinan" paper.csv:1 paper.csv:9 best.csv:1}`},
		asked{"many that are alike", the(g.idOf("many"), evidence()), "many{" + strings.Join(slices.Concat(surest, others), " ") + "}"},
		asked{"what an order leaves open stays", the(g.idOf("many"), evidence(by(asc(kg.FieldConfidence)))),
			"many{" + strings.Join(slices.Concat(others, surest), " ") + "}"},
		asked{"the first", the(g.idOf("f"), evidence(first(1), total)), `f{"Jinan" … of 4}`},
		asked{"with their sources", the(g.idOf("g"), evidence(follow(plain(kg.SourceOf)))), "g{paper.csv:3{source:paper}}"},
		asked{"of an entity", the("city:e", evidence()), "city:e{of: of:population of:name}"},
		asked{"of one of its fields", the("city:e", follow(ofField)), "city:e{of:population}"},
		asked{"none", the("city:a", evidence()), "city:a{}"},
		asked{"none, and nothing else is read", the("city:a", func(l *kg.List) { l.Select = kg.Bare(plain(kg.EvidenceOf)) }), "city:a{}"},
		asked{"facts of a source", the("source:best", follow(plain(kg.FactsOf, total, by(asc(kg.FieldConfidence))))), "source:best{many f of 2}"},
		asked{"each once", the(paper, follow(plain(kg.FactsOf, total, by(asc(kg.FieldConfidence))))), "source:paper{g f of 2}"},
	)
}

// testSourceReplaced lowers what a source is worth, after facts have come to rest on it.
func testSourceReplaced(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "country:k", "country:j")
	g.fact("ak", kg.LocatedIn, "city:a", "country:k")
	g.source("source:other", 0.5)
	g.fact("aj", kg.LocatedIn, "city:a", "country:j", from("source:other"))
	g.apply()
	country := the("city:a", follow(single(along(kg.Up, kg.LocatedIn, kg.SetOf(kg.Country)))))
	surest := all(kg.LocatedIn, by(desc(kg.FieldConfidence)))
	g.want(country, "city:a{country:k(ak)}")
	g.want(surest, "ak aj")

	g.source(paper, 0.1, func(s *kg.Source) { s.Title = "renamed" })
	g.apply()
	g.want(country, "city:a{country:j(aj)}")
	g.want(surest, "aj ak")
	if got := g.row(the(g.idOf("ak"))).Fact.Confidence; got != 0.1 {
		t.Errorf("a fact that rests on a source worth 0.1 is %v sure, want 0.1", got)
	}
	if got := g.row(the(paper)).Source.Title; got != "renamed" {
		t.Errorf("the source replaced is titled %q, want %q", got, "renamed")
	}
}
