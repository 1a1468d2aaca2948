package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// stored is the history of a fact, as the batch makes it.
type stored struct {
	*kg.History
	known   bool   // whether it was there before
	at      string // then, the type of the relationship that holds its present version
	past    bool   // and whether it may have versions of the past
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
		f.changed = f.Assert(r.Assertion) || f.changed
	}
	for _, r := range a.batch.Retract {
		f := a.facts[r.Fact]
		if f == nil {
			if err := a.checkEnds(); err != nil {
				return err
			}
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
	for id, required := range need {
		if required && a.sources[id] == nil {
			return a.checkEnds()
		}
	}
	return a.writeFacts()
}

// writeFacts writes the versions of facts that have changed, and of those that are new.
func (a *applying) writeFacts() error {
	// By the relationship's type: ids of what goes, and rows of what comes and of what changes where it is.
	gone, rows, same := map[string][]string{}, map[string][]any{}, map[string][]any{}
	fresh := map[kg.Kind][]string{}
	for _, id := range sorted(a.facts) {
		f := a.facts[id]
		if !f.changed {
			continue
		}
		versions := historyVersions(f.History, a.source)
		last := len(versions) - 1
		before := typesOf(f.Kind, past)[0]
		if f.past {
			gone[before] = append(gone[before], string(id))
		}
		for _, v := range versions[:last] {
			rows[before] = append(rows[before], []any{string(f.From), string(f.To), map[string]any(factProps(v, nil, a.source))})
		}
		t := presentType(f.Kind, versions[last].fact.State)
		p := map[string]any(factProps(versions[last], f.History, a.source))
		switch {
		case !f.known:
			if t == typesOf(f.Kind, asserted)[0] {
				fresh[f.Kind] = append(fresh[f.Kind], string(id))
			}
		case f.at == t:
			same[t] = append(same[t], []any{string(id), p})
			continue
		default:
			gone[f.at] = append(gone[f.at], string(id))
		}
		rows[t] = append(rows[t], []any{string(f.From), string(f.To), p})
	}
	for _, kind := range kg.Facts.Kinds() {
		for _, v := range []versions{asserted, unasserted, past} {
			t := typesOf(kind, v)[0]
			if ids := gone[t]; len(ids) > 0 {
				if _, err := a.ask(fmt.Sprintf("UNWIND $ids AS id %s DELETE r RETURN count(*)", byFactID(kind, v)), map[string]any{"ids": ids}); err != nil {
					return err
				}
			}
			if rows := same[t]; len(rows) > 0 {
				if _, err := a.ask(fmt.Sprintf("UNWIND $rows AS row WITH row, row[0] AS id %s SET r = row[1] RETURN count(*)", byFactID(kind, v)), map[string]any{"rows": rows}); err != nil {
					return err
				}
			}
		}
	}
	for _, kind := range kg.Facts.Kinds() {
		if err := a.reserve(kind, rows[typesOf(kind, unasserted)[0]]); err != nil {
			return err
		}
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
				if err := a.checkEnds(); err != nil {
					return err
				}
				return kg.Errorf(kg.Internal, "facts could not be written between entities that are all there")
			}
		}
		if err := a.checkFresh(kind, fresh[kind]); err != nil {
			return err
		}
	}
	return nil
}

// A fact has one present version, of one of two types, and an id is unique in each type alone. So that two batches which bring
// the same new fact, one accepted and one proposed, don't bring both: whoever brings one that is not accepted takes the id for
// a moment in the other type too, which keeps others from it until the transaction has ended; and whoever brings one that is
// accepted looks for one that is not, once the id is taken.

// reserve takes ids of facts that are not accepted from those who would bring them accepted.
func (a *applying) reserve(kind kg.Kind, rows []any) error {
	if len(rows) == 0 {
		return nil
	}
	text := fmt.Sprintf("UNWIND $rows AS row MATCH (a:Entity {id: row[0]}) CREATE (a)-[r:%s {id: row[2].id}]->(a) DELETE r RETURN count(*)", typeNames(kg.SetOf(kind), asserted))
	_, err := a.ask(text, map[string]any{"rows": rows})
	return err
}

// checkFresh makes sure that facts that are new, and accepted, are not there as well as not accepted.
func (a *applying) checkFresh(kind kg.Kind, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	values, err := a.ask(fmt.Sprintf("UNWIND $ids AS id %s RETURN count(r)", byFactID(kind, unasserted)), map[string]any{"ids": ids})
	if err != nil {
		return err
	}
	if values[0].(int64) > 0 {
		return a.again(errOvertaken)
	}
	return nil
}

// checkEnds says what is not there of what the facts of the batch need, the first if it is more.
func (a *applying) checkEnds() error {
	var ids []kg.ID
	need := map[kg.ID]bool{}
	for i := range a.batch.Facts {
		f := &a.batch.Facts[i]
		ids = append(ids, f.From, f.To)
		a.needSources(f.Evidence, true, need)
	}
	if err := a.fetchSources(need); err != nil {
		return err
	}
	values, err := a.ask("UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN collect(DISTINCT n.id)", map[string]any{"ids": texts(ids)})
	if err != nil {
		return err
	}
	there := map[kg.ID]bool{}
	for _, id := range values[0].([]any) {
		there[kg.ID(id.(string))] = true
	}
	for i := range a.batch.Facts {
		f := &a.batch.Facts[i]
		for _, id := range []kg.ID{f.From, f.To} {
			if !there[id] {
				return missing(id)
			}
		}
		for _, ev := range f.Evidence {
			if a.sources[ev.Source] == nil {
				return missing(ev.Source)
			}
		}
	}
	return nil
}

// readFacts reads and locks the histories of those of some facts that there are. Mostly there are none, which is found out
// first.
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
		match := byFactID(k, present)
		there, err := a.ask("UNWIND $ids AS id "+match+" RETURN collect(id)", map[string]any{"ids": texts(by[k])})
		if err != nil {
			return err
		}
		if len(there[0].([]any)) == 0 {
			continue
		}
		row := newCompiler(nil, endOfTime, 0).factRow(node{name: "r", class: aFact, kinds: kg.SetOf(k)}, nil)
		values, err := a.ask(fmt.Sprintf("UNWIND $ids AS id %s REMOVE r.%s WITH r WHERE r.id IS NOT NULL RETURN collect([%s, r.history])", match, lockProperty, row.expr), map[string]any{"ids": there[0]})
		if err != nil {
			return err
		}
		if len(values[0].([]any)) < len(there[0].([]any)) {
			return a.again(errOvertaken) // while this one waited for its lock, another has put a new version in its place
		}
		if err := a.keep(values[0].([]any), row); err != nil {
			return err
		}
	}
	return nil
}

// byFactID finds the relationships r of a fact by its id, in each type by the type's own index. It has to be told to seek: what
// it plans while there are few facts of a kind it keeps for long, and then it would go through all of them for every id.
func byFactID(k kg.Kind, v versions) string {
	var arms []string
	for _, t := range typesOf(k, v) {
		arms = append(arms, fmt.Sprintf("MATCH ()-[r:%[1]s]->() USING INDEX SEEK r:%[1]s(id) WHERE r.id = id RETURN r", ident(t)))
	}
	return "CALL (id) { " + strings.Join(arms, " UNION ALL ") + " }"
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
		fact := row.read(pair[0]).Fact
		h, err := historyOf(fact, str(pair[1]))
		if err != nil {
			return err
		}
		a.facts[h.ID] = &stored{History: h, known: true, at: presentType(fact.Kind, fact.State), past: len(h.Assertions)+len(h.Retractions) > 1}
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
