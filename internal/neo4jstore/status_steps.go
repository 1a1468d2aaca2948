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

// caseOf is an agreement with the histories of what decides its status.
type caseOf struct {
	agreement *kg.Entity
	parties   []*kg.History
	relates   []*kg.History // those that replace it
	newer     map[kg.ID]*caseOf
}

// steps decides the status on every day on which it may change, as known at every moment at which the graph learned of it.
func (c *caseOf) steps(source func(kg.ID) *kg.Source) statusSteps {
	var s statusSteps
	var last []string // the block before, to leave out equal ones
	for _, moment := range c.moments() {
		of, others := c.dossier(moment, source), map[kg.ID]*kg.Dossier{}
		for id, n := range c.newer {
			others[id] = n.dossier(moment, source)
		}
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
	for _, h := range slices.Concat(c.parties, c.relates) {
		for _, a := range h.Assertions {
			out = append(out, a.RecordedAt)
		}
		for _, r := range h.Retractions {
			out = append(out, r.At)
		}
	}
	for _, n := range c.newer {
		out = append(out, n.moments()...)
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// dossier gathers what decides as the graph held it at a moment.
func (c *caseOf) dossier(moment time.Time, source func(kg.ID) *kg.Source) *kg.Dossier {
	at := func(histories []*kg.History) []*kg.Fact {
		var facts []*kg.Fact
		for _, h := range histories {
			if f := h.At(moment, source); f != nil && f.State == kg.Accepted {
				facts = append(facts, f)
			}
		}
		return facts
	}
	return &kg.Dossier{Agreement: c.agreement, Parties: at(c.parties), Relates: at(c.relates)}
}

// daysOf lists the days on which a status may change: the first and the last that a date can mean, and the days after them.
func daysOf(of *kg.Dossier, others map[kg.ID]*kg.Dossier) []kg.Day {
	days := []kg.Day{kg.MinDay}
	add := func(d kg.Date) {
		for _, day := range []kg.Day{d.First, d.Last} {
			if d.Known() && day != kg.MinDay && day != kg.MaxDay {
				days = append(days, day, day+1)
			}
		}
	}
	dates := func(values []kg.Value) {
		for _, v := range values {
			if d, ok := v.(kg.Date); ok {
				add(d)
			}
		}
	}
	gather := func(d *kg.Dossier) {
		dates(d.Agreement.Values)
		for _, f := range slices.Concat(d.Parties, d.Relates) {
			add(f.Since)
			add(f.Until)
			dates(f.Values)
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
		s := cases[id].steps(a.source)
		rows = append(rows, map[string]any{"id": string(id), "known": s.known, "from": s.from, "value": s.value})
	}
	_, err = a.ask("UNWIND $rows AS row MATCH (n:Agreement {id: row.id}) SET n.status = row.value, n.status_known = row.known, n.status_from = row.from RETURN count(*)", map[string]any{"rows": rows})
	return err
}

// readCases reads and locks what decides the status of some agreements, and of those that they replace.
func (a *applying) readCases(ids []kg.ID) (map[kg.ID]*caseOf, error) {
	relates, party := typeNames(kg.SetOf(kg.RelatesTo), present), typeNames(kg.SetOf(kg.PartyTo), present)
	text := fmt.Sprintf("UNWIND $ids AS id MATCH (n:Entity {id: id}) CALL (n) { RETURN n AS m UNION MATCH (n)-[:%s]->(m) RETURN m } WITH DISTINCT m ORDER BY m.id REMOVE m.lock RETURN collect(m.id)", relates)
	values, err := a.ask(text, map[string]any{"ids": texts(ids)})
	if err != nil {
		return nil, err
	}
	c := newCompiler(nil, endOfTime, 0)
	n, f := node{"m", anEntity, kg.SetOf(kg.Agreement)}, node{"r", aFact, kg.SetOf(kg.PartyTo)}
	g := node{"g", aFact, kg.SetOf(kg.RelatesTo)}
	entity, fact, link := c.entityRow(n, 0), c.factRow(f, 0), c.factRow(g, 0)
	text = fmt.Sprintf("UNWIND $ids AS id MATCH (m:Agreement {id: id})"+
		" RETURN collect([%[1]s, COLLECT { MATCH (m)<-[r:%[2]s]-() RETURN [%[3]s, r.history] }, COLLECT { MATCH (m)<-[g:%[4]s]-() WHERE g.type = 'REPLACES' RETURN [%[5]s, g.history] }])",
		entity.expr, party, fact.expr, relates, link.expr)
	cases := map[kg.ID]*caseOf{}
	wanted := values[0].([]any)
	read := func(ids []any) (further []any, err error) {
		values, err := a.ask(text, map[string]any{"ids": ids})
		if err != nil {
			return nil, err
		}
		for _, v := range values[0].([]any) {
			parts := v.([]any)
			of := &caseOf{agreement: entity.read(parts[0]).Entity, newer: map[kg.ID]*caseOf{}}
			if of.parties, err = histories(parts[1], fact); err == nil {
				of.relates, err = histories(parts[2], link)
			}
			if err != nil {
				return nil, err
			}
			cases[of.agreement.ID] = of
			for _, h := range of.relates {
				further = append(further, string(h.From))
			}
		}
		return further, nil
	}
	further, err := read(wanted)
	if err != nil {
		return nil, err
	}
	further = slices.DeleteFunc(further, func(id any) bool { return cases[kg.ID(id.(string))] != nil })
	own := len(wanted)
	if len(further) > 0 {
		if _, err := read(further); err != nil {
			return nil, err
		}
	}
	need := map[kg.ID]bool{}
	for _, of := range cases {
		for _, h := range slices.Concat(of.parties, of.relates) {
			if newer := cases[h.From]; newer != nil && h.Kind == kg.RelatesTo {
				of.newer[h.From] = &caseOf{agreement: newer.agreement, parties: newer.parties}
			}
			for i := range h.Assertions {
				a.needSources(h.Assertions[i].Evidence, false, need)
			}
		}
	}
	if err := a.fetchSources(need); err != nil {
		return nil, err
	}
	out := map[kg.ID]*caseOf{}
	for _, id := range wanted[:own] {
		if of := cases[kg.ID(id.(string))]; of != nil {
			out[kg.ID(id.(string))] = of
		}
	}
	return out, nil
}

func histories(v any, fact code[kg.Row]) ([]*kg.History, error) {
	var out []*kg.History
	for _, x := range v.([]any) {
		pair := x.([]any)
		h, err := historyOf(fact.read(pair[0]).Fact, str(pair[1]))
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}
