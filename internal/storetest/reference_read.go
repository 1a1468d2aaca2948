package storetest

import (
	"context"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// reading is one question on its way through one state of the graph.
type reading struct {
	*graph
	ctx   context.Context
	query *kg.Query
	day   kg.Day             // on which singular relations are judged
	past  map[kg.ID]*kg.Fact // facts as they were at Query.KnownAt, as far as they were needed
	err   error              // why the reading was given up
}

// reading begins a question.
func (g *graph) reading(ctx context.Context, q *kg.Query) *reading {
	r := &reading{graph: g, ctx: ctx, query: q, day: q.Today, past: map[kg.ID]*kg.Fact{}}
	if q.AsOf != nil {
		r.day = *q.AsOf
	}
	return r
}

func (g *graph) read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	r := g.reading(ctx, q)
	var p kg.Page
	switch {
	case q.Walk != nil:
		p = r.walk(q.Walk)
	case q.IDs != nil:
		p = r.named(q.IDs)
	default:
		p = r.page(r.all(), &q.List)
	}
	if r.stopped() {
		return nil, r.err
	}
	return &p, nil
}

// stopped says whether the caller has given up. Every loop that may be long asks, and goes no further; what has been put
// together by then is thrown away.
func (r *reading) stopped() bool {
	if r.err == nil {
		r.err = gaveUp(r.ctx)
	}
	return r.err != nil
}

// named answers for the ids of a query, one row for each.
func (r *reading) named(ids []kg.ID) kg.Page {
	l := &r.query.List
	rows := make([]kg.Row, len(ids))
	var found []kg.Row
	for i, id := range ids {
		if row := r.node(id); row.Kind() != kg.NoKind && r.wanted(&row, l) {
			rows[i] = row
			found = append(found, row)
		}
	}
	p := kg.Page{Rows: rows, Facets: r.facets(found, l.Facets)}
	if l.Total {
		p.Total = len(found)
	}
	r.expand(p.Rows, l.Select)
	return p
}

// node finds what an id names; the row is empty where it names nothing.
func (r *reading) node(id kg.ID) kg.Row {
	if e := r.entities[r.canonical(id)]; e != nil {
		return kg.Row{Entity: e}
	}
	if f := r.fact(id); f != nil {
		return kg.Row{Fact: f}
	}
	return kg.Row{Source: r.sources[id]}
}

// fact gives a fact as the graph held it when the query asks; nil where it did not know of it.
func (r *reading) fact(id kg.ID) *kg.Fact {
	h := r.histories[id]
	if h == nil || r.query.KnownAt.IsZero() {
		return r.facts[id]
	}
	f, ok := r.past[id]
	if !ok {
		f = h.At(r.query.KnownAt, r.source)
		r.past[id] = f
	}
	return f
}

// all lists the nodes that a query without ids begins at.
func (r *reading) all() []kg.Row {
	var rows []kg.Row
	add := func(row kg.Row) {
		if r.wanted(&row, &r.query.List) {
			rows = append(rows, row)
		}
	}
	for _, e := range r.entities {
		if r.stopped() {
			return nil
		}
		add(kg.Row{Entity: e})
	}
	for id := range r.histories {
		if r.stopped() {
			return nil
		}
		if f := r.fact(id); f != nil {
			add(kg.Row{Fact: f})
		}
	}
	for _, s := range r.sources {
		if r.stopped() {
			return nil
		}
		add(kg.Row{Source: s})
	}
	return rows
}

// wanted says whether a node is one that a list asks for.
func (r *reading) wanted(row *kg.Row, l *kg.List) bool {
	return ofKinds(row, l.Kinds) && (row.Fact == nil || r.shown(row.Fact, l.States)) && r.fits(row, l.Where)
}

// ofKinds says whether a node is of one of some kinds; no kinds are all kinds.
func ofKinds(row *kg.Row, kinds kg.KindSet) bool {
	return kinds == 0 || kinds.Has(row.Kind())
}

// shown says whether a fact is in one of the states, and may have held on the day that the query asks for.
func (r *reading) shown(f *kg.Fact, states kg.StateSet) bool {
	return states.Has(f.State) && (r.query.AsOf == nil || f.HoldsOn(*r.query.AsOf))
}

// page makes the page of a list from all of its rows.
func (r *reading) page(rows []kg.Row, l *kg.List) kg.Page {
	if l.Distinct {
		rows = r.distinct(rows)
	}
	p := kg.Page{Facets: r.facets(rows, l.Facets)}
	if l.Total {
		p.Total = len(rows)
	}
	rows = rest(sorted(rows, l), l)
	if l.First >= 0 && l.First < len(rows) {
		rows, p.More = rows[:l.First], true
	}
	p.Rows = rows
	r.expand(p.Rows, l.Select)
	return p
}

// distinct keeps one row for each node: the one whose fact a singular relation would show.
func (r *reading) distinct(rows []kg.Row) []kg.Row {
	best := map[kg.ID]kg.Row{}
	for _, row := range rows {
		other, ok := best[row.ID()]
		if !ok || len(row.Lead) == 1 && kg.CompareSingular(row.Lead[0].Fact, other.Lead[0].Fact, r.day) < 0 {
			best[row.ID()] = row
		}
	}
	kept := make([]kg.Row, 0, len(best))
	for _, row := range best {
		kept = append(kept, row)
	}
	return kept
}

// keyed is a row with what it is ordered by.
type keyed struct {
	key kg.Key
	row kg.Row
}

func sorted(rows []kg.Row, l *kg.List) []keyed {
	out := make([]keyed, len(rows))
	for i, row := range rows {
		out[i] = keyed{l.KeyOf(&row), row}
	}
	// Stable, because evidence has no id to break ties by and stays as its fact has it.
	slices.SortStableFunc(out, func(a, b keyed) int { return a.key.Compare(b.key, l.Order) })
	return out
}

// rest gives the rows that stand after a list's cursor.
func rest(rows []keyed, l *kg.List) []kg.Row {
	var out []kg.Row
	for _, k := range rows {
		if l.After == nil || k.key.Compare(l.After.Key, l.Order) > 0 {
			out = append(out, k.row)
		}
	}
	return out
}

// expand follows what is selected from each of the rows.
func (r *reading) expand(rows []kg.Row, s *kg.Select) {
	if s == nil {
		return
	}
	for i := range rows {
		if r.stopped() {
			return
		}
		if s.Degrees && rows[i].Entity != nil {
			rows[i].Degrees = r.degrees(rows[i].ID())
		}
		rows[i].Pages = make([]kg.Page, len(s.Follow))
		for j := range s.Follow {
			if f := &s.Follow[j]; f.Owners.Has(rows[i].Kind()) {
				rows[i].Pages[j] = r.follow(&rows[i], f)
			}
		}
	}
}
