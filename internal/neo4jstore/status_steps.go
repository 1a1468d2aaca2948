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
		s := cases[id].steps()
		rows = append(rows, map[string]any{"id": string(id), "known": s.known, "from": s.from, "value": s.value})
	}
	_, err = a.ask("UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n.status = row.value, n.status_known = row.known, n.status_from = row.from RETURN count(*)", map[string]any{"rows": rows})
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
	n, f := node{name: "m", class: anEntity, kinds: kg.SetOf(kg.Agreement)}, node{name: "r", class: aFact, kinds: kg.SetOf(kg.PartyTo)}
	g := node{name: "g", class: aFact, kinds: kg.SetOf(kg.RelatesTo)}
	entity, fact, link := c.entityRow(n, 0), c.factRow(f, 0), c.factRow(g, 0)
	text = fmt.Sprintf("UNWIND $ids AS id MATCH (m:Entity {id: id}) WITH m WHERE m:Agreement"+
		" RETURN collect([%[1]s, COLLECT { MATCH (m)<-[r:%[2]s]-() RETURN [%[3]s, r.history] }, COLLECT { MATCH (m)<-[g:%[4]s]-() WHERE g.type = 'REPLACES' RETURN [%[5]s, g.history] }])",
		entity.expr, party, fact.expr, relates, link.expr)
	found := map[kg.ID][2][]*kg.History{}
	agreements := map[kg.ID]*kg.Entity{}
	wanted := values[0].([]any)
	read := func(ids []any) (further []any, err error) {
		values, err := a.ask(text, map[string]any{"ids": ids})
		if err != nil {
			return nil, err
		}
		for _, v := range values[0].([]any) {
			parts := v.([]any)
			e := entity.read(parts[0]).Entity
			parties, err := histories(parts[1], fact)
			if err != nil {
				return nil, err
			}
			relates, err := histories(parts[2], link)
			if err != nil {
				return nil, err
			}
			agreements[e.ID], found[e.ID] = e, [2][]*kg.History{parties, relates}
			for _, h := range relates {
				further = append(further, string(h.From))
			}
		}
		return further, nil
	}
	further, err := read(wanted)
	if err != nil {
		return nil, err
	}
	further = slices.DeleteFunc(further, func(id any) bool { return agreements[kg.ID(id.(string))] != nil })
	if len(further) > 0 {
		if _, err := read(further); err != nil {
			return nil, err
		}
	}
	need := map[kg.ID]bool{}
	for _, f := range found {
		for _, h := range slices.Concat(f[0], f[1]) {
			for i := range h.Assertions {
				a.needSources(h.Assertions[i].Evidence, false, need)
			}
		}
	}
	if err := a.fetchSources(need); err != nil {
		return nil, err
	}
	versions := func(list []*kg.History) [][]version {
		out := make([][]version, len(list))
		for i, h := range list {
			out[i] = historyVersions(h, a.source)
		}
		return out
	}
	cases := map[kg.ID]*caseOf{}
	for _, x := range wanted {
		id := kg.ID(x.(string))
		if agreements[id] == nil {
			continue
		}
		of := &caseOf{agreement: agreements[id], parties: versions(found[id][0]), relates: versions(found[id][1]), newer: map[kg.ID]*caseOf{}}
		for _, h := range found[id][1] {
			if e := agreements[h.From]; e != nil {
				of.newer[h.From] = &caseOf{agreement: e, parties: versions(found[h.From][0])}
			}
		}
		cases[id] = of
	}
	return cases, nil
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
