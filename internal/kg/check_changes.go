package kg

import (
	"encoding/json"
	"slices"
)

// checkChanges proves what a record tells of the changes of an entity, and completes it. Errors are about the list.
func (d *Decl) checkChanges(changes []Change) *Error {
	for i := range changes {
		if err := d.checkChange(&changes[i]); err != nil {
			return err.In(indexed(i))
		}
	}
	return nil
}

func (d *Decl) checkChange(c *Change) *Error {
	if c.At.IsZero() {
		return Errorf(BadInput, "it is missing: write when the graph learned of it, as 2026-11-22T09:30:00Z").In("at")
	}
	c.At, c.By = c.At.UTC().Round(0), ByImport
	switch c.Type {
	case EntityCreated:
		if c.Field != "" || c.Before != "" || c.After != "" {
			return Errorf(BadInput, "that an entity was created is about no field: write no more than when")
		}
		return nil
	case EntityUpdated:
	case "":
		return Errorf(BadInput, "it is missing: write CREATED or UPDATED").In("type")
	default:
		return Errorf(BadInput, "%s is no change of an entity: write CREATED or UPDATED", quoteShort(string(c.Type))).In("type")
	}
	switch names := d.entityFields(); {
	case c.Field == "":
		return Errorf(BadInput, "it is missing: write which field was updated").In("field")
	case !slices.Contains(names, c.Field):
		return Errorf(BadInput, "%s has no field %s: write %s", d.Name, quoteShort(c.Field), oneOf(names)).In("field")
	case c.Before != "" && !json.Valid([]byte(c.Before)):
		return Errorf(BadInput, "%s is not JSON", quoteShort(c.Before)).In("before")
	case c.After != "" && !json.Valid([]byte(c.After)):
		return Errorf(BadInput, "%s is not JSON", quoteShort(c.After)).In("after")
	case c.Before == c.After:
		return Errorf(BadInput, "%s is the same before and after: write what changed, or leave it out", c.Field)
	}
	return nil
}

// toldBy gives the changes that the records of one entity tell, in the order of which they are merged: those that they say, or those
// from one moment at which something was recorded to the next; nil where there is one moment alone, as then what the records change
// together says it.
func (in *intake) toldBy(known *Entity, records []int) []Change {
	var parts []Record // what was recorded at one moment is one
	says := false
	for _, i := range records {
		r := in.records[i]
		says = says || r.Changes != nil
		if n := len(parts); n > 0 && r.Changes == nil && parts[n-1].Changes == nil && r.Entity.recordedAt().Equal(parts[n-1].Entity.recordedAt()) {
			parts[n-1].Entity = parts[n-1].Entity.Merge(r.Entity)
		} else {
			parts = append(parts, Record{Entity: r.Entity, Changes: r.Changes})
		}
	}
	switch {
	case says:
		known = nil
	case len(parts) == 1:
		return nil
	}
	var changes []Change
	for i := range parts {
		r := &parts[i]
		whole := r.Entity
		if known != nil {
			whole = known.Merge(r.Entity)
		}
		changes = AddChanges(changes, EntityChanges(known, r.Entity, whole, r.Changes, in.now))
		known = whole
	}
	return changes
}
