package neo4jstore

import (
	"fmt"
	"slices"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// An agreement's status is decided for a day from many facts. So that lists can be filtered by it, what it is from which day
// on is kept with the agreement, and that for each moment at which the graph learned something that changed it.

// statusSteps are three lists side by side: from a day on, as known from a moment on, an agreement is this.
type statusSteps struct {
	known []time.Time
	from  []int64
	value []string
}

// beginning is before everything that can have been recorded.
var beginning = time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)

// caseOf is an agreement with what decides its status, each fact with all of its versions.
type caseOf struct {
	agreement *kg.Entity
	parties   [][]version
	relates   [][]version // those that replace it
	newer     map[kg.ID]*caseOf
}

// steps decides the status on every day on which it may change, as known at every moment at which the graph learned of it. Of
// hundreds of parties few decide, see [deciding]: what a moment adds changes nothing, mostly, and then nothing is decided anew.
func (c *caseOf) steps() statusSteps {
	var s statusSteps
	var last []string // the block before, to leave out equal ones
	var before []*kg.Fact
	for i, moment := range c.moments() {
		of, others := c.dossier(moment), map[kg.ID]*kg.Dossier{}
		facts := slices.Concat(of.Parties, of.Relates)
		for _, f := range of.Relates {
			if n := c.newer[f.From]; n != nil && others[f.From] == nil {
				others[f.From] = n.dossier(moment)
				facts = append(facts, others[f.From].Parties...)
			}
		}
		if i > 0 && slices.Equal(facts, before) {
			continue
		}
		before = facts
		var block []string
		var days []int64
		for _, day := range daysOf(of, others) {
			status := kg.StatusOn(day, of, func(id kg.ID) *kg.Dossier { return others[id] }).Value
			if n := len(block); n > 0 && block[n-1] == status {
				continue
			}
			block, days = append(block, status), append(days, int64(day))
		}
		text := make([]string, len(block))
		for i := range block {
			text[i] = fmt.Sprint(days[i], block[i])
		}
		if slices.Equal(text, last) {
			continue
		}
		last = text
		for i := range block {
			s.known, s.from, s.value = append(s.known, moment), append(s.from, days[i]), append(s.value, block[i])
		}
	}
	return s
}

// moments lists when the graph learned of what decides, the beginning of time first.
func (c *caseOf) moments() []time.Time {
	out := []time.Time{beginning}
	for _, versions := range slices.Concat(c.parties, c.relates) {
		for _, v := range versions {
			out = append(out, v.from)
		}
	}
	for _, n := range c.newer {
		out = append(out, n.moments()...)
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// dossier gathers what decides as the graph held it at a moment.
func (c *caseOf) dossier(moment time.Time) *kg.Dossier {
	at := func(facts [][]version) []*kg.Fact {
		var out []*kg.Fact
		for _, versions := range facts {
			for i := len(versions) - 1; i >= 0; i-- {
				if v := versions[i]; !v.from.After(moment) {
					if v.fact.State == kg.Accepted {
						out = append(out, v.fact)
					}
					break
				}
			}
		}
		return out
	}
	return &kg.Dossier{Agreement: c.agreement, Parties: deciding(c.agreement, at(c.parties)), Relates: at(c.relates)}
}

// daysOf lists the days from which a status may be another, as [kg.StatusOn] reads dates: a beginning counts from the first day
// that it can mean, from the last if it is open; an end once the last day has passed, or, if that is open, the first.
func daysOf(of *kg.Dossier, others map[kg.ID]*kg.Dossier) []kg.Day {
	days := []kg.Day{kg.MinDay}
	begin := func(d kg.Date) {
		switch {
		case !d.Known():
		case d.First != kg.MinDay:
			days = append(days, d.First)
		default:
			days = append(days, d.Last)
		}
	}
	end := func(d kg.Date) {
		switch {
		case !d.Known():
		case d.Last != kg.MaxDay:
			days = append(days, d.Last+1)
		default:
			days = append(days, d.First+1)
		}
	}
	values := func(k kg.Kind, values []kg.Value) {
		for i, f := range k.Decl().Fields {
			d, _ := values[i].(kg.Date)
			switch f.Name {
			case "endedOn", "survivesUntil", "withdrewOn":
				end(d)
			default:
				begin(d)
			}
		}
	}
	gather := func(d *kg.Dossier) {
		values(kg.Agreement, d.Agreement.Values)
		for _, f := range d.Parties {
			values(kg.PartyTo, f.Values)
		}
		for _, f := range d.Relates {
			begin(f.Since)
			end(f.Until)
		}
	}
	gather(of)
	for _, d := range others {
		gather(d)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// deriveStatus keeps the steps of all agreements whose status a batch may have changed.
func (a *applying) deriveStatus() error {
	touched := map[kg.ID]bool{}
	for id := range a.entities {
		touched[id] = true
	}
	for _, f := range a.facts {
		if f.changed && (f.Kind == kg.PartyTo || f.Kind == kg.RelatesTo) {
			touched[f.To] = true
			if f.Kind == kg.RelatesTo {
				touched[f.From] = true
			}
		}
	}
	if len(touched) == 0 {
		return nil
	}
	cases, err := a.readCases(sorted(touched))
	if err != nil {
		return err
	}
	var rows []any
	for _, id := range sorted(cases) {
		s := cases[id].steps()
		rows = append(rows, map[string]any{"id": string(id), "known": s.known, "from": s.from, "value": s.value})
	}
	_, err = a.ask("UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n.status = row.value, n.status_known = row.known, n.status_from = row.from RETURN count(*)", map[string]any{"rows": rows})
	return err
}

// readCases reads and locks what decides the status of some agreements, and of those that they replace: of the facts, each
// version as it stands there by now, without what it rests on.
func (a *applying) readCases(ids []kg.ID) (map[kg.ID]*caseOf, error) {
	relates, party := typeNames(kg.SetOf(kg.RelatesTo), everyVersion), typeNames(kg.SetOf(kg.PartyTo), everyVersion)
	text := fmt.Sprintf("UNWIND $ids AS id MATCH (n:Entity {id: id}) CALL (n) { RETURN n AS m UNION MATCH (n)-[:%s]->(m) RETURN m } WITH DISTINCT m ORDER BY m.id REMOVE m.%s RETURN collect(m.id)",
		relates, lockProperty)
	values, err := a.ask(text, map[string]any{"ids": texts(ids)})
	if err != nil {
		return nil, err
	}
	c := newCompiler(nil, endOfTime, 0)
	bare := &kg.Select{Without: kg.AllParts &^ kg.PartEnds} // with all fields, by which it is decided
	entity := c.entityRow(node{name: "m", class: anEntity, kinds: kg.SetOf(kg.Agreement)}, bare)
	fact := c.factRow(node{name: "r", class: aFact, kinds: kg.SetOf(kg.PartyTo)}, bare)
	link := c.factRow(node{name: "g", class: aFact, kinds: kg.SetOf(kg.RelatesTo)}, bare)
	text = fmt.Sprintf("UNWIND $ids AS id MATCH (m:Entity {id: id}) WITH m WHERE m:Agreement"+
		" RETURN collect([%[1]s, COLLECT { MATCH (m)<-[r:%[2]s]-() RETURN [%[3]s, coalesce(r.known_from, r.recordedAt)] },"+
		" COLLECT { MATCH (m)<-[g:%[4]s]-() WHERE g.type = 'REPLACES' RETURN [%[5]s, coalesce(g.known_from, g.recordedAt)] }])",
		entity.expr, party, fact.expr, relates, link.expr)
	cases := map[kg.ID]*caseOf{}
	read := func(ids []any) (further []any, err error) {
		values, err := a.ask(text, map[string]any{"ids": ids})
		if err != nil {
			return nil, err
		}
		for _, v := range values[0].([]any) {
			parts := v.([]any)
			of := &caseOf{agreement: entity.read(parts[0]).Entity, parties: versionsOf(parts[1], fact), relates: versionsOf(parts[2], link), newer: map[kg.ID]*caseOf{}}
			cases[of.agreement.ID] = of
			for _, versions := range of.relates {
				further = append(further, string(versions[0].fact.From))
			}
		}
		return further, nil
	}
	wanted := values[0].([]any)
	further, err := read(wanted)
	if err != nil {
		return nil, err
	}
	further = slices.DeleteFunc(further, func(id any) bool { return cases[kg.ID(id.(string))] != nil })
	if len(further) > 0 {
		if _, err := read(further); err != nil {
			return nil, err
		}
	}
	out := map[kg.ID]*caseOf{}
	for _, x := range wanted {
		id := kg.ID(x.(string))
		of := cases[id]
		if of == nil {
			continue
		}
		for _, versions := range of.relates {
			if newer := cases[versions[0].fact.From]; newer != nil {
				of.newer[newer.agreement.ID] = &caseOf{agreement: newer.agreement, parties: newer.parties}
			}
		}
		out[id] = of
	}
	return out, nil
}

// versionsOf gathers versions by their facts, each fact's in their order.
func versionsOf(v any, fact code[kg.Row]) [][]version {
	by := map[kg.ID]int{}
	var out [][]version
	for _, x := range v.([]any) {
		pair := x.([]any)
		version := version{fact: fact.read(pair[0]).Fact, from: readMoment(pair[1])}
		at, ok := by[version.fact.ID]
		if !ok {
			at = len(out)
			by[version.fact.ID] = at
			out = append(out, nil)
		}
		out[at] = append(out[at], version)
	}
	for _, versions := range out {
		slices.SortFunc(versions, func(a, b version) int { return a.from.Compare(b.from) })
	}
	return out
}
