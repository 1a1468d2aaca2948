package kg_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Small random graphs and, as the measure of truth, all their paths by plain recursion.

var (
	pathDay   = dated("2020")
	earlier   = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)
	lastYear  = earlier.AddDate(4, 0, 0)
	pathKinds = []kg.Kind{kg.Country, kg.City, kg.City, kg.City, kg.Company, kg.Company, kg.Event, kg.Agreement, kg.Sector, kg.Zone}
)

func dated(s string) kg.Date {
	d, err := kg.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// randomGraph gives a graph as one batch, and the ids that a question may name: its entities, and some aliases of them.
func randomGraph(r *rand.Rand) (*kg.Batch, []kg.ID) {
	b := &kg.Batch{Sources: []*kg.Source{{ID: "source:s", Title: "s", Key: "s", Class: "NEWS", Reliability: 1, RecordedAt: earlier}}}
	var ids []kg.ID
	for i := range 4 + r.IntN(7) {
		kind := pick(r, pathKinds)
		if i == 0 {
			kind = kg.Country // so that there is something to join
		}
		d := kind.Decl()
		id := kg.ID(fmt.Sprintf("%s:%d", d.Prefix, i))
		b.Entities = append(b.Entities, &kg.Entity{ID: id, Kind: kind, Names: []kg.Name{{Value: string(id), Kind: kg.Primary}}, Key: string(id),
			Values: make([]kg.Value, len(d.Fields))})
		ids = append(ids, id)
	}
	for range (2 + r.IntN(5)) * len(ids) {
		f := randomFact(r, ids)
		b.Facts = append(b.Facts, f)
		if r.IntN(8) == 0 {
			b.Retract = append(b.Retract, kg.RetractRecord{Fact: f.ID, At: lastYear.AddDate(0, 1, 0), Reason: "wrong"})
		}
	}
	for _, id := range ids {
		if r.IntN(4) == 0 {
			alias := id + "-old"
			b.Aliases = append(b.Aliases, kg.AliasRecord{Alias: alias, Of: id})
			ids = append(ids, alias)
		}
	}
	return b, ids
}

func randomFact(r *rand.Rand, ids []kg.ID) kg.FactRecord {
	var f kg.FactRecord
	for f.From == f.To || !f.Kind.Decl().MayJoin(kg.KindOf(f.From), kg.KindOf(f.To)) {
		f = kg.FactRecord{Kind: pick(r, kg.Facts.Kinds()), From: pick(r, ids), To: pick(r, ids), Key: pick(r, []string{"", "", "again"})}
	}
	d := f.Kind.Decl()
	if d.Symmetric && f.From > f.To {
		f.From, f.To = f.To, f.From
	}
	f.Assertion = kg.Assertion{
		RecordedAt: pick(r, []time.Time{earlier, earlier, lastYear}),
		State:      pick(r, []kg.State{kg.Accepted, kg.Accepted, kg.Accepted, kg.Accepted, kg.Proposed, kg.Rejected}),
		Since:      dated(pick(r, []string{"1960", "2001", "2019-05", "2021"})),
		Values:     make([]kg.Value, len(d.Fields)),
		// Few values, so that much is equally sure; one that floats multiply differently in another order; and none at all.
		Evidence: []kg.Evidence{{Source: "source:s", Locator: fmt.Sprint(r.IntN(1000)), Confidence: pick(r, []float64{0.7, 0.7, 0.9, 0.8, 1, 0.0001}), Disputes: r.IntN(15) == 0}},
	}
	if r.IntN(3) == 0 {
		f.Until = dated("2019-12")
	}
	for i, field := range d.Fields {
		switch {
		case field == d.Identity:
			f.Identity = field.Enum[r.IntN(2)]
			f.Values[i] = f.Identity
		case field == d.Prefer:
			f.Values[i] = pick(r, []kg.Value{nil, 0.2, 0.6})
		}
	}
	f.ID = kg.FactID(f.Kind, f.From, f.To, f.Identity, f.Key)
	return f
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func randomQuestion(r *rand.Rand, ids []kg.ID) *kg.Query {
	w := kg.Connecting{
		From:    pick(r, ids),
		To:      pick(r, ids),
		MaxHops: 1 + r.IntN(6),
		First:   pick(r, []int{1, 2, 3, 5, 20}),
		States:  pick(r, []kg.StateSet{kg.OnlyAccepted, kg.OnlyAccepted, kg.AnyState}),
		Through: pick(r, []kg.KindSet{0, kg.SetOf(kg.Country), kg.SetOf(kg.Country, kg.Sector), kg.SetOf(kg.City)}),
	}
	if most := r.IntN(24) - 12; most > 0 {
		w.MaxDegree = &most
	}
	if r.IntN(4) == 0 {
		w.AvoidKinds = kg.SetOf(pick(r, pathKinds)) &^ w.Through
	}
	for range max(0, r.IntN(5)-2) {
		w.Avoid = append(w.Avoid, pick(r, ids))
	}
	if r.IntN(8) == 0 {
		w.Avoid = append(w.Avoid, "city:unknown")
	}
	switch r.IntN(6) {
	case 0:
		w.Fact = kg.Not{Filter: kg.KindIn{Kinds: kg.SetOf(pick(r, kg.Facts.Kinds()), kg.LocatedIn)}}
	case 1:
		least := 0.5
		w.Fact = kg.Between{Field: kg.FieldConfidence, Min: &least}
	}
	q := &kg.Query{Walk: w, List: kg.List{Select: &kg.Select{}}}
	if r.IntN(4) == 0 {
		q.AsOf = &pathDay.First
	}
	if r.IntN(4) == 0 {
		q.KnownAt = earlier.AddDate(1, 0, 0)
	}
	return q
}

// allPaths finds every path by plain recursion over all facts, and writes the best, each as its entities and facts.
func allPaths(t *testing.T, c *kg.Catalog, q *kg.Query, aliases []kg.AliasRecord) []string {
	t.Helper()
	w := q.Walk.(kg.Connecting)
	resolve := func(id kg.ID) kg.ID {
		for _, a := range aliases {
			if a.Alias == id {
				return a.Of
			}
		}
		return id
	}
	day := kg.DayOf(today)
	if q.AsOf != nil {
		day = *q.AsOf
	}
	degree := map[kg.ID]int{}
	for _, row := range listFacts(t, c, kg.Query{List: kg.List{States: kg.AnyState}}) {
		degree[row.Fact.From]++
		degree[row.Fact.To]++
	}
	hops := map[[2]kg.ID]*kg.Fact{}
	for _, row := range listFacts(t, c, kg.Query{AsOf: q.AsOf, KnownAt: q.KnownAt, List: kg.List{Where: w.Fact, States: w.States}}) {
		f := row.Fact
		for _, ends := range [][2]kg.ID{{f.From, f.To}, {f.To, f.From}} {
			if old := hops[ends]; old == nil || f.Confidence > old.Confidence || f.Confidence == old.Confidence && kg.CompareSingular(f, old, day) < 0 {
				hops[ends] = f
			}
		}
	}
	next := map[kg.ID][]kg.ID{}
	for ends := range hops {
		next[ends[0]] = append(next[ends[0]], ends[1])
	}

	to := resolve(w.To)
	var paths [][]kg.ID
	var walk func(path []kg.ID)
	walk = func(path []kg.ID) {
		at := path[len(path)-1]
		if at == to {
			paths = append(paths, slices.Clone(path))
			return
		}
		avoided := w.AvoidKinds.Has(kg.KindOf(at)) || slices.ContainsFunc(w.Avoid, func(id kg.ID) bool { return resolve(id) == at })
		joint := kg.SetOf(kg.Country, kg.Sector).Has(kg.KindOf(at)) && !w.Through.Has(kg.KindOf(at))
		if len(path) > 1 && (avoided || joint || w.MaxDegree != nil && degree[at] > *w.MaxDegree) || len(path) > w.MaxHops {
			return
		}
		for _, id := range next[at] {
			if !slices.Contains(path, id) {
				walk(append(path, id))
			}
		}
	}
	walk([]kg.ID{resolve(w.From)})

	sure := func(path []kg.ID) *big.Rat {
		p := big.NewRat(1, 1)
		for i := range path[1:] {
			p.Mul(p, new(big.Rat).SetFrac64(int64(hops[[2]kg.ID{path[i], path[i+1]}].Confidence*1e4+0.5), 1e4))
		}
		return p
	}
	slices.SortFunc(paths, func(a, b []kg.ID) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		if c := sure(b).Cmp(sure(a)); c != 0 {
			return c
		}
		return slices.Compare(a, b)
	})
	var out []string
	for _, path := range paths[:min(w.First, len(paths))] {
		text := string(path[0])
		for i, id := range path[1:] {
			text += fmt.Sprintf(" -%s- %s", hops[[2]kg.ID{path[i], id}].ID, id)
		}
		out = append(out, text)
	}
	return out
}

func listFacts(t *testing.T, c *kg.Catalog, q kg.Query) []kg.Row {
	t.Helper()
	q.Kinds, q.First = kg.Facts, -1
	page, err := c.Read(t.Context(), &q)
	if err != nil {
		t.Fatal(err)
	}
	return page.Rows
}

// pathTexts writes the paths of a page as allPaths does.
func pathTexts(p *kg.Page) []string {
	var out []string
	for _, g := range p.Groups {
		var b strings.Builder
		for i := range g.Rows {
			if i > 0 {
				fmt.Fprintf(&b, " -%s- ", g.Facts[i-1].ID())
			}
			b.WriteString(string(g.Rows[i].ID()))
		}
		out = append(out, b.String())
	}
	return out
}
