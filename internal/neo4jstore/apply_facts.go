package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// stored is the history of a fact, as it stands in the database and as the batch makes it.
type stored struct {
	*kg.History
	before  string // its text as it stands; "" where there is none yet
	changed bool   // whether it, or what it rests on, is not what it was
}

// applyFacts adds assertions and retractions to the histories of their facts, and writes the versions of those that change.
func (a *applying) applyFacts() error {
	ids := map[kg.ID]bool{}
	for i := range a.batch.Facts {
		ids[a.batch.Facts[i].ID] = true
	}
	for _, r := range a.batch.Retract {
		ids[r.Fact] = true
	}
	for id := range a.facts {
		delete(ids, id) // it is read already, as it rests on a source that has changed
	}
	if err := a.readFacts(sorted(ids)); err != nil {
		return err
	}
	for i := range a.batch.Facts {
		r := &a.batch.Facts[i]
		f := a.facts[r.ID]
		if f == nil {
			f = &stored{History: r.NewHistory()}
			a.facts[r.ID] = f
		}
		assertion := r.Assertion
		f.changed = f.Assert(assertion) || f.changed
	}
	for _, r := range a.batch.Retract {
		f := a.facts[r.Fact]
		if f == nil {
			return missing(r.Fact)
		}
		f.changed = f.Retract(kg.Retraction{At: r.At, Reason: r.Reason, Dated: r.Dated}) || f.changed
	}
	need := map[kg.ID]bool{}
	for i := range a.batch.Facts {
		a.needSources(a.batch.Facts[i].Evidence, true, need)
	}
	for _, f := range a.facts {
		if f.changed {
			for i := range f.Assertions {
				a.needSources(f.Assertions[i].Evidence, false, need)
			}
		}
	}
	if err := a.fetchSources(need); err != nil {
		return err
	}
	for i := range a.batch.Facts {
		for _, ev := range a.batch.Facts[i].Evidence {
			if a.sources[ev.Source] == nil {
				return missing(ev.Source)
			}
		}
	}
	return a.writeFacts()
}

// writeFacts writes the versions of facts that have changed, and of those that are new.
func (a *applying) writeFacts() error {
	gone := map[kg.Kind][]string{}
	rows := map[string][]any{}
	var ends []*stored
	for _, id := range sorted(a.facts) {
		f := a.facts[id]
		if !f.changed {
			continue
		}
		if f.before != "" {
			gone[f.Kind] = append(gone[f.Kind], string(id))
		}
		ends = append(ends, f)
		versions := historyVersions(f.History, a.source)
		for i, v := range versions {
			t, h := typesOf(f.Kind, past)[0], (*kg.History)(nil)
			if i == len(versions)-1 {
				h = f.History
				if t = typesOf(f.Kind, asserted)[0]; v.fact.State != kg.Accepted {
					t = typesOf(f.Kind, unasserted)[0]
				}
			}
			rows[t] = append(rows[t], []any{string(f.From), string(f.To), map[string]any(factProps(v, h))})
		}
	}
	for _, kind := range kg.Facts.Kinds() {
		if ids := gone[kind]; len(ids) > 0 {
			text := fmt.Sprintf("UNWIND $ids AS id MATCH ()-[r:%s {id: id}]->() DELETE r RETURN count(*)", typeNames(kg.SetOf(kind), everyVersion))
			if _, err := a.ask(text, map[string]any{"ids": ids}); err != nil {
				return err
			}
		}
	}
	for _, kind := range kg.Facts.Kinds() {
		for _, t := range typesOf(kind, everyVersion) {
			if len(rows[t]) == 0 {
				continue
			}
			text := fmt.Sprintf("UNWIND $rows AS row MATCH (a:Entity {id: row[0]}) MATCH (b:Entity {id: row[1]}) CREATE (a)-[r:%s]->(b) SET r = row[2] RETURN count(*)", ident(t))
			values, err := a.ask(text, map[string]any{"rows": rows[t]})
			if err != nil {
				return err
			}
			if values[0].(int64) < int64(len(rows[t])) {
				return a.missingEnd(ends)
			}
		}
	}
	return nil
}

// missingEnd says which end of a fact is not there.
func (a *applying) missingEnd(facts []*stored) error {
	var ids []kg.ID
	for _, f := range facts {
		ids = append(ids, f.From, f.To)
	}
	values, err := a.ask("UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN collect(DISTINCT n.id)", map[string]any{"ids": texts(ids)})
	if err != nil {
		return err
	}
	there := map[kg.ID]bool{}
	for _, id := range values[0].([]any) {
		there[kg.ID(id.(string))] = true
	}
	for _, id := range ids {
		if !there[id] {
			return missing(id)
		}
	}
	return kg.Errorf(kg.Internal, "facts could not be written between entities that are all there")
}

// readFacts reads and locks the histories of those of some facts that there are.
func (a *applying) readFacts(ids []kg.ID) error {
	by := map[kg.Kind][]kg.ID{}
	for _, id := range ids {
		if k := kg.KindOf(id); k.IsFact() {
			by[k] = append(by[k], id)
		}
	}
	for _, k := range kg.Facts.Kinds() {
		if len(by[k]) == 0 {
			continue
		}
		c := newCompiler(nil, endOfTime, 0)
		row := c.factRow(node{name: "r", class: aFact, kinds: kg.SetOf(k)}, 0)
		text := fmt.Sprintf("UNWIND $ids AS id MATCH ()-[r:%s {id: id}]->() REMOVE r.lock WITH r RETURN collect([%s, r.history])", typeNames(kg.SetOf(k), present), row.expr)
		values, err := a.ask(text, map[string]any{"ids": texts(by[k])})
		if err != nil {
			return err
		}
		if err := a.keep(values[0].([]any), row); err != nil {
			return err
		}
	}
	return nil
}

// readResting reads the facts that rest, or ever rested, on sources that have changed.
func (a *applying) readResting(sources []kg.ID) error {
	ids := map[kg.ID]bool{}
	for _, id := range sources {
		values, err := a.ask(fmt.Sprintf("CALL db.index.fulltext.queryRelationships('%s', $query) YIELD relationship AS r RETURN collect(DISTINCT r.id)", indexFactsBySource), map[string]any{"query": `"` + string(id) + `"`})
		if err != nil {
			return err
		}
		for _, v := range values[0].([]any) {
			ids[kg.ID(v.(string))] = true
		}
	}
	if err := a.readFacts(sorted(ids)); err != nil {
		return err
	}
	for id := range ids {
		a.facts[id].changed = true
	}
	return nil
}

// keep takes in histories that were read.
func (a *applying) keep(list []any, row code[kg.Row]) error {
	for _, v := range list {
		pair := v.([]any)
		h, err := historyOf(row.read(pair[0]).Fact, str(pair[1]))
		if err != nil {
			return err
		}
		a.facts[h.ID] = &stored{History: h, before: encodeHistory(h)}
	}
	return nil
}

// historyOf gives the history of a fact from its present version and the text that is kept with it.
func historyOf(f *kg.Fact, text string) (*kg.History, error) {
	h := &kg.History{ID: f.ID, Kind: f.Kind, From: f.From, To: f.To, Key: f.Key}
	if identity := f.Kind.Decl().Identity; identity != nil {
		h.Identity, _ = f.Value(identity).(string)
	}
	if text == "" {
		h.Assertions = []kg.Assertion{rebuilt(f)}
		return h, nil
	}
	if err := decodeHistory(text, h); err != nil {
		return nil, kg.Errorf(kg.Internal, "the stored history of %s can't be read: %w", f.ID, err)
	}
	return h, nil
}
