package kg

import (
	"context"
	"slices"
	"time"
)

// intake is one Apply on its way: the records, what the graph holds under the ids that they name, and what of the records has
// been found right so far. Sources are checked first, then entities, aliases, facts and retractions, each against what was
// found right before it.
type intake struct {
	now     time.Time
	records []Record // copies, completed as they are checked
	refused map[int]*Error

	stored   map[ID]*Row      // what the store has under an id; an alias leads to its entity
	sources  map[ID]*Source   // of this batch, those that are right
	quotable map[ID]*quotable // texts of sources that have been quoted, ready to be searched
	entities map[ID]*Entity   // of this batch, those that are right
	changes  map[ID][]Change  // of them, as their records tell
	aliases  map[ID]ID        // of this batch, those that are right, with the entity that each leads to
	facts    map[ID]bool      // of this batch, those that are right
	rejected map[ID]bool      // sources and entities of this batch of which some record was refused
}

func newIntake(records []Record, now time.Time) *intake {
	in := &intake{
		now:      now,
		records:  make([]Record, len(records)),
		refused:  map[int]*Error{},
		stored:   map[ID]*Row{},
		sources:  map[ID]*Source{},
		quotable: map[ID]*quotable{},
		entities: map[ID]*Entity{},
		changes:  map[ID][]Change{},
		aliases:  map[ID]ID{},
		facts:    map[ID]bool{},
		rejected: map[ID]bool{},
	}
	for i, r := range records {
		if err := r.checkShape(); err != nil {
			in.refuse(i, err)
			continue
		}
		in.records[i] = r.clone()
		in.records[i].SetDefaults()
	}
	return in
}

// refuse notes why a record is not applied. Only the first reason is kept.
func (in *intake) refuse(i int, err *Error) {
	if in.refused[i] != nil {
		return
	}
	in.refused[i] = err
	switch r := &in.records[i]; {
	case r.Source != nil:
		in.rejected[r.Source.ID] = true
	case r.Entity != nil:
		in.rejected[r.Entity.ID] = true
	}
}

// right gives those of the records that have not been refused.
func (in *intake) right(records []int) []int {
	return slices.DeleteFunc(slices.Clone(records), func(i int) bool { return in.refused[i] != nil })
}

// lookUpAtOnce bounds the ids of one question to the store.
const lookUpAtOnce = 10_000

// lookUp asks the store for everything that the records name: whole for what they add to or quote, else only whether it is
// there. A source's text may be long, and thousands of rows of a table need none.
func (in *intake) lookUp(ctx context.Context, read func(context.Context, *Query) (*Page, error)) error {
	whole := map[ID]bool{} // false for what has to be there only
	for i := range in.records {
		in.records[i].eachID(func(id ID, all bool) { whole[id] = whole[id] || all })
	}
	var known, there []ID
	nothing := &Row{}
	for id, all := range whole {
		if _, _, err := ParseID(string(id)); err != nil {
			continue // what is no id is refused where it stands
		}
		in.stored[id] = nothing
		if all {
			known = append(known, id)
		} else {
			there = append(there, id)
		}
	}
	if err := in.ask(ctx, read, known, 0); err != nil {
		return err
	}
	return in.ask(ctx, read, there, AllParts)
}

// ask keeps what the store has under some ids.
func (in *intake) ask(ctx context.Context, read func(context.Context, *Query) (*Page, error), ids []ID, without Parts) error {
	slices.Sort(ids)
	for some := range slices.Chunk(ids, lookUpAtOnce) {
		page, err := read(ctx, &Query{IDs: some, List: List{Kinds: Entities | Facts | SetOf(SourceKind), States: AnyState, First: -1, Select: &Select{Without: without}}})
		if err != nil {
			return err
		}
		for i := range page.Rows {
			in.stored[some[i]] = &page.Rows[i]
		}
	}
	return nil
}

// eachID calls name with the ids that a record names; whole says whether more is needed than that there is such a thing.
func (r *Record) eachID(name func(id ID, whole bool)) {
	values, evidence := []Value(nil), []Evidence(nil)
	switch {
	case r.Source != nil:
		name(r.Source.ID, true)
	case r.Entity != nil:
		name(r.Entity.ID, true)
		values, evidence = r.Entity.Values, r.Entity.Evidence
	case r.Alias != nil:
		name(r.Alias.Alias, false)
		name(r.Alias.Of, false)
	case r.Fact != nil:
		name(r.Fact.From, false)
		name(r.Fact.To, false)
		values, evidence = r.Fact.Values, r.Fact.Evidence
	case r.Retract != nil:
		name(r.Retract.Fact, false)
	}
	for _, v := range values {
		switch v := v.(type) {
		case ID:
			name(v, false)
		case []ID:
			for _, id := range v {
				name(id, false)
			}
		}
	}
	for i := range evidence {
		name(evidence[i].Source, evidence[i].Quote != "")
	}
}

// source finds a source as it will be after the batch.
func (in *intake) source(id ID) *Source {
	if s := in.sources[id]; s != nil {
		return s
	}
	if row := in.stored[id]; row != nil {
		return row.Source
	}
	return nil
}

// entity finds the entity that an id stands for after the batch: its own, or the one that it is an alias of. It is "" where
// there is none.
func (in *intake) entity(id ID) ID {
	if in.entities[id] != nil {
		return id
	}
	if row := in.stored[id]; row != nil && row.Entity != nil {
		return row.Entity.ID
	}
	return in.aliases[id]
}

// missing says that an id names nothing, and whether a refused record is why.
func (in *intake) missing(id ID) *Error {
	if in.rejected[id] {
		return Errorf(BadInput, "%s can't be used, as its own record was refused: correct that one first", quoteShort(string(id)))
	}
	return Errorf(BadInput, "%s names no %s: give it a record of its own, here or before, or correct the id", quoteShort(string(id)), KindOf(id).Decl().Prefix)
}
