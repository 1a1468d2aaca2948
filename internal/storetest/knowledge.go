package storetest

import (
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// testKnowledge asks what the graph held at a moment in the past.
func testKnowledge(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:second", 0.5, func(s *kg.Source) { s.RecordedAt = late })
	g.add("city:a", "city:b", "city:c", "city:d", "country:k")
	g.entity("city:e", "e", func(e *kg.Entity) {
		e.Evidence = []kg.Evidence{
			{Source: paper, Locator: "e:1", Confidence: 1, Method: "IMPORTED", RecordedAt: early},
			{Source: paper, Field: "population", Locator: "e:2", Confidence: 1, Method: "IMPORTED", RecordedAt: late},
		}
	})
	g.fact("retracted", kg.LocatedIn, "city:a", "country:k", recorded(early))
	g.retract(g.idOf("retracted"), late)
	g.fact("opened again", kg.LocatedIn, "city:b", "country:k", recorded(early))
	g.retract(g.idOf("opened again"), later)
	g.fact("opened again", kg.LocatedIn, "city:b", "country:k", recorded(late), since("2001"))
	g.fact("accepted late", kg.LocatedIn, "city:c", "country:k", recorded(early), state(kg.Proposed))
	g.fact("accepted late", kg.LocatedIn, "city:c", "country:k", recorded(late))
	g.fact("corroborated", kg.LocatedIn, "city:d", "country:k", recorded(later))
	g.fact("corroborated", kg.LocatedIn, "city:d", "country:k", recorded(late), from("source:second"))
	g.fact("refused late", kg.LocatedIn, "city:e", "country:k", recorded(early))
	g.fact("refused late", kg.LocatedIn, "city:e", "country:k", recorded(late), state(kg.Rejected))
	g.apply()

	inCountry := the("country:k", follow(along(kg.In, kg.LocatedIn, kg.Entities)))
	moment := time.Millisecond
	g.answers(
		asked{"before everything", knownAt(early.Add(-moment), inCountry), "country:k{}"},
		asked{"at the first moment", knownAt(early, inCountry), "country:k{city:a(retracted) city:b(opened again) city:e(refused late)}"},
		asked{"just before the next", knownAt(later.Add(-moment), inCountry), "country:k{city:a(retracted) city:b(opened again) city:e(refused late)}"},
		asked{"at the next", knownAt(later, inCountry), "country:k{city:a(retracted) city:d(corroborated) city:e(refused late)}"},
		asked{"at the last", knownAt(late, inCountry), "country:k{city:b(opened again) city:c(accepted late) city:d(corroborated)}"},
		asked{"now", inCountry, "country:k{city:b(opened again) city:c(accepted late) city:d(corroborated)}"},
		asked{"in the states of then", knownAt(early, all(kg.LocatedIn, states(1<<kg.Proposed))), "accepted late"},
		asked{"in the states of now", all(kg.LocatedIn, states(1<<kg.Retracted|1<<kg.Rejected|1<<kg.Proposed), by(desc(kg.FieldState))), "retracted refused late"},
		asked{"entities as they are now", knownAt(early.Add(-moment), all(kg.City, total, first(0))), "… of 5"},
		asked{"sources as they are now", knownAt(early, all(kg.SourceKind)), "source:paper source:second"},
		asked{"facts by id", knownAt(early, these(ids(g.idOf("corroborated"), g.idOf("retracted")))), "- retracted"},
		asked{"in a filter", knownAt(early, all(kg.City, where(some(way(kg.Up, kg.LocatedIn), kg.SetOf(kg.Country), nil)))), "city:a city:b city:e"},
		asked{"evidence", knownAt(later, the(g.idOf("corroborated"), follow(plain(kg.EvidenceOf)))), "corroborated{paper.csv:6}"},
		asked{"evidence now", the(g.idOf("corroborated"), follow(plain(kg.EvidenceOf))), "corroborated{paper.csv:6 paper.csv:7}"},
		asked{"evidence of an entity", knownAt(later, the("city:e", follow(plain(kg.EvidenceOf)))), "city:e{e:1}"},
		asked{"facts of a source", knownAt(later, the("source:second", follow(plain(kg.FactsOf)))), "source:second{}"},
		asked{"facts that rest on one", knownAt(later, all(kg.LocatedIn, where(kg.RestsOn{"source:second"}))), ""},
		asked{"on a day, as known at a moment", asOf("2000-01-01", knownAt(early, inCountry)), "country:k{city:a(retracted) city:b(opened again) city:e(refused late)}"},
		asked{"on a day, as known now", asOf("2000-01-01", inCountry), "country:k{city:c(accepted late) city:d(corroborated)}"},
	)
	for _, c := range []struct {
		at   time.Time
		want float64
	}{{later, 0.8}, {late, 0.9}} {
		if got := g.row(knownAt(c.at, the(g.idOf("corroborated")))).Fact.Confidence; got != c.want {
			t.Errorf("known at %s the fact is %v sure, want %v", c.at.Format(time.DateOnly), got, c.want)
		}
	}
	if f := g.row(the(g.idOf("opened again"))).Fact; !f.RecordedAt.Equal(early) || !f.AcceptedAt.Equal(late) || !f.RetractedAt.IsZero() || f.Since.Text != "2001" {
		t.Errorf("a fact opened again came as %+v, want it recorded %s, accepted %s, never retracted, since 2001", f, early, late)
	}
	if f := g.row(the(g.idOf("retracted"), states(kg.AnyState))).Fact; f.State != kg.Retracted || !f.RetractedAt.Equal(late) {
		t.Errorf("a retracted fact came as %+v, want it retracted %s", f, late)
	}
}
