package storetest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testExpand takes one step of a search for paths.
func testExpand(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "city:c", "city:lone", "country:k", "agreement:p")
	g.fact("ak", kg.LocatedIn, "city:a", "country:k")
	g.fact("bk", kg.LocatedIn, "city:b", "country:k", recorded(late))
	g.fact("ab", kg.PartnersWith, "city:a", "city:b", since("2001"), until("2005"))
	g.fact("ap", kg.PartyTo, "city:a", "agreement:p", state(kg.Proposed))
	g.fact("gone", kg.PartnersWith, "city:b", "city:c")
	g.retract(g.idOf("gone"), late)
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old-a", Of: "city:a"}}
	g.apply()

	accepted := kg.Expansion{States: kg.OnlyAccepted, Budget: 100}
	with := func(set func(*kg.Expansion)) kg.Expansion {
		x := accepted
		set(&x)
		return x
	}
	for _, c := range []struct {
		name string
		x    kg.Expansion
		of   []kg.ID
		want string
	}{
		{"one", accepted, ids("city:a"), "3: ab ak"},
		{"several, in the order asked", accepted, ids("country:k", "city:b"), "2: ak bk; 3: ab bk"},
		{"a fact stands with both of its ends", accepted, ids("city:a", "city:b"), "3: ab ak; 3: ab bk"},
		{"what has no facts", accepted, ids("city:lone"), "0:"},
		{"what names nothing", accepted, ids("city:none", "city:a"), "0:; 3: ab ak"},
		{"what is no entity", accepted, ids(paper, g.idOf("ab")), "0:; 0:"},
		{"an alias, which is not for here", accepted, ids("city:old-a"), "0:"},
		{"none", accepted, ids(), ""},
		{"facts that fit", with(func(x *kg.Expansion) { x.Fact = kg.KindIn{Kinds: kg.SetOf(kg.PartnersWith)} }), ids("city:a", "country:k"), "3: ab; 2:"},
		{"in other states", with(func(x *kg.Expansion) { x.States = kg.AnyState }), ids("city:a", "city:c"), "3: ab ak ap; 1: gone"},
		{"on a day", with(func(x *kg.Expansion) { x.AsOf = pointer(day("2006-01-01")) }), ids("city:a"), "3: ak"},
		{"as known at a moment", with(func(x *kg.Expansion) { x.KnownAt = early }), ids("city:b"), "3: ab gone"},
		{"for as much as it costs", with(func(x *kg.Expansion) { x.Budget = 6 }), ids("city:a", "city:b"), "3: ab ak; 3: ab bk"},
		{"for less", with(func(x *kg.Expansion) { x.Budget = 5 }), ids("city:a", "city:b"), "exceeded"},
		{"whatever fits of it", with(func(x *kg.Expansion) { x.Budget, x.Fact = 2, kg.Or{} }), ids("city:a"), "exceeded"},
		{"for nothing", with(func(x *kg.Expansion) { x.Budget = 0 }), ids("city:lone"), "0:"},
	} {
		c.x.IDs = c.of
		t.Run(c.name, func(t *testing.T) {
			g := g.on(t)
			got, err := g.store.Expand(t.Context(), &c.x)
			if err != nil || g.expandedText(got) != c.want {
				t.Errorf("Expand(%+v)\ngave   %s, %v\nwanted %s", c.x, g.expandedText(got), err, c.want)
			}
			x := c.x
			x.Steps, x.Without = true, kg.AllParts&^kg.PartEnds
			if got, err = g.store.Expand(t.Context(), &x); err == nil {
				err = factsOfSteps(got, x.IDs)
			}
			if err != nil || g.expandedText(got) != c.want {
				t.Errorf("Expand(%+v)\ngave   %s, %v\nwanted %s", x, g.expandedText(got), err, c.want)
			}
		})
	}
}

// expandedText writes each entity's degree and its facts in the order of their labels.
func (g *fixture) expandedText(x *kg.Expanded) string {
	switch {
	case x == nil:
		return "nothing"
	case x.Exceeded && x.Facts == nil && x.Degrees == nil:
		return "exceeded"
	case x.Exceeded || len(x.Facts) != len(x.Degrees):
		return fmt.Sprintf("%+v", *x)
	}
	parts := make([]string, len(x.Facts))
	for i, facts := range x.Facts {
		var labels []string
		for _, f := range facts {
			labels = append(labels, " "+g.labels[f.ID])
		}
		slices.Sort(labels)
		parts[i] = fmt.Sprintf("%d:%s", x.Degrees[i], strings.Join(labels, ""))
	}
	return strings.Join(parts, "; ")
}

// factsOfSteps puts the facts in the place of steps, where a store has given these, once each says of its fact what that does.
func factsOfSteps(x *kg.Expanded, ids []kg.ID) error {
	if x.Steps == nil {
		return nil
	}
	x.Facts = make([][]*kg.Fact, len(x.Steps.Of))
	for i, steps := range x.Steps.Of {
		for _, s := range steps {
			f := x.Steps.Fact(s.Fact)
			end := f.Other(ids[i])
			n, ok := x.Steps.Number(end)
			kind := kg.KindOf(end)
			if !ok || n != s.End || x.Steps.ID(n) != end || x.Steps.Kind(n) != kind || !s.EndKinds.Has(kind) || s.Sure != uint16(math.Round(f.Confidence*1e4)) {
				return fmt.Errorf("the step %+v of %s is not %+v, which leads to %s", s, ids[i], f, end)
			}
			x.Facts[i] = append(x.Facts[i], f)
		}
	}
	x.Steps = nil
	return nil
}
