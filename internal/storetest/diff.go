package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// testDiffering asks what the graph learned between two moments. Answers read: the year in which a fact became as it is, what
// became of it, its label, and which of its fields differ, without its evidence and when it was accepted, which nearly always do.
func testDiffering(t *testing.T, open opener) {
	t.Run("cases", func(t *testing.T) { testDifferences(t, open) })
	t.Run("as two answers", func(t *testing.T) { testDifferenceOfAnswers(t, open) })
}

func testDifferences(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:second", 0.5)
	g.entity("city:a", "a", holding("population", 5))
	g.add("city:b", "city:c", "city:d", "company:x", "country:k", "agreement:p", "zone:z")
	inK := func(label string, from kg.ID, set ...func(*kg.FactRecord)) {
		g.fact(label, kg.LocatedIn, from, "country:k", set...)
	}
	inK("same", "city:a")
	inK("new", "city:b", recorded(later))
	inK("ended", "city:c", since("2001"))
	inK("ended", "city:c", since("2001"), until("2010"), recorded(later))
	inK("corrected", "city:d", since("2001"))
	inK("corrected", "city:d", since("2002"), recorded(late))
	inK("retracted", "company:x")
	g.retract(g.idOf("retracted"), later)
	inK("proposed", "zone:z", state(kg.Proposed), recorded(later))
	g.fact("supported", kg.PartnersWith, "city:a", "city:b")
	g.fact("supported", kg.PartnersWith, "city:a", "city:b", from("source:second"), recorded(later))
	g.fact("refused", kg.PartnersWith, "city:a", "city:c")
	g.fact("refused", kg.PartnersWith, "city:a", "city:c", state(kg.Rejected), recorded(late))
	g.fact("accepted", kg.PartnersWith, "city:b", "city:c", state(kg.Proposed))
	g.fact("accepted", kg.PartnersWith, "city:b", "city:c", recorded(late))
	g.fact("anew", kg.PartnersWith, "city:c", "city:d")
	g.retract(g.idOf("anew"), later)
	g.fact("anew", kg.PartnersWith, "city:c", "city:d", recorded(late))
	g.fact("there and gone", kg.PartnersWith, "city:b", "city:d", recorded(later))
	g.retract(g.idOf("there and gone"), late)
	g.fact("withdrew", kg.PartyTo, "city:a", "agreement:p", with("signedOn", "2001"))
	g.fact("withdrew", kg.PartyTo, "city:a", "agreement:p", with("withdrewOn", "2009"), recorded(later))
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old-a", Of: "city:a"}}
	g.apply()

	const second = time.Second
	before := early.Add(-second)
	const (
		laterAll = `2021 ENDED ended until nothing to "2010", 2021 ADDED new, 2021 RETRACTED retracted state "ACCEPTED" to "RETRACTED", 2021 CORROBORATED supported confidence 0.8 to 0.9, ` +
			`2021 ADDED there and gone, 2021 ENDED withdrew until nothing to "2009" withdrewOn nothing to "2009"`
		anewGone  = `2021 RETRACTED anew state "ACCEPTED" to "RETRACTED"`
		corrected = `2022 CORRECTED corrected since "2001" to "2002"`
		refused   = `2022 RETRACTED refused state "ACCEPTED" to "REJECTED"`
	)
	diff := func(from, to time.Time, set ...func(*kg.Differing)) kg.Query { return differing(from, to, set...) }
	with := func(q kg.Query, options ...option) kg.Query {
		for _, set := range options {
			set(&q.List)
		}
		return q
	}
	of := func(ids ...kg.ID) func(*kg.Differing) { return func(w *kg.Differing) { w.IDs = ids } }
	fitting := func(f kg.Filter) func(*kg.Differing) { return func(w *kg.Differing) { w.Fact = f } }
	being := func(kinds ...kg.DifferenceKind) func(*kg.Differing) {
		return func(w *kg.Differing) { w.Kinds = append([]kg.DifferenceKind{}, kinds...) }
	}
	inKFilter := kg.Has{Relation: kg.Relation{Way: kg.ToEnd}, Kinds: kg.Entities, Node: kg.IDIn{"country:k"}, AtLeast: 1}
	kindFacet := counted(kg.Facet{By: "KIND", Field: kg.FieldDifference, First: -1})
	g.differ(
		differs{"over one moment", diff(early, later), laterAll + ", " + anewGone},
		differs{"just before the next moment", diff(early, later.Add(-second)), ""},
		differs{"just before that moment up to it", diff(later.Add(-second), later), laterAll + ", " + anewGone},
		differs{"what is undone in between is nothing, or anew", diff(later.Add(-second), late),
			"2022 ADDED accepted, 2022 CORROBORATED anew, " + corrected + ", " + refused + `, 2021 ENDED ended until nothing to "2010", 2021 ADDED new, ` +
				`2021 RETRACTED retracted state "ACCEPTED" to "RETRACTED", 2021 CORROBORATED supported confidence 0.8 to 0.9, ` +
				`2021 ENDED withdrew until nothing to "2009" withdrewOn nothing to "2009"`},
		differs{"up to now", diff(later, time.Time{}), "2022 ADDED accepted, 2022 ADDED anew, " + corrected + ", " + refused +
			`, 2022 RETRACTED there and gone state "ACCEPTED" to "RETRACTED"`},
		differs{"up to a moment to come", diff(later, now.AddDate(-1, 0, 0)), "2022 ADDED accepted, 2022 ADDED anew, " + corrected + ", " + refused +
			`, 2022 RETRACTED there and gone state "ACCEPTED" to "RETRACTED"`},
		differs{"from before everything", diff(before, early), "2020 ADDED anew, 2020 ADDED corrected, 2020 ADDED ended, 2020 ADDED refused, 2020 ADDED retracted, 2020 ADDED same, 2020 ADDED supported, 2020 ADDED withdrew"},
		differs{"before everything", diff(before.AddDate(-2000, 0, 0), before), ""},
		differs{"after everything", diff(late, time.Time{}), ""},
		differs{"of an entity", diff(early, late, of("city:d")), "2022 CORROBORATED anew, " + corrected},
		differs{"of several, an alias, and what names none", diff(early, later, of("city:old-a", "city:none", paper, "company:x", "city:a")),
			`2021 RETRACTED retracted state "ACCEPTED" to "RETRACTED", 2021 CORROBORATED supported confidence 0.8 to 0.9, 2021 ENDED withdrew until nothing to "2009" withdrewOn nothing to "2009"`},
		differs{"of a kind of fact", diff(early, late, fitting(kg.KindIn{Kinds: kg.SetOf(kg.PartyTo)})), `2021 ENDED withdrew until nothing to "2009" withdrewOn nothing to "2009"`},
		differs{"of facts as they are at the end", diff(early, late, fitting(kg.During{Field: kg.FieldSince, From: day("2002-01-01"), To: kg.MaxDay})), corrected},
		differs{"of facts at an entity that fits", diff(early, late, fitting(inKFilter), being(kg.DiffAdded, kg.DiffCorrected)), corrected + ", 2021 ADDED new"},
		differs{"of facts that rest on a source", diff(early, late, fitting(kg.RestsOn{"source:second"})), "2021 CORROBORATED supported confidence 0.8 to 0.9"},
		differs{"by what became of them", diff(early, late, being(kg.DiffEnded)), `2021 ENDED ended until nothing to "2010", 2021 ENDED withdrew until nothing to "2009" withdrewOn nothing to "2009"`},
		differs{"by nothing that may have become of them", diff(early, late, being()), ""},
		differs{"of facts in a state", diff(early, late, fitting(kg.OneOf{Field: kg.FieldState, Values: []string{"REJECTED"}})), refused},
		differs{"the first", with(diff(early, late, of("city:d")), first(1), total), corrected + " … of 2"},
		differs{"counted only", with(diff(early, late), first(0), total, kindFacet), "… of 9, ENDED 2, ADDED 2, CORROBORATED 2, RETRACTED 2, CORRECTED 1"},
		differs{"and on from both", with(diff(early, later, of("company:x", "city:d")), follow(plain(kg.EvidenceOf))),
			`2021 RETRACTED anew state "ACCEPTED" to "RETRACTED"{paper.csv:15} before {paper.csv:15}, ` +
				`2021 RETRACTED retracted state "ACCEPTED" to "RETRACTED"{paper.csv:7} before {paper.csv:7}, 2021 ADDED there and gone{paper.csv:17}`},
	)
	t.Run("pages", func(t *testing.T) { g.on(t).pages(diff(early, late)) })
	t.Run("what was known at either moment", func(t *testing.T) {
		g := g.on(t)
		partners := along(kg.Both, kg.PartnersWith, kg.Entities)
		end := plain(kg.FromEnd, follow(partners))
		q := with(diff(early, late, fitting(kg.IDIn{g.idOf("refused")})), follow(end))
		p := g.read(q)
		if len(p.Rows) != 1 || p.Rows[0].Difference == nil || p.Rows[0].Difference.Before == nil {
			t.Fatalf("Read(%s)\ngave   %s\nwanted one that was asserted before", describe(&q), g.text(p, &q.List))
		}
		row := &p.Rows[0]
		const after, before = "refused{city:a{city:b(supported)}}", "refused{city:a{city:b(supported) city:c(refused)}}"
		if got := g.rowText(row, q.Select); got != after {
			t.Errorf("as it is\ngave   %s\nwanted %s", got, after)
		}
		if got := g.rowText(row.Difference.Before, q.Select); got != before {
			t.Errorf("as it was\ngave   %s\nwanted %s", got, before)
		}
	})
}

// differing asks what became of facts between two moments; zero is now.
func differing(from, to time.Time, set ...func(*kg.Differing)) kg.Query {
	w := kg.Differing{From: from, To: to}
	for _, f := range set {
		f(&w)
	}
	return knownAt(to, walking(w, by(kg.DifferenceOrder...)))
}

// differs is one case. Those of one moment come by the ids of facts, which no reader knows, so that what is wanted stands in any
// order: that they come in theirs is seen apart.
type differs struct {
	name  string
	query kg.Query
	want  string
}

func (g *fixture) differ(cases ...differs) {
	g.t.Helper()
	for _, c := range cases {
		g.t.Run(c.name, func(t *testing.T) {
			t.Helper()
			g := g.on(t)
			p := g.read(c.query)
			for i := 1; i < len(p.Rows); i++ {
				if c.query.KeyOf(&p.Rows[i-1]).Compare(c.query.KeyOf(&p.Rows[i]), c.query.Order) >= 0 {
					t.Errorf("%s comes before %s", g.differenceText(&p.Rows[i-1], nil), g.differenceText(&p.Rows[i], nil))
				}
			}
			var parts []string
			for i := range p.Rows {
				parts = append(parts, g.differenceText(&p.Rows[i], c.query.Select))
			}
			got := strings.Join(parts, ", ")
			if rest := g.text(&kg.Page{More: p.More, Total: p.Total}, &c.query.List); rest != "" {
				got = strings.TrimSpace(got + " " + rest)
			}
			for _, f := range p.Facets {
				got += ", " + buckets(f)
			}
			want := strings.Split(c.want, ", ")
			slices.Sort(want)
			have := strings.Split(got, ", ")
			slices.Sort(have)
			if !slices.Equal(have, want) {
				t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&c.query), got, c.want)
			}
		})
	}
}

func (g *fixture) differenceText(r *kg.Row, s *kg.Select) string {
	d := r.Difference
	text := fmt.Sprintf("%d %s %s", d.At.Year(), d.Kind, g.nodeText(r))
	for _, c := range r.FieldChanges() {
		if c.Field != "evidence" && c.Field != "acceptedAt" {
			text += fmt.Sprintf(" %s %s to %s", c.Field, cmp.Or(c.Before, "nothing"), cmp.Or(c.After, "nothing"))
		}
	}
	if s != nil {
		text += strings.TrimPrefix(g.rowText(r, s), g.nodeText(r))
		if d.Before != nil {
			text += " before " + strings.TrimPrefix(g.rowText(d.Before, s), g.nodeText(d.Before))
		}
	}
	return text
}

// testDifferenceOfAnswers compares what became of facts with the two answers that it lies between, in histories made up by
// chance: with all facts as they are known at the one moment, and at the other.
func testDifferenceOfAnswers(t *testing.T, open opener) {
	moments := []time.Time{early.Add(-time.Hour), early, early.Add(time.Second), later, late, {}}
	for seed := range uint64(3) {
		c := &chance{Rand: rand.New(rand.NewPCG(seed, 7))}
		g := newFixture(t, open)
		g.apply()
		there := known{}
		for i := range 8 {
			b := c.founding()
			if i > 0 {
				b = c.batch()
			}
			if err := g.store.Apply(t.Context(), there.settle(b)); err != nil {
				t.Fatal(err)
			}
		}
		held := make([]map[kg.ID]*kg.Fact, len(moments))
		for i, at := range moments {
			held[i] = map[kg.ID]*kg.Fact{}
			for _, row := range g.read(knownAt(at, allOf(kg.Facts, states(kg.AnyState)))).Rows {
				held[i][row.Fact.ID] = row.Fact
			}
		}
		for from := range moments {
			for to := from + 1; to < len(moments); to++ {
				want := differencesBetween(held, moments, from, to)
				got := []string{}
				q := differing(moments[from], moments[to])
				for _, row := range g.read(q).Rows {
					d := row.Difference
					text := fmt.Sprintf("%s at %s: %s", d.Kind, d.At.Format(time.RFC3339), asText(tidyFact(row.Fact)))
					if d.Before != nil {
						text += " was " + asText(tidyFact(d.Before.Fact))
					}
					got = append(got, text)
				}
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Fatalf("seed %d, Read(%s)\ngave   %s\nwanted %s", seed, describe(&q), strings.Join(got, "\n       "), strings.Join(want, "\n       "))
				}
			}
		}
	}
}

// differencesBetween says what became of facts by what was held of them at some moments.
func differencesBetween(held []map[kg.ID]*kg.Fact, moments []time.Time, from, to int) []string {
	out := []string{}
	for id, after := range held[to] {
		before := held[from][id]
		was, is := before != nil && before.State == kg.Accepted, after.State == kg.Accepted
		var kind string
		switch {
		case !was && !is || before != nil && asText(before) == asText(after):
			continue
		case !was:
			kind = "ADDED"
		case !is:
			kind = "RETRACTED"
		case before.Until.Text == "" && after.Until.Text != "":
			kind = "ENDED"
		case before.Since.Text != after.Since.Text || before.Until.Text != after.Until.Text || asText(before.Values) != asText(after.Values):
			kind = "CORRECTED"
		default:
			kind = "CORROBORATED"
		}
		at := to
		for at > from+1 && held[at-1][id] != nil && asText(held[at-1][id]) == asText(after) {
			at--
		}
		text := fmt.Sprintf("%s at %s: %s", kind, moments[at].Format(time.RFC3339), asText(tidyFact(after)))
		if was {
			text += " was " + asText(tidyFact(before))
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}
