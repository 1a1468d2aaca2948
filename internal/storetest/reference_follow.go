package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// follow answers one relation of one node.
func (r *reading) follow(owner *kg.Row, f *kg.Follow) kg.Page {
	rows := r.lead(owner, f.Relation, f.Fact, f.States)
	rows = slices.DeleteFunc(rows, func(row kg.Row) bool { return !r.wanted(&row, &f.List) })
	if f.Single {
		rows = r.single(rows, f.Way)
	}
	l, chain := f.List, f.Way == kg.Up || f.Way == kg.Down
	l.Distinct = l.Distinct || chain // which has each node once anyway
	p := r.page(rows, &l)
	for i := range p.Rows {
		if f.Lead == nil && (f.Single || chain) {
			p.Rows[i].Lead = nil
		}
		r.expand(p.Rows[i].Lead, f.Lead)
	}
	return p
}

// single keeps the one node that a singular field shows.
func (r *reading) single(rows []kg.Row, way kg.Way) []kg.Row {
	switch way {
	case kg.Out, kg.In, kg.Both:
		slices.SortFunc(rows, func(a, b kg.Row) int {
			return kg.CompareSingular(a.Lead[0].Fact, b.Lead[0].Fact, r.day)
		})
	}
	return rows[:min(1, len(rows))]
}

// lead gives everything that a relation leads to from a node, of whatever kind, with the facts that led. Rows of [kg.Up] and
// [kg.Down] come nearest first. From a node of a class that the way does not begin at, it leads nowhere.
func (r *reading) lead(owner *kg.Row, rel kg.Relation, fact kg.Filter, states kg.StateSet) []kg.Row {
	e, f := owner.Entity, owner.Fact
	switch way := rel.Way; {
	case way == kg.Up && e != nil:
		return r.up(e, rel, fact, states)
	case way == kg.Down && e != nil:
		return r.down(e, rel, fact, states)
	case way.ByFact() && e != nil:
		var rows []kg.Row
		for _, f := range r.steps(e.ID, rel, fact, states) {
			rows = append(rows, r.step(kg.Row{}, f, e.ID))
		}
		return rows
	case way == kg.FactsOf && e != nil:
		return r.factsOf(slices.Concat(r.from[e.ID], r.to[e.ID]), states)
	case way == kg.FactsOf && owner.Source != nil:
		rows := r.factsOf(r.restOn[owner.Source.ID], states)
		return slices.DeleteFunc(rows, func(row kg.Row) bool { return !restsOn(row.Fact.Evidence, owner.Source.ID) })
	case way == kg.FromEnd && f != nil:
		return r.nodes(f.From)
	case way == kg.ToEnd && f != nil:
		return r.nodes(f.To)
	case way == kg.EitherEnd && f != nil:
		return r.nodes(f.From, f.To)
	case way == kg.ByField && f != nil:
		switch v := f.Value(rel.Field).(type) {
		case kg.ID:
			return r.nodes(v)
		case []kg.ID:
			return r.nodes(v...)
		}
	case way == kg.EvidenceOf && f != nil:
		return r.recorded(f.Evidence)
	case way == kg.EvidenceOf && e != nil && rel.Field != nil:
		return r.recorded(e.EvidenceFor(rel.Field.Name))
	case way == kg.EvidenceOf && e != nil:
		return r.recorded(e.EvidenceFor(""))
	case way == kg.EvidenceOf && owner.Status != nil:
		return r.recorded(owner.Status.DecidedBy)
	case way == kg.SourceOf && owner.Evidence != nil:
		return r.nodes(owner.Evidence.Source)
	case way == kg.StatusOf:
		if s := r.status(e, rel.On); s != nil {
			return []kg.Row{{Status: s}}
		}
	case way == kg.LineageOf && e != nil:
		return r.lineage(e, fact, states)
	case way == kg.ChangesOf && e != nil:
		return r.changesOf(e)
	case way == kg.FactOf && owner.Change != nil:
		return r.nodes(owner.Change.Fact)
	}
	return nil
}

// steps lists the facts that lead one step from an entity.
func (r *reading) steps(id kg.ID, rel kg.Relation, fact kg.Filter, states kg.StateSet) []*kg.Fact {
	var facts []*kg.Fact
	along := func(ids []kg.ID) {
		for _, id := range ids {
			f := r.fact(id)
			if f != nil && f.Kind == rel.Fact && r.shown(f, states) && r.fits(&kg.Row{Fact: f}, fact) {
				facts = append(facts, f)
			}
		}
	}
	if rel.Way != kg.In && rel.Way != kg.Down {
		along(r.from[id])
	}
	if rel.Way != kg.Out && rel.Way != kg.Up {
		along(r.to[id])
	}
	return facts
}

// step goes along a fact from one of its ends to the other; before is the row of the end that it starts from.
func (r *reading) step(before kg.Row, f *kg.Fact, from kg.ID) kg.Row {
	return kg.Row{
		Entity: r.entities[f.Other(from)],
		Lead:   append(slices.Clone(before.Lead), kg.Row{Fact: f}),
	}
}

// up lists what lies above a node, itself first, in the order in which the chains are to be preferred: at each step the
// facts as a singular relation prefers them, and all of the one before anything of the next. What was met is not entered
// again, so that a circle of facts ends.
func (r *reading) up(owner *kg.Entity, rel kg.Relation, fact kg.Filter, states kg.StateSet) []kg.Row {
	var rows []kg.Row
	met := map[kg.ID]bool{}
	var climb func(row kg.Row)
	climb = func(row kg.Row) {
		if met[row.ID()] || r.stopped() {
			return
		}
		met[row.ID()] = true
		rows = append(rows, row)
		for _, f := range r.preferred(row.ID(), rel, fact, states) {
			climb(r.step(row, f, row.ID()))
		}
	}
	climb(kg.Row{Entity: owner})
	return rows
}

// down lists what lies below a node, level by level, each by the first chain that reaches it.
func (r *reading) down(owner *kg.Entity, rel kg.Relation, fact kg.Filter, states kg.StateSet) []kg.Row {
	rows := []kg.Row{{Entity: owner}}
	met := map[kg.ID]bool{owner.ID: true}
	for i := 0; i < len(rows) && !r.stopped(); i++ {
		id := rows[i].ID()
		for _, f := range r.preferred(id, rel, fact, states) {
			if next := f.Other(id); !met[next] {
				met[next] = true
				rows = append(rows, r.step(rows[i], f, id))
			}
		}
	}
	return rows[1:]
}

// preferred lists the facts of a step as a singular relation prefers them.
func (r *reading) preferred(id kg.ID, rel kg.Relation, fact kg.Filter, states kg.StateSet) []*kg.Fact {
	facts := r.steps(id, rel, fact, states)
	slices.SortFunc(facts, func(a, b *kg.Fact) int { return kg.CompareSingular(a, b, r.day) })
	return facts
}

// factsOf gives those of some facts that are shown.
func (r *reading) factsOf(ids []kg.ID, states kg.StateSet) []kg.Row {
	var rows []kg.Row
	for _, id := range ids {
		if f := r.fact(id); f != nil && r.shown(f, states) {
			rows = append(rows, kg.Row{Fact: f})
		}
	}
	return rows
}

// recorded gives the evidence that the graph had when the query asks.
func (r *reading) recorded(evidence []kg.Evidence) []kg.Row {
	var rows []kg.Row
	for i := range evidence {
		if at := r.query.KnownAt; at.IsZero() || !evidence[i].RecordedAt.After(at) {
			rows = append(rows, kg.Row{Evidence: &evidence[i]})
		}
	}
	return rows
}

func (r *reading) nodes(ids ...kg.ID) []kg.Row {
	var rows []kg.Row
	for _, id := range ids {
		if row := r.node(id); row.Kind() != kg.NoKind {
			rows = append(rows, row)
		}
	}
	return rows
}
