package kg

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// EntityChanges lists what a record of an entity changes: CREATED where nothing was known of it (before is nil), else UPDATED
// for each field that is not what it was, with its values as the data format writes them. after is what before becomes by
// [Entity.Merge]. Names after the first and identifiers have no order that would count.
//
// What the record tells of its changes itself, see Record.Changes, comes in the place of what would say the same. The moment of
// all others is when the last evidence of the record was recorded, so that a copy of a graph tells of its entities when the
// graph did; batch, the Batch.At, where the record has none.
func EntityChanges(before, record, after *Entity, told []Change, batch time.Time) []Change {
	at := record.recordedAt()
	if at.IsZero() {
		at = batch
	}
	var changes []Change
	note := func(c Change) {
		if !slices.ContainsFunc(told, func(t Change) bool { return t.Type == c.Type && t.Field == c.Field && t.After == c.After }) {
			c.At, c.By = at, ByImport
			changes = append(changes, c)
		}
	}
	if before == nil {
		note(Change{Type: EntityCreated})
		return AddChanges(changes, told)
	}
	update := func(field, from, to string) {
		if from != to {
			note(Change{Type: EntityUpdated, Field: field, Before: from, After: to})
		}
	}
	update("name", JSON(before.Names[0].Value), JSON(after.Names[0].Value))
	update("names", namesJSON(before), namesJSON(after))
	update("description", JSON(textOrNil(before.Description)), JSON(textOrNil(after.Description)))
	update("identifiers", identifiersJSON(before), identifiersJSON(after))
	update("location", before.Location.json(), after.Location.json())
	for i, f := range after.Kind.Decl().Fields {
		update(f.Name, valueJSON(before.Values[i]), valueJSON(after.Values[i]))
	}
	return AddChanges(changes, told)
}

// AddChanges adds changes of an entity to those that are kept of it, and gives the sum; neither is changed. What changes
// twice at one moment has changed once, from what it was to what it is, and not at all where that is the same. So no two are
// of one moment, type and field. An entity is created once, when that was told of first.
func AddChanges(kept, more []Change) []Change {
	sum := slices.Clone(kept)
	if len(more) == 0 {
		return sum
	}
	same := func(c Change) Change {
		if c.Type == EntityCreated {
			return Change{Type: c.Type}
		}
		return Change{At: c.At.UTC(), Type: c.Type, Field: c.Field}
	}
	places := make(map[Change]int, len(sum)+len(more))
	for i, c := range sum {
		places[same(c)] = i
	}
	for _, c := range more {
		i, known := places[same(c)]
		switch {
		case !known:
			places[same(c)] = len(sum)
			sum = append(sum, c)
		case c.Type == EntityUpdated:
			sum[i].After = c.After
		case c.At.Before(sum[i].At):
			sum[i].At = c.At
		}
	}
	return slices.DeleteFunc(sum, func(c Change) bool { return c.Type == EntityUpdated && c.Before == c.After })
}

// Record gives the entity as a record that makes it again with all its changes, which are told where they say more than that it
// was created as [EntityChanges] has it. It rests on nothing else than the entity does, also where that is nothing.
func (e *Entity) Record(changes []Change) Record {
	whole := *e
	if whole.Evidence == nil {
		whole.Evidence = []Evidence{}
	}
	if len(changes) == 1 && changes[0].Type == EntityCreated && changes[0].At.Equal(e.recordedAt()) {
		return Record{Entity: &whole}
	}
	told := slices.Clone(changes)
	slices.SortFunc(told, func(a, b Change) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Field, b.Field))
	})
	return Record{Entity: &whole, Changes: told}
}

func namesJSON(e *Entity) string {
	type name struct {
		Value string   `json:"value"`
		Lang  string   `json:"lang,omitempty"`
		Kind  NameKind `json:"kind"`
	}
	var names []name
	for _, n := range e.Names[1:] {
		names = append(names, name(n))
	}
	slices.SortFunc(names, func(a, b name) int {
		return cmp.Or(cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Kind, b.Kind))
	})
	return listJSON(names)
}

func identifiersJSON(e *Entity) string {
	type identifier struct {
		Scheme string `json:"scheme"`
		Value  string `json:"value"`
	}
	var ids []identifier
	for _, id := range e.Others {
		ids = append(ids, identifier(id))
	}
	slices.SortFunc(ids, func(a, b identifier) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value))
	})
	return listJSON(ids)
}

func (p *Point) json() string {
	if p == nil {
		return ""
	}
	return JSON([2]float64{p.Lat, p.Lon})
}

// valueJSON writes what a field holds; "" where that is unknown.
func valueJSON(v Value) string {
	if d, ok := v.(Date); ok {
		v = d.Text
	}
	return JSON(v)
}

// listJSON writes a list; "" where it is empty.
func listJSON[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	return JSON(list)
}

// JSON writes a value on one line, without escaping what only HTML needs escaped; "" for none.
func JSON(v any) string {
	if v == nil {
		return ""
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // entities hold nothing that can't be written
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
