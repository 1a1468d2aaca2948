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
// Its moment is when the last evidence of the record was recorded, so that a copy of a graph tells of its entities when the
// graph did; batch, the Batch.At, where the record has none.
func EntityChanges(before, record, after *Entity, batch time.Time) []Change {
	at := record.recordedAt()
	if at.IsZero() {
		at = batch
	}
	if before == nil {
		return []Change{{At: at, By: ByImport, Type: EntityCreated}}
	}
	var changes []Change
	update := func(field, from, to string) {
		if from != to {
			changes = append(changes, Change{At: at, By: ByImport, Type: EntityUpdated, Field: field, Before: from, After: to})
		}
	}
	update("name", asJSON(before.Names[0].Value), asJSON(after.Names[0].Value))
	update("names", namesJSON(before), namesJSON(after))
	update("description", asJSON(textOrNil(before.Description)), asJSON(textOrNil(after.Description)))
	update("identifiers", identifiersJSON(before), identifiersJSON(after))
	update("location", before.Location.json(), after.Location.json())
	for i, f := range after.Kind.Decl().Fields {
		update(f.Name, valueJSON(before.Values[i]), valueJSON(after.Values[i]))
	}
	return changes
}

// AddChanges adds changes of an entity to those that are kept of it, and gives the sum; neither is changed. What changes
// twice at one moment has changed once, from what it was to what it is, and not at all where that is the same. So no two are
// of one moment, type and field.
func AddChanges(kept, more []Change) []Change {
	sum := slices.Clone(kept)
	for _, c := range more {
		i := slices.IndexFunc(sum, func(old Change) bool { return old.At.Equal(c.At) && old.Type == c.Type && old.Field == c.Field })
		if i < 0 {
			sum = append(sum, c)
			continue
		}
		sum[i].After = c.After
		if sum[i].Type == EntityUpdated && sum[i].Before == sum[i].After {
			sum = slices.Delete(sum, i, i+1)
		}
	}
	return sum
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
	return asJSON([2]float64{p.Lat, p.Lon})
}

// valueJSON writes what a field holds; "" where that is unknown.
func valueJSON(v Value) string {
	if d, ok := v.(Date); ok {
		v = d.Text
	}
	return asJSON(v)
}

// listJSON writes a list; "" where it is empty.
func listJSON[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	return asJSON(list)
}

// asJSON writes a value on one line, without escaping what only HTML needs escaped; "" for none.
func asJSON(v any) string {
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
