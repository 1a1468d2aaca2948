package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testRelation follows relations of one step from nodes, and again from what they lead to.
func testRelation(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:other", 0.5)
	g.add("city:a", "city:b", "city:c", "city:lone", "country:k", "company:x", "sector:s", "sector:t", "agreement:p", "zone:z")
	g.fact("ab twins", kg.PartnersWith, "city:a", "city:b", with("type", "TWIN"), sure(0.5), with("basis", kg.ID("agreement:p")), with("assertedBy", ids("city:b", "city:a")))
	g.fact("ab friends", kg.PartnersWith, "city:a", "city:b", with("type", "FRIENDSHIP"), since("2001"))
	g.fact("ca twins", kg.PartnersWith, "city:c", "city:a", with("type", "TWIN"), since("1999"))
	g.fact("ac other", kg.PartnersWith, "city:a", "city:c", with("type", "OTHER"), state(kg.Proposed))
	g.fact("a signs", kg.PartyTo, "city:a", "agreement:p", with("role", "SIGNATORY"))
	g.fact("b observes", kg.PartyTo, "city:b", "agreement:p", with("role", "OBSERVER"), from("source:other"))
	g.fact("a does s", kg.ActiveIn, "city:a", "sector:s", sure(0.5))
	g.fact("a does s again", kg.ActiveIn, "city:a", "sector:s", key("again"), sure(0.9))
	g.fact("a does t", kg.ActiveIn, "city:a", "sector:t")
	g.fact("concerns z", kg.Concerns, "agreement:p", "zone:z")
	g.fact("concerns s", kg.Concerns, "agreement:p", "sector:s")
	g.apply()

	var (
		partners   = along(kg.Both, kg.PartnersWith, kg.Entities, by(ofFact(asc(kg.FieldSince))))
		agreements = along(kg.Out, kg.PartyTo, kg.SetOf(kg.Agreement))
		parties    = along(kg.In, kg.PartyTo, kg.Parties)
		does       = along(kg.Out, kg.ActiveIn, kg.SetOf(kg.Sector), by(asc(kg.FieldName), ofFact(asc(kg.FieldConfidence))))
		subjects   = along(kg.Out, kg.Concerns, kg.Entities)
	)
	change := func(f kg.Follow, options ...option) kg.Follow {
		for _, set := range options {
			set(&f.List)
		}
		return f
	}
	twins := kg.OneOf{Field: own(kg.PartnersWith, "type"), Values: []string{"TWIN"}}
	g.answers(
		asked{"out", the("city:a", follow(agreements)), "city:a{agreement:p(a signs)}"},
		asked{"in", the("agreement:p", follow(parties)), "agreement:p{city:a(a signs) city:b(b observes)}"},
		asked{"both, one row a fact", the("city:a", follow(partners)), "city:a{city:c(ca twins) city:b(ab friends) city:b(ab twins)}"},
		asked{"both, from the other end", the("city:c", follow(partners)), "city:c{city:a(ca twins)}"},
		asked{"nothing", the("city:lone", follow(partners, agreements)), "city:lone{ | }"},
		asked{"each node once, by the surest fact", the("city:a", follow(change(does, distinct, total))), "city:a{sector:s(a does s again) sector:t(a does t) of 2}"},
		asked{"one row a fact", the("city:a", follow(change(does, total))), "city:a{sector:s(a does s) sector:s(a does s again) sector:t(a does t) of 3}"},
		asked{"of some kinds", the("agreement:p", follow(change(subjects, only(kg.SetOf(kg.Sector))))), "agreement:p{sector:s(concerns s)}"},
		asked{"of all kinds", the("agreement:p", follow(subjects)), "agreement:p{sector:s(concerns s) zone:z(concerns z)}"},
		asked{"nodes that fit", the("city:a", follow(change(partners, where(kg.IDIn{"city:c"})))), "city:a{city:c(ca twins)}"},
		asked{"by facts that fit", the("city:a", follow(through(twins, partners))), "city:a{city:c(ca twins) city:b(ab twins)}"},
		asked{"each node once, by facts that fit", the("city:a", follow(through(twins, change(partners, distinct)))), "city:a{city:c(ca twins) city:b(ab twins)}"},
		asked{"in other states", the("city:a", follow(change(partners, states(1<<kg.Proposed)))), "city:a{city:c(ac other)}"},
		asked{"the first, with a total", the("city:a", follow(change(partners, first(1), total))), "city:a{city:c(ca twins) … of 3}"},
		asked{"counted only", the("city:a", follow(change(partners, first(0), total))), "city:a{… of 3}"},
		asked{"a page for each owner", these(ids("city:a", "city:b"), follow(change(partners, first(1)))), "city:a{city:c(ca twins) …} city:b{city:a(ab friends) …}"},
		asked{"only from its owners", these(ids("agreement:p", "city:b", paper), follow(parties, owned(kg.SetOf(kg.City), agreements))),
			"agreement:p{city:a(a signs) city:b(b observes) | } city:b{ | agreement:p(b observes)} source:paper{ | }"},
		asked{"from an empty row", these(ids("city:none", "city:c"), follow(partners)), "- city:c{city:a(ca twins)}"},
		asked{"from a list", all(kg.City, follow(change(agreements, total))), "city:a{agreement:p(a signs) of 1} city:b{agreement:p(b observes) of 1} city:c{of 0} city:lone{of 0}"},
		asked{"three steps", the("city:c", follow(change(partners, follow(change(agreements, follow(subjects)))))),
			"city:c{city:a(ca twins){agreement:p(a signs){sector:s(concerns s) zone:z(concerns z)}}}"},
		asked{"there and back", the("city:c", follow(change(partners, follow(change(partners, where(kg.IDIn{"city:c"})))))), "city:c{city:a(ca twins){city:c(ca twins)}}"},
	)
	g.answers(
		asked{"a step brings its fact, read or not", the("city:c", follow(unread(partners))), "city:c{city:a(ca twins)}"},
		asked{"each node once, too", the("city:c", follow(unread(change(partners, distinct)))), "city:c{city:a(ca twins)}"},
	)
	t.Run("from facts", func(t *testing.T) { g.on(t).relationsOfFacts() })
	t.Run("from what led", func(t *testing.T) {
		g := g.on(t)
		withEvidence := partners
		withEvidence.Fact = twins
		withEvidence.Lead = &kg.Select{Follow: []kg.Follow{plain(kg.EvidenceOf), plain(kg.FromEnd)}}
		q := the("city:c", follow(withEvidence))
		lead := g.row(q).Pages[0].Rows[0].Lead
		if got, want := g.rowText(&lead[0], withEvidence.Lead), "ca twins{paper.csv:3 | city:a}"; got != want {
			t.Errorf("Read(%s)\nled by %s\nwanted %s", describe(&q), got, want)
		}
	})
}

// relationsOfFacts follows the ways that begin or end at facts, sources and evidence.
func (g *fixture) relationsOfFacts() {
	fieldOf := func(name string) kg.Follow {
		f := owned(kg.SetOf(kg.PartnersWith), plain(kg.ByField))
		f.Field = own(kg.PartnersWith, name)
		return f
	}
	bySince := by(asc(kg.FieldSince), asc(own(kg.PartnersWith, "kind")), asc(kg.FieldConfidence))
	fact := g.idOf
	g.answers(
		asked{"ends", these(ids(fact("ca twins"), fact("a signs")), follow(plain(kg.FromEnd), plain(kg.ToEnd))), "ca twins{city:a | city:c} a signs{city:a | agreement:p}"},
		asked{"an end of some kinds", these(ids(fact("a signs"), fact("a does t")), follow(plain(kg.ToEnd, only(kg.SetOf(kg.Sector))))), "a signs{} a does t{sector:t}"},
		asked{"a field that names one", these(ids(fact("ab twins"), fact("ca twins")), follow(fieldOf("basis"))), "ab twins{agreement:p} ca twins{}"},
		asked{"a field that names several", the(fact("ab twins"), follow(fieldOf("assertedBy"))), "ab twins{city:a city:b}"},
		asked{"a field that the kind lacks", the(fact("a signs"), follow(fieldOf("basis"))), "a signs{}"},
		asked{"facts of an entity, at either end", the("city:b", follow(plain(kg.FactsOf, bySince, only(kg.Facts)))), "city:b{ab friends ab twins b observes}"},
		asked{"of some kinds", the("city:a", follow(plain(kg.FactsOf, by(asc(kg.FieldConfidence)), only(kg.SetOf(kg.ActiveIn)), total, first(2)))), "city:a{a does s a does s again … of 3}"},
		asked{"in any state", the("city:c", follow(plain(kg.FactsOf, by(desc(kg.FieldSince)), states(kg.AnyState)))), "city:c{ca twins ac other}"},
		asked{"that fit", the("city:a", follow(plain(kg.FactsOf, by(asc(kg.FieldSince)), where(kg.Touches{"city:c"})))), "city:a{ca twins}"},
		asked{"of a source", the("source:other", follow(plain(kg.FactsOf))), "source:other{b observes}"},
		asked{"evidence, and its source", the(fact("b observes"), follow(plain(kg.EvidenceOf, follow(plain(kg.SourceOf))))), "b observes{paper.csv:6{source:other}}"},
		asked{"from a fact to its end and on", the(fact("a signs"), follow(plain(kg.FromEnd, follow(along(kg.Both, kg.PartnersWith, kg.Entities, by(ofFact(asc(kg.FieldSince))), first(1)))))), "a signs{city:a{city:c(ca twins) …}}"},
	)
}

// owned sets from which kinds a relation is followed.
func owned(kinds kg.KindSet, f kg.Follow) kg.Follow {
	f.Owners = kinds
	return f
}
