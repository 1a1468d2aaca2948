package neo4jstore

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// With everything that lies somewhere the nearest country and city is kept, as a relationship of its own, so that a list by
// country begins at the country. Which is the nearest may depend on the day: then there are several, each with its span.
// What places lie in is kept beside their facts, see [placeInPlace].

// nearest is a place that is the nearest of its kind from one day to another, both included.
type nearest struct {
	kind     kg.Kind
	place    kg.ID
	from, to kg.Day
}

// located holds the accepted LOCATED_IN facts by the entity that lies in another, as far as they matter.
type located map[kg.ID][]*kg.Fact

// nearestOf gives the nearest places of an entity, span by span.
func (l located) nearestOf(id kg.ID) []nearest {
	var out []nearest
	days := l.turns(id)
	for _, kind := range []kg.Kind{kg.Country, kg.City} {
		if kg.KindOf(id) == kind {
			continue // it is its own nearest
		}
		begin := len(out)
		for i, day := range days {
			to := kg.MaxDay
			if i+1 < len(days) {
				to = days[i+1] - 1
			}
			place := l.climb(id, kind, day, map[kg.ID]bool{})
			if place == "" {
				continue
			}
			if n := len(out); n > begin && out[n-1].place == place && out[n-1].to+1 == day {
				out[n-1].to = to
				continue
			}
			out = append(out, nearest{kind, place, day, to})
		}
	}
	return out
}

// climb finds the nearest place of a kind above an entity: at each step it takes the fact that a singular relation prefers on
// the day, and the next best only where that leads nowhere.
func (l located) climb(id kg.ID, kind kg.Kind, day kg.Day, met map[kg.ID]bool) kg.ID {
	if kg.KindOf(id) == kind {
		return id
	}
	met[id] = true
	facts := l[id]
	if len(facts) > 1 {
		facts = slices.Clone(facts)
		slices.SortFunc(facts, func(a, b *kg.Fact) int { return kg.CompareSingular(a, b, day) })
	}
	for _, f := range facts {
		if met[f.To] {
			continue
		}
		if found := l.climb(f.To, kind, day, met); found != "" {
			return found
		}
	}
	return ""
}

// turns lists the days from which the nearest may be another: the first of all, and where a fact begins or ceases to hold
// that is not the only one of its entity.
func (l located) turns(id kg.ID) []kg.Day {
	days := []kg.Day{kg.MinDay}
	met := map[kg.ID]bool{}
	var look func(kg.ID)
	look = func(id kg.ID) {
		if met[id] {
			return
		}
		met[id] = true
		for _, f := range l[id] {
			if len(l[id]) > 1 {
				if f.Since.Known() && f.Since.First > kg.MinDay {
					days = append(days, f.Since.First)
				}
				if f.Until.Known() && f.Until.Last < kg.MaxDay {
					days = append(days, f.Until.Last+1)
				}
			}
			look(f.To)
		}
	}
	look(id)
	slices.Sort(days)
	return slices.Compact(days)
}

// derivePlaces keeps the nearest places of all whose chains of LOCATED_IN facts a batch has changed: of the facts' own
// entities, and of all that lies below them.
func (a *applying) derivePlaces() error {
	moved := map[kg.ID]bool{}
	for _, f := range a.facts {
		if f.changed && f.Kind == kg.LocatedIn {
			moved[f.From] = true
		}
	}
	if len(moved) == 0 {
		return nil
	}
	ids := sorted(moved)
	if _, err := a.ask("UNWIND $ids AS id MATCH (n:Entity {id: id}) REMOVE n."+lockProperty+" RETURN count(*)", map[string]any{"ids": texts(ids)}); err != nil {
		return err
	}
	name := ident(kg.LocatedIn.Decl().Name)
	places := slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return !kg.Places.Has(kg.KindOf(id)) })
	if len(places) > 0 {
		if err := a.writePlaceInPlace(places); err != nil {
			return err
		}
		values, err := a.ask(fmt.Sprintf("UNWIND $ids AS id MATCH (n:Entity {id: id})<-[:%s*0..]-(x) WITH DISTINCT x RETURN collect(x.id)", name), map[string]any{"ids": texts(ids)})
		if err != nil {
			return err
		}
		ids = ids[:0]
		for _, v := range values[0].([]any) {
			ids = append(ids, kg.ID(v.(string)))
		}
	}
	l, err := a.readLocated(ids, name)
	if err != nil {
		return err
	}
	return a.writeNearest(ids, l)
}

// writePlaceInPlace makes of places what their facts say.
func (a *applying) writePlaceInPlace(places []kg.ID) error {
	fact := ident(kg.LocatedIn.Decl().Name)
	for _, text := range []string{
		"MATCH (n)-[s:%[1]s]->(m) WHERE NOT EXISTS { (n)-[:%[2]s]->(m) } DELETE s",
		"MATCH (n)-[:%[2]s]->(m) WHERE NOT EXISTS { (n)-[:%[1]s]->(m) } WITH DISTINCT n, m CREATE (n)-[:%[1]s]->(m)",
	} {
		text = "UNWIND $ids AS id MATCH (n:Entity {id: id}) " + fmt.Sprintf(text, placeInPlace, fact) + " RETURN count(*)"
		if _, err := a.ask(text, map[string]any{"ids": texts(places)}); err != nil {
			return err
		}
	}
	return nil
}

// readLocated reads the facts that lead upwards from some entities.
func (a *applying) readLocated(ids []kg.ID, name string) (located, error) {
	text := fmt.Sprintf("UNWIND $ids AS id MATCH (n:Entity {id: id})-[:%[1]s*0..]->(m) WITH DISTINCT m MATCH (m)-[r:%[1]s]->(t)"+
		" RETURN collect([r.id, m.id, t.id, r.confidence, r.since, r.until])", name)
	values, err := a.ask(text, map[string]any{"ids": texts(ids)})
	if err != nil {
		return nil, err
	}
	l := located{}
	for _, v := range values[0].([]any) {
		x := v.([]any)
		f := &kg.Fact{ID: kg.ID(x[0].(string)), Kind: kg.LocatedIn, From: kg.ID(x[1].(string)), To: kg.ID(x[2].(string)), State: kg.Accepted,
			Values: make([]kg.Value, len(kg.LocatedIn.Decl().Fields)), Confidence: x[3].(float64), Since: readDate(x[4]), Until: readDate(x[5])}
		l[f.From] = append(l[f.From], f)
	}
	return l, nil
}

// writeNearest writes what is not as it should be.
func (a *applying) writeNearest(ids []kg.ID, l located) error {
	text := fmt.Sprintf("UNWIND $ids AS id MATCH (n:Entity {id: id})-[s:%s]->(m) RETURN collect([id, m.id, s.from_day, s.to_day])", shortcutTypes(kg.Entities, shortcuts))
	values, err := a.ask(text, map[string]any{"ids": texts(ids)})
	if err != nil {
		return err
	}
	there := map[kg.ID][]nearest{}
	for _, v := range values[0].([]any) {
		x := v.([]any)
		id, place := kg.ID(x[0].(string)), kg.ID(x[1].(string))
		n := nearest{kg.KindOf(place), place, kg.MinDay, kg.MaxDay}
		if from, ok := x[2].(int64); ok {
			n.from = kg.Day(from)
		}
		if to, ok := x[3].(int64); ok {
			n.to = kg.Day(to)
		}
		there[id] = append(there[id], n)
	}
	var gone []string
	rows := map[string][]any{} // by the relationship's type
	for _, id := range ids {
		wanted := l.nearestOf(id)
		if sameNearest(there[id], wanted) {
			continue
		}
		if len(there[id]) > 0 {
			gone = append(gone, string(id))
		}
		for _, n := range wanted {
			p := props{}
			if n.from != kg.MinDay {
				p["from_day"] = int64(n.from)
			}
			if n.to != kg.MaxDay {
				p["to_day"] = int64(n.to)
			}
			t := shortcutTypes(kg.SetOf(kg.KindOf(id)), kg.SetOf(n.kind))
			rows[t] = append(rows[t], []any{string(id), string(n.place), map[string]any(p)})
		}
	}
	if len(gone) > 0 {
		text := fmt.Sprintf("UNWIND $ids AS id MATCH (n:Entity {id: id})-[s:%s]->() DELETE s RETURN count(*)", shortcutTypes(kg.Entities, shortcuts))
		if _, err := a.ask(text, map[string]any{"ids": gone}); err != nil {
			return err
		}
	}
	for _, t := range slices.Sorted(maps.Keys(rows)) {
		text := fmt.Sprintf("UNWIND $rows AS row MATCH (n:Entity {id: row[0]}) MATCH (m:Entity {id: row[1]}) CREATE (n)-[s:%s]->(m) SET s = row[2] RETURN count(*)", t)
		if _, err := a.ask(text, map[string]any{"rows": rows[t]}); err != nil {
			return err
		}
	}
	return nil
}

func sameNearest(a, b []nearest) bool {
	if len(a) != len(b) {
		return false
	}
	for _, n := range a {
		if !slices.Contains(b, n) {
			return false
		}
	}
	return true
}
