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
// [kg.Down] come nearest first.
func (r *reading) lead(owner *kg.Row, rel kg.Relation, fact kg.Filter, states kg.StateSet) []kg.Row {
	switch rel.Way {
	case kg.Out, kg.In, kg.Both:
		var rows []kg.Row
		for _, f := range r.steps(owner.ID(), rel, fact, states) {
			rows = append(rows, r.step(kg.Row{}, f, owner.ID()))
		}
		return rows
	case kg.Up:
		return r.up(owner, rel, fact, states)
	case kg.Down:
		return r.down(owner, rel, fact, states)
	case kg.FactsOf:
		return r.factsOf(owner, rel.Fact, states)
	case kg.FromEnd:
		return r.nodes(owner.Fact.From)
	case kg.ToEnd:
		return r.nodes(owner.Fact.To)
	case kg.ByField:
		switch v := owner.Fact.Value(rel.Field).(type) {
		case kg.ID:
			return r.nodes(v)
		case []kg.ID:
			return r.nodes(v...)
		}
	case kg.EvidenceOf:
		return r.evidenceOf(owner, rel.Field)
	case kg.SourceOf:
		return r.nodes(owner.Evidence.Source)
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
func (r *reading) up(owner *kg.Row, rel kg.Relation, fact kg.Filter, states kg.StateSet) []kg.Row {
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
	climb(kg.Row{Entity: owner.Entity})
	return rows
}

// down lists what lies below a node, level by level, each by the first chain that reaches it.
func (r *reading) down(owner *kg.Row, rel kg.Relation, fact kg.Filter, states kg.StateSet) []kg.Row {
	rows := []kg.Row{{Entity: owner.Entity}}
	met := map[kg.ID]bool{owner.ID(): true}
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

// factsOf lists the facts of an entity, or those that rest on a source; of one kind, if one is given.
func (r *reading) factsOf(owner *kg.Row, kind kg.Kind, states kg.StateSet) []kg.Row {
	var ids []kg.ID
	if owner.Source != nil {
		ids = r.restOn[owner.ID()]
	} else {
		ids = slices.Concat(r.from[owner.ID()], r.to[owner.ID()])
	}
	var rows []kg.Row
	for _, id := range ids {
		f := r.fact(id)
		if f == nil || kind != kg.NoKind && f.Kind != kind || !r.shown(f, states) {
			continue
		}
		if owner.Source == nil || restsOn(f.Evidence, owner.ID()) {
			rows = append(rows, kg.Row{Fact: f})
		}
	}
	return rows
}

// evidenceOf lists the evidence of a fact, or of an entity and one of its fields.
func (r *reading) evidenceOf(owner *kg.Row, field *kg.Field) []kg.Row {
	var evidence []kg.Evidence
	if owner.Fact != nil {
		evidence = owner.Fact.Evidence
	} else {
		name := ""
		if field != nil {
			name = field.Name
		}
		evidence = owner.Entity.EvidenceFor(name)
	}
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
