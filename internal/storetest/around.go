package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testAround draws what lies around some entities. Answers read: entities; facts; what is not shown of each, truncated.
func testAround(t *testing.T, open opener) {
	t.Run("steps", func(t *testing.T) { testAroundSteps(t, open) })
	t.Run("the most telling", func(t *testing.T) { testAroundTelling(t, open) })
	t.Run("truncated", func(t *testing.T) { testAroundTruncated(t, open) })
	t.Run("which facts", func(t *testing.T) { testAroundFacts(t, open) })
}

// wide draws as much as there is within some steps.
func wide(depth int, ids ...kg.ID) kg.Around {
	return kg.Around{IDs: ids, Depth: depth, PerNode: 100, Limit: 100, States: kg.OnlyAccepted, Hidden: true}
}

// testAroundSteps walks a ring of six cities, each a partner of the next, with a country in its middle that two lie in.
func testAroundSteps(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:1", "city:2", "city:3", "city:4", "city:5", "city:6", "city:lone", "country:k")
	for i := range 6 {
		a, b := i+1, (i+1)%6+1
		// The surer, the sooner it is followed: so what is found first is known.
		g.fact(fmt.Sprintf("%d%d", min(a, b), max(a, b)), kg.PartnersWith, kg.ID(fmt.Sprint("city:", a)), kg.ID(fmt.Sprint("city:", b)), sure(0.9-float64(i)/10))
	}
	g.fact("1k", kg.LocatedIn, "city:1", "country:k", sure(0.1))
	g.fact("4k", kg.LocatedIn, "city:4", "country:k", sure(0.1))
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:one", Of: "city:1"}}
	g.apply()

	partners := follow(along(kg.Both, kg.PartnersWith, kg.Entities), kg.Follow{Owners: kg.Facts, Relation: kg.Relation{Way: kg.FromEnd}, List: list(0, nil)})
	g.drawn(
		drawn{"one step", walking(wide(1, "city:1")), "1 2 6 k; 12 16 1k; 2:1 6:1 k:1"},
		drawn{"two steps", walking(wide(2, "city:1")), "1 2 6 k 3 5 4; 12 16 1k 23 34 45 4k 56;"},
		drawn{"what is beyond is counted once, though two facts lead there", walking(wide(1, "city:4")), "4 3 5 k; 34 45 4k; 3:1 5:1 k:1"},
		drawn{"several, in the order asked", walking(wide(1, "city:4", "city:1")), "4 1 3 5 k 2 6; 12 16 1k 23 34 45 4k 56;"},
		drawn{"facts among those asked for", walking(wide(1, "city:2", "city:1")), "2 1 3 6 k; 12 16 1k 23; 3:1 6:1 k:1"},
		drawn{"an alias, and repetitions", walking(wide(1, "city:one", "city:1", "city:one")), "1 2 6 k; 12 16 1k; 2:1 6:1 k:1"},
		drawn{"what names no entity", walking(wide(1, "city:none", paper, g.idOf("12"), "city:lone")), "lone; ;"},
		drawn{"none", walking(wide(2)), "; ;"},
		drawn{"and on from all that is found", walking(wide(1, "city:1"), partners),
			"1{city:2(12) city:6(16) | } 2{city:1(12) city:3(23) | } 6{city:1(16) city:5(56) | } k{ | }; 12{ | city:1} 16{ | city:1} 1k{ | city:1}; 2:1 6:1 k:1"},
	)
}

// testAroundTelling follows one fact, of more and more that are left to choose from.
func testAroundTelling(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:hub", "city:surest", "city:newest", "city:new", "city:plain", "city:crowd", "city:undated", "company:1", "company:2")
	g.fact("surest", kg.PartnersWith, "city:hub", "city:surest", sure(0.9), since("1990"))
	g.fact("newest", kg.PartnersWith, "city:hub", "city:newest", sure(0.5), since("2010"))
	g.fact("new", kg.PartnersWith, "city:hub", "city:new", sure(0.5), since("2000-02"))
	g.fact("plain", kg.PartnersWith, "city:hub", "city:plain", sure(0.5), since("2000"))
	g.fact("crowd", kg.PartnersWith, "city:hub", "city:crowd", sure(0.5), since("2000"))
	g.fact("undated", kg.PartnersWith, "city:hub", "city:undated", sure(0.5))
	g.fact("guess", kg.PartnersWith, "city:hub", "city:undated", sure(0.4), with("type", "OTHER"), since("2020"))
	g.fact("c1", kg.LocatedIn, "company:1", "city:crowd", state(kg.Rejected)) // which makes it a crowd all the same
	g.fact("p1", kg.LocatedIn, "company:1", "city:newest")
	g.fact("p2", kg.LocatedIn, "company:2", "city:newest")
	g.apply()

	found := []string{"surest", "newest", "new", "plain", "crowd", "undated"}
	for most := range found {
		t.Run(fmt.Sprint(most), func(t *testing.T) {
			g := g.on(t)
			w := wide(1, "city:hub")
			w.PerNode = most
			p := g.read(walking(w))
			var got []string
			for _, row := range p.Rows[1:] {
				got = append(got, row.Entity.Name())
			}
			if !slices.Equal(got, found[:most]) || !p.Truncated {
				t.Errorf("of %d facts followed, the ends are %q (truncated %t), want %q", most, got, p.Truncated, found[:most])
			}
		})
	}

	equal := newFixture(t, open)
	equal.add("city:hub", "city:a", "city:b", "city:c")
	for _, other := range ids("city:a", "city:b", "city:c") {
		equal.fact(string(other), kg.PartnersWith, "city:hub", other)
	}
	equal.apply()
	for i, row := range equal.read(all(kg.PartnersWith)).Rows {
		w := wide(1, "city:hub")
		w.PerNode = i + 1
		if got, want := equal.read(walking(w)).Rows[i+1].ID(), row.Fact.Other("city:hub"); got != want {
			t.Errorf("of equal facts, followed by id, number %d leads to %s, want %s", i+1, got, want)
		}
	}
}

// testAroundTruncated leaves something out in each of the ways in which that may be.
func testAroundTruncated(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "city:c", "city:d", "city:e", "city:lone", "city:alone")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b", sure(0.9))
	g.fact("ab again", kg.PartnersWith, "city:a", "city:b", sure(0.8), with("type", "OTHER"))
	g.fact("ac", kg.PartnersWith, "city:a", "city:c", sure(0.5))
	g.fact("bc", kg.PartnersWith, "city:b", "city:c", sure(0.9), with("type", "OTHER"))
	g.fact("cd", kg.PartnersWith, "city:c", "city:d", sure(0.8))
	g.fact("de", kg.PartnersWith, "city:d", "city:e", sure(0.8))
	g.apply()

	bounded := func(depth, perNode, limit int, ids ...kg.ID) kg.Query {
		return walking(kg.Around{IDs: ids, Depth: depth, PerNode: perNode, Limit: limit, States: kg.OnlyAccepted, Hidden: true})
	}
	g.drawn(
		drawn{"nothing", bounded(1, 3, 3, "city:a"), "a b c; ab ab again ac bc; c:1"},
		drawn{"by facts followed", bounded(1, 1, 9, "city:a"), "a b; ab ab again; a:1 b:1 truncated"},
		drawn{"by facts followed, two of which lead to one", bounded(1, 2, 9, "city:a"), "a b; ab ab again; a:1 b:1 truncated"},
		drawn{"by entities shown", bounded(1, 9, 2, "city:a"), "a b; ab ab again; a:1 b:1 truncated"},
		drawn{"by entities shown, of those asked for", bounded(1, 9, 1, "city:a", "city:b"), "a; ; a:2 truncated"},
		drawn{"which nothing links", bounded(1, 9, 1, "city:lone", "city:alone"), "lone; ; truncated"},
		drawn{"not by what names nothing", bounded(1, 9, 1, "city:lone", "city:none"), "lone; ;"},
		drawn{"not by depth", bounded(2, 9, 9, "city:a"), "a b c d; ab ab again ac bc cd; d:1"},
		drawn{"by facts followed, which makes the way to c longer", bounded(2, 2, 9, "city:a"), "a b c; ab ab again ac bc; c:1 truncated"},
		drawn{"by none, where all is shown in other ways", bounded(3, 3, 9, "city:a"), "a b c d e; ab ab again ac bc cd de;"},
	)
}

// testAroundFacts draws by facts that fit.
func testAroundFacts(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "city:c", "city:d", "country:k")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b", until("2005"), sure(0.9))
	g.fact("bc", kg.PartnersWith, "city:b", "city:c", since("2000"), sure(0.8))
	g.fact("ac", kg.PartnersWith, "city:a", "city:c", state(kg.Proposed), sure(0.7))
	g.fact("ad", kg.PartnersWith, "city:a", "city:d", recorded(late), sure(0.6))
	g.fact("ak", kg.LocatedIn, "city:a", "country:k", sure(0.5))
	g.apply()

	fitting := func(f kg.Filter, states kg.StateSet) kg.Query {
		w := wide(2, "city:a")
		w.Fact, w.States = f, states
		return walking(w)
	}
	located := kg.KindIn{Kinds: kg.SetOf(kg.LocatedIn)}
	g.drawn(
		drawn{"accepted", fitting(nil, kg.OnlyAccepted), "a b d k c; ab ad ak bc;"},
		drawn{"of a kind", fitting(located, kg.OnlyAccepted), "a k; ak;"},
		drawn{"not of a kind", fitting(kg.Not{Filter: located}, kg.OnlyAccepted), "a b d c; ab ad bc;"},
		drawn{"that none fits", fitting(kg.Or{}, kg.OnlyAccepted), "a; ;"},
		drawn{"in any state", fitting(nil, kg.AnyState), "a b c d k; ab ac ad ak bc;"},
		drawn{"in another state", fitting(nil, 1<<kg.Proposed), "a c; ac;"},
		drawn{"on a day", asOf("2010-01-01", fitting(nil, kg.OnlyAccepted)), "a d k; ad ak;"},
		drawn{"as known at a moment", knownAt(early, fitting(nil, kg.OnlyAccepted)), "a b k c; ab ak bc;"},
	)
}

// drawn is one case.
type drawn struct {
	name  string
	query kg.Query
	want  string
}

func (g *fixture) drawn(cases ...drawn) {
	g.t.Helper()
	for _, c := range cases {
		g.t.Run(c.name, func(t *testing.T) {
			t.Helper()
			g := g.on(t)
			if got := g.drawingText(g.read(c.query), &c.query.List); got != c.want {
				t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&c.query), got, c.want)
			}
		})
	}
}

// drawingText writes entities by their keys and facts by their labels, in the order of these; their own, by id, must hold too.
func (g *fixture) drawingText(p *kg.Page, l *kg.List) string {
	if !slices.IsSortedFunc(p.Facts, func(a, b kg.Row) int { return strings.Compare(string(a.ID()), string(b.ID())) }) {
		return "facts that are not in the order of their ids"
	}
	key := func(id kg.ID) string {
		_, key, _ := strings.Cut(string(id), ":")
		return key
	}
	var nodes, facts, omitted []string
	for i := range p.Rows {
		nodes = append(nodes, key(kg.ID(g.rowText(&p.Rows[i], l.Select))))
	}
	for i := range p.Facts {
		facts = append(facts, g.rowText(&p.Facts[i], l.Select))
	}
	slices.Sort(facts)
	for _, o := range p.Omitted {
		omitted = append(omitted, fmt.Sprintf("%s:%d", key(o.ID), o.Count))
	}
	text := strings.Join(nodes, " ") + "; " + strings.Join(facts, " ") + ";"
	if len(omitted) > 0 {
		text += " " + strings.Join(omitted, " ")
	}
	if p.Truncated {
		text += " truncated"
	}
	return text
}
