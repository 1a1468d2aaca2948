package kg

import (
	"math"
	"slices"
	"time"
)

// checkEntities proves the entities of the records and gives each once.
func (in *intake) checkEntities() []*Entity {
	ids, records := in.group(func(r *Record) (ID, bool) {
		if r.Entity == nil {
			return "", false
		}
		return r.Entity.ID, true
	})
	var out []*Entity
	for _, id := range ids {
		if e := in.checkEntity(id, records[id]); e != nil {
			in.entities[id] = e
			out = append(out, e)
		}
	}
	return out
}

// checkEntity proves the records of one entity, each alone and then together with what is stored, and gives what they say
// in all.
func (in *intake) checkEntity(id ID, records []int) *Entity {
	for _, i := range records {
		r := &in.records[i]
		if err := in.checkEntityRecord(r.Entity); err != nil {
			in.refuse(i, err)
		} else if err := r.Entity.Kind.Decl().checkChanges(r.Changes); err != nil {
			in.refuse(i, err.In("changes"))
		}
	}
	right := in.right(records)
	if len(right) > 1 {
		in.refuseContradictingEntities(in.records[right[0]].Entity.Kind.Decl(), right)
		right = in.right(right)
	}
	if len(right) == 0 {
		return nil
	}
	in.inOrder(right, func(r *Record) time.Time { return r.Entity.recordedAt() }, func(r *Record) any { return r.Entity.said() })
	e := in.records[right[0]].Entity
	for _, i := range right[1:] {
		e = e.Merge(in.records[i].Entity)
	}
	stored, whole := in.stored[id].Entity, e
	if stored != nil {
		whole = stored.Merge(e)
	}
	if err := whole.checkWhole(); err != nil {
		in.refuseAll(right, err)
		return nil
	}
	if told := in.toldBy(stored, right); len(told) > 0 {
		in.changes[id] = told
	}
	return e
}

// refuseAll refuses several records for one reason.
func (in *intake) refuseAll(records []int, err *Error) {
	for _, i := range records {
		in.refuse(i, err)
	}
}

// recordedAt is when the entity's last evidence was recorded; zero where it does not say.
func (e *Entity) recordedAt() (last time.Time) {
	for i := range e.Evidence {
		if at := e.Evidence[i].RecordedAt; at.After(last) {
			last = at
		}
	}
	return last
}

// said is what a record says of an entity, apart from what it rests on: a locator may be a line of a file.
func (e *Entity) said() *Entity {
	said := *e
	said.Evidence = nil
	return &said
}

// checkEntityRecord proves what a record says of an entity by itself, and completes it.
func (in *intake) checkEntityRecord(e *Entity) *Error {
	kind, err := checkID(e.ID, Entities, "entity")
	if err != nil {
		return err.In("entity")
	}
	e.Kind = kind
	var known []Evidence
	if stored := in.stored[e.ID].Entity; stored != nil {
		if stored.ID != e.ID {
			return Errorf(BadInput, "%s is an alias of %s: write the record under that id", e.ID, stored.ID).In("entity")
		}
		known = stored.Evidence
	}
	if err := e.checkNames(); err != nil {
		return err
	}
	e.Key = SortKey(e.Names[0].Value)
	if err := checkProse(e.Description); err != nil {
		return err.In("description")
	}
	if err := e.Location.check(); err != nil {
		return err.In("location")
	}
	if e.Values, err = checkValues(kind.Decl(), e.Values); err != nil {
		return err
	}
	if err := e.checkIdentifiers(); err != nil {
		return err
	}
	if e.Evidence, err = in.checkEvidence(e.Evidence, kind.Decl(), known); err != nil {
		return err.In("evidence")
	}
	return nil
}

// checkNames proves the names, and leaves out repeats.
func (e *Entity) checkNames() *Error {
	if len(e.Names) == 0 || e.Names[0].Kind != Primary || e.Names[0].Value == "" {
		return Errorf(BadInput, "it is missing: write the name that it is known by").In("name")
	}
	var names []Name
	for i, n := range e.Names {
		if err := n.check(); err != nil {
			if i == 0 {
				return err.In("name")
			}
			return err.In("names")
		}
		if !slices.ContainsFunc(names, func(o Name) bool { return o.Value == n.Value && o.Lang == n.Lang }) {
			names = append(names, n)
		}
	}
	e.Names = names
	return nil
}

// check proves one name.
func (n Name) check() *Error {
	if err := checkLine(n.Value, maxLine); err != nil {
		return err
	}
	if n.Lang != "" {
		if err := CheckLanguage(n.Lang); err != nil {
			return asError(err)
		}
	}
	if kinds := []NameKind{Primary, Alias, Former, Abbreviation}; !slices.Contains(kinds, n.Kind) {
		return Errorf(BadInput, "%s is not a kind of name: write PRIMARY, ALIAS, FORMER or ABBREVIATION", quoteShort(string(n.Kind)))
	}
	return nil
}

// checkWhole proves what only all that is known of an entity can show.
func (e *Entity) checkWhole() *Error {
	d := e.Kind.Decl()
	if err := checkRequired(d, e.Values); err != nil {
		return err
	}
	if err := checkTogether(d, e.Values); err != nil {
		return err
	}
	if n := len(e.Names); n > maxNames {
		return Errorf(BadInput, "the entity would have %d names, %d are the most: leave some out", n, maxNames).In("names")
	}
	if n := len(e.Identifiers()); n > maxNames {
		return Errorf(BadInput, "the entity would have %d identifiers, %d are the most: leave some out", n, maxNames).In("identifiers")
	}
	return nil
}

// check proves that a point lies on the earth.
func (p *Point) check() *Error {
	switch {
	case p == nil:
		return nil
	case math.IsNaN(p.Lat) || math.Abs(p.Lat) > 90:
		return Errorf(BadInput, "the latitude %v is out of bounds: write latitude, from -90 to 90, then longitude", p.Lat)
	case math.IsNaN(p.Lon) || math.Abs(p.Lon) > 180:
		return Errorf(BadInput, "the longitude %v is out of bounds: write it from -180 to 180, after the latitude", p.Lon)
	}
	return nil
}
