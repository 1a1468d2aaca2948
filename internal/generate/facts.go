package generate

import (
	"fmt"
	"hash/fnv"

	"github.com/ententegraph/entente/internal/kg"
)

// facts makes all facts. Three in a hundred are told again by a table, some months later.
func (g *graph) facts(put func(kg.Record) error) error {
	for i := range g.total {
		r := g.fact(i)
		if r == nil {
			continue
		}
		g.rest(i, r)
		if err := put(kg.Record{Fact: r}); err != nil {
			return err
		}
		if d := g.dice(10, uint64(i)); d.percent(3) {
			again := *r
			again.Evidence, again.RecordedAt = []kg.Evidence{g.inTable(d.next())}, r.RecordedAt.AddDate(0, 0, 1+d.n(150))
			if err := put(kg.Record{Fact: &again}); err != nil {
				return err
			}
		}
	}
	return nil
}

// retractions takes back one fact in a hundred.
func (g *graph) retractions(put func(kg.Record) error) error {
	for i := range g.total {
		if !g.retracted(i) {
			continue
		}
		if r := g.fact(i); r != nil {
			g.rest(i, r)
			at := r.RecordedAt.AddDate(0, 6, 0)
			if err := put(kg.Record{Retract: &kg.RetractRecord{Fact: r.ID, At: at, Reason: "the document was withdrawn"}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// retracted is true of no place that others lie in.
func (g *graph) retracted(i int) bool {
	return i >= g.quota[0].count && g.dice(7, uint64(i)).n(100) == 0
}

// link gives the ends of a fact by its number; false where it would link a thing with itself.
func (g *graph) link(i int) (kind kg.Kind, from, to kg.ID, ok bool) {
	q := 0
	for i >= g.quota[q].first+g.quota[q].count {
		q++
	}
	kind = g.quota[q].kind
	n := i - g.quota[q].first
	d := g.dice(2, uint64(i))
	one := func(k kg.Kind) kg.ID { return g.id(k, d.hub(g.count[k])) }
	some := func(k kg.Kind) kg.ID { return g.id(k, d.uneven(g.count[k])) }
	any := func(k kg.Kind) kg.ID { return g.id(k, d.n(g.count[k])) }
	party := func() kg.ID {
		switch p := d.n(100); {
		case p < 15:
			return one(kg.Country)
		case p < 55:
			return one(kg.City)
		case p < 60:
			return one(kg.Zone)
		case p < 85:
			return any(kg.Company)
		}
		return any(kg.Institution)
	}
	switch kind {
	case kg.LocatedIn:
		from, to = g.located(n)
	case kg.PartnersWith:
		switch p := d.n(10); {
		case p < 7:
			from, to = one(kg.City), one(kg.City)
		case p < 9:
			from, to = any(kg.Company), any(kg.Company)
		default:
			from, to = any(kg.Institution), some(kg.Institution)
		}
		if from > to {
			from, to = to, from
		}
	case kg.PartyTo:
		from, to = party(), some(kg.Agreement)
	case kg.TookPartIn:
		from, to = party(), some(kg.Event)
	case kg.ActiveIn:
		from, to = any(kg.Company), one(kg.Sector)
	case kg.InvestsIn:
		from = any(kg.Company)
		switch d.n(4) {
		case 0:
			to = some(kg.Project)
		case 1:
			to = some(kg.Zone)
		case 2:
			to = any(kg.Company)
		default:
			to = one(kg.City)
		}
	case kg.Concerns:
		from, to = any(kg.Agreement), one(kg.Sector)
		if d.percent(30) {
			from, to = any(kg.Event), some(kg.Project)
		}
	case kg.PartOf:
		from, to = any(kg.Company), some(kg.Company)
	case kg.Represents:
		from, to = any(kg.Institution), one(kg.Country)
	case kg.ResultedIn:
		from, to = any(kg.Event), any(kg.Agreement)
	case kg.RelatesTo:
		from, to = any(kg.Agreement), any(kg.Agreement)
	}
	return kind, from, to, from != to
}

// located gives where the n-th of all that lies somewhere does: a city in its country, all else in a city.
func (g *graph) located(n int) (from, to kg.ID) {
	for _, k := range []kg.Kind{kg.City, kg.Zone, kg.Company, kg.Institution, kg.Event, kg.Project} {
		if n >= g.count[k] {
			n -= g.count[k]
			continue
		}
		if k == kg.City {
			return g.id(k, n), kg.ID("country:" + g.cities[n].country)
		}
		return g.id(k, n), g.id(kg.City, g.home(k, n))
	}
	panic("generate: no such fact")
}

// fact makes a fact by its number, apart from what it rests on; nil where it would link a thing with itself. What it says
// besides its ends follows from the ends, so that two facts that fall together say the same.
func (g *graph) fact(i int) *kg.FactRecord {
	kind, from, to, ok := g.link(i)
	if !ok {
		return nil
	}
	h := fnv.New64a()
	fmt.Fprint(h, kind, from, to)
	d := g.dice(3, h.Sum64())
	decl := kind.Decl()
	r := &kg.FactRecord{Kind: kind, From: from, To: to}
	r.State, r.Values = kg.Accepted, make([]kg.Value, len(decl.Fields))
	switch n := d.n(100); {
	case kind == kg.LocatedIn:
	case n < 4:
		r.State = kg.Proposed
	case n < 6:
		r.State = kg.Rejected
	}
	set := func(field string, v kg.Value) {
		for j, f := range decl.Fields {
			if f.Name == field {
				r.Values[j] = v
			}
		}
	}
	if decl.Identity != nil {
		r.Identity = pick(d, decl.Identity.Enum)
		if kind == kg.PartyTo && d.percent(85) {
			r.Identity = "SIGNATORY"
		}
		set(decl.Identity.Name, r.Identity)
	}
	since := d.day(1960, 2025)
	dated := kind != kg.LocatedIn && kind != kg.ActiveIn && d.percent(70)
	switch {
	case kind == kg.PartyTo:
		set("signedOn", since)
		if d.percent(70) {
			set("inForceOn", d.later(since, 3))
		}
		if d.percent(4) {
			set("withdrewOn", d.later(d.later(since, 3), 20))
		}
	case dated:
		r.Since = since
		if d.percent(8) {
			r.Until = d.later(since, 15)
		}
	}
	switch kind {
	case kg.InvestsIn:
		if d.percent(60) {
			set("amount", float64(1+d.hub(2_000))*1e6)
			set("currency", pick(d, []string{"USD", "EUR", "CNY"}))
		}
		set("mode", pick(d, decl.Field("mode").Enum))
	case kg.PartnersWith:
		if d.percent(10) {
			set("basis", g.id(kg.Agreement, d.n(g.count[kg.Agreement])))
		}
	case kg.PartOf:
		if d.percent(50) {
			set("share", float64(1+d.n(100))/100)
		}
	}
	r.ID = kg.FactID(kind, from, to, r.Identity, "")
	return r
}
