package neo4jstore

import (
	"fmt"
	"reflect"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// known is an entity as it stands in the database, with its changes.
type knownEntity struct {
	entity  *kg.Entity
	changes []kg.Change
}

// applyEntities merges the entities of a batch into what is known of them, and writes those that have changed.
func (a *applying) applyEntities() error {
	given := map[kg.ID]bool{}
	for _, e := range a.batch.Entities {
		given[e.ID] = true
	}
	if len(given) == 0 {
		return nil
	}
	known, err := a.readEntities(sorted(given))
	if err != nil {
		return err
	}
	before := make(map[kg.ID]knownEntity, len(known))
	for id, k := range known {
		before[id] = *k
	}
	for _, record := range a.batch.Entities {
		k := known[record.ID]
		if k == nil {
			k = &knownEntity{}
			known[record.ID] = k
		}
		whole := record
		if k.entity != nil {
			whole = k.entity.Merge(record)
		}
		if told := a.batch.Changes[record.ID]; told != nil || k.entity == nil || !reflect.DeepEqual(entityProps(k.entity, nil), entityProps(whole, nil)) {
			k.changes = kg.AddChanges(k.changes, kg.EntityChanges(k.entity, record, whole, told, a.batch.At))
		}
		k.entity = whole
	}
	created, updated := map[kg.Kind][]any{}, map[kg.Kind][]any{}
	for _, id := range sorted(known) {
		k, old := known[id], before[id]
		kind := k.entity.Kind
		p := entityProps(k.entity, k.changes)
		switch {
		case old.entity == nil:
			created[kind] = append(created[kind], map[string]any(p))
		case !reflect.DeepEqual(p, entityProps(old.entity, old.changes)):
			updated[kind] = append(updated[kind], map[string]any(p))
			if kind == kg.Agreement {
				if err := a.beAlone(); err != nil {
					return err
				}
			}
		default:
			continue
		}
		if kind == kg.Agreement {
			a.entities[id] = k.entity
		}
	}
	for _, kind := range kg.Entities.Kinds() {
		label := ident(kind.Decl().Type)
		if rows := created[kind]; len(rows) > 0 {
			if _, err := a.ask(fmt.Sprintf("UNWIND $rows AS row CREATE (n:Entity:%s) SET n = row RETURN count(*)", label), map[string]any{"rows": rows}); err != nil {
				return err
			}
		}
		if rows := updated[kind]; len(rows) > 0 {
			// Nothing that was known of an entity goes away; what is derived of it stays.
			if _, err := a.ask("UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n += row RETURN count(*)", map[string]any{"rows": rows}); err != nil {
				return err
			}
		}
	}
	return nil
}

// readEntities reads and locks those of some entities that there are.
func (a *applying) readEntities(ids []kg.ID) (map[kg.ID]*knownEntity, error) {
	c := newCompiler(nil, endOfTime, 0)
	row := c.knownEntity()
	values, err := a.ask(fmt.Sprintf("UNWIND $ids AS id MATCH (n:Entity {id: id}) REMOVE n.%s WITH n RETURN collect(%s)", lockProperty, row.expr),
		map[string]any{"ids": texts(ids)})
	if err != nil {
		return nil, err
	}
	found := map[kg.ID]*knownEntity{}
	for _, v := range values[0].([]any) {
		k := row.read(v)
		found[k.entity.ID] = &k
	}
	return found, nil
}

// knownEntity reads an entity n with its changes.
func (c *compiler) knownEntity() code[knownEntity] {
	row := c.entityRow(node{name: "n", class: anEntity, kinds: kg.Entities}, nil)
	return code[knownEntity]{
		expr: "[" + row.expr + ", n.changed_at, n.changed_type, n.changed_field, n.changed_before, n.changed_after]",
		read: func(v any) knownEntity {
			parts := v.([]any)
			k := knownEntity{entity: row.read(parts[0]).Entity}
			at, _ := parts[1].([]any)
			for i := range at {
				list := func(j int) string { return parts[j].([]any)[i].(string) }
				k.changes = append(k.changes, kg.Change{At: at[i].(time.Time).UTC(), By: kg.ByImport, Type: kg.ChangeType(list(2)), Field: list(3), Before: list(4), After: list(5)})
			}
			return k
		},
	}
}

// applyAliases lets old ids lead to entities.
func (a *applying) applyAliases() error {
	if len(a.batch.Aliases) == 0 {
		return nil
	}
	rows := make([]any, len(a.batch.Aliases))
	for i, alias := range a.batch.Aliases {
		rows[i] = map[string]any{"alias": string(alias.Alias), "of": string(alias.Of)}
	}
	values, err := a.ask("UNWIND $rows AS row MATCH (n:Entity {id: row.of}) MERGE (a:Alias {id: row.alias}) REMOVE a."+lockProperty+
		" WITH row, n, a OPTIONAL MATCH (a)-[old:ALIAS_OF]->(m) WHERE m <> n DELETE old WITH row, n, a MERGE (a)-[:ALIAS_OF]->(n) RETURN collect(DISTINCT row.of)", map[string]any{"rows": rows})
	if err != nil {
		return err
	}
	there := map[kg.ID]bool{}
	for _, id := range values[0].([]any) {
		there[kg.ID(id.(string))] = true
	}
	for _, alias := range a.batch.Aliases {
		if !there[alias.Of] {
			return missing(alias.Of)
		}
	}
	return nil
}
