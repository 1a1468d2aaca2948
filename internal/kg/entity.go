package kg

import (
	"cmp"
	"slices"
	"time"
)

// Entity is something that the graph knows by name: only identity and a few fields. What links it to others are facts.
type Entity struct {
	ID   ID
	Kind Kind
	// Names are all that it has or had, the primary one first; never empty.
	Names []Name
	// Key is the primary name's [SortKey].
	Key string
	// Description is one or two sentences for a reader who has never heard of it; "" where there is none.
	Description string
	// Other identifiers than those that the kind's own fields hold; see Identifiers.
	Others []Identifier
	// Location is a point inside it; nil where unknown.
	Location *Point
	// Values are the kind's own fields, in the order of Decl.Fields; nil where unknown.
	Values []Value
	// Evidence is what the fields rest on.
	Evidence []Evidence
}

// Name is a name that an entity has or had.
type Name struct {
	Value string
	Lang  string // BCP 47, "" where the source does not say
	Kind  NameKind
}

// NameKind says what a name is to its entity.
type NameKind string

// The kinds of name.
const (
	Primary      NameKind = "PRIMARY"
	Alias        NameKind = "ALIAS"
	Former       NameKind = "FORMER"
	Abbreviation NameKind = "ABBREVIATION"
)

// Point is a place on the earth, WGS 84, in degrees: latitude -90..90, longitude -180..180.
type Point struct{ Lat, Lon float64 }

// Name gives the best name for the languages asked, in order: for each, a name in exactly that language, then one in a
// language that it is the beginning of or that begins it (zh fits zh-Hans). Primary names go before others; former names are
// never chosen. Where no language fits, it is the primary name.
func (e *Entity) Name(langs ...string) string {
	for _, lang := range langs {
		best, rank := "", 0
		for _, n := range e.Names {
			if r := fits(n, lang); r > rank {
				best, rank = n.Value, r
			}
		}
		if rank > 0 {
			return best
		}
	}
	return e.Names[0].Value
}

func fits(n Name, lang string) int {
	if n.Kind == Former || n.Lang == "" {
		return 0
	}
	rank := 0
	switch a, b := foldASCII(n.Lang), foldASCII(lang); {
	case a == b:
		rank = 5
	case isSubtag(a, b) || isSubtag(b, a):
		rank = 2
	default:
		return 0
	}
	switch n.Kind {
	case Primary:
		rank += 2
	case Alias:
		rank++
	}
	return rank
}

// isSubtag says whether the language tag a says more than b: zh-Hans than zh.
func isSubtag(a, b string) bool {
	return len(a) > len(b) && a[:len(b)] == b && a[len(b)] == '-'
}

// Identifiers lists what other registers call it: those that its own fields hold, then the others.
func (e *Entity) Identifiers() []Identifier {
	var out []Identifier
	for i, f := range e.Kind.Decl().Fields {
		if s, ok := e.Values[i].(string); ok && f.Scheme != "" {
			out = append(out, Identifier{f.Scheme, s})
		}
	}
	return append(out, e.Others...)
}

// Value gives what the entity holds in a field, nil where that is unknown or the field is not its kind's.
func (e *Entity) Value(f *Field) Value {
	if f == nil {
		return nil
	}
	switch f.slot {
	case slotID:
		return string(e.ID)
	case slotKind:
		return e.Kind.String()
	case slotName:
		return e.Key
	case slotDescription:
		return textOrNil(e.Description)
	case slotDetail:
		return e.Value(e.Kind.Decl().Detail)
	case slotDay:
		return e.Value(e.Kind.Decl().Day)
	}
	if i, ok := e.Kind.Decl().Own(f); ok {
		return e.Values[i]
	}
	return nil
}

// EvidenceFor lists what the entity's own fields rest on, what was recorded last first, as that counts where some say otherwise, see
// [Entity.Merge]. For "" it is all, a place that speaks for several fields once. For one field, if the entity's kind has it, it is the
// evidence that names it, and of what names no field all that was recorded after that; of one moment the source that came last is first.
func (e *Entity) EvidenceFor(field string) []Evidence {
	newest := slices.Clone(e.Evidence)
	var list []Evidence
	if field == "" {
		slices.SortStableFunc(newest, func(a, b Evidence) int { return b.RecordedAt.Compare(a.RecordedAt) })
		for _, ev := range newest {
			if !slices.ContainsFunc(list, func(old Evidence) bool { return samePlace(&old, &ev) }) {
				list = append(list, ev)
			}
		}
		return list
	}
	came := map[ID]int{} // of each source, where its last piece stands
	for i := range newest {
		came[newest[i].Source] = i
	}
	slices.SortStableFunc(newest, func(a, b Evidence) int {
		return cmp.Or(b.RecordedAt.Compare(a.RecordedAt), cmp.Compare(came[b.Source], came[a.Source]))
	})
	named := slices.IndexFunc(newest, func(ev Evidence) bool { return ev.Field == field })
	for _, ev := range newest {
		if ev.Field == field || ev.Field == "" && e.has(field) && (named < 0 || ev.RecordedAt.After(newest[named].RecordedAt)) {
			list = append(list, ev)
		}
	}
	return list
}

// has says whether entities of its kind have a field, apart from names, which all have, and a location.
func (e *Entity) has(field string) bool {
	return field == "names" || field == "location" || e.Kind.Decl().Field(field) != nil
}

func textOrNil(s string) Value {
	if s == "" {
		return nil
	}
	return s
}

// Merge adds a record of the same entity to it and gives the result; neither is changed. Names, identifiers and evidence add up.
// Where both give a field, or the primary name, that counts which was recorded last, see toldAt, and the record if both were at
// once; the other primary name is an alias then.
func (e *Entity) Merge(r *Entity) *Entity {
	m := *r
	counts := func(field string) bool { return !r.toldAt(field).Before(e.toldAt(field)) }
	if counts("name") {
		m.Names = mergeNames(r.Names, e.Names)
	} else {
		m.Names, m.Key = mergeNames(e.Names, r.Names), e.Key
	}
	m.Others = slices.Clone(r.Others)
	for _, id := range e.Others {
		if !slices.Contains(m.Others, id) {
			m.Others = append(m.Others, id)
		}
	}
	m.Values = slices.Clone(r.Values)
	for i, v := range e.Values {
		if v != nil && (m.Values[i] == nil || !counts(e.Kind.Decl().Fields[i].Name)) {
			m.Values[i] = v
		}
	}
	if m.Description == "" || e.Description != "" && !counts("description") {
		m.Description = e.Description
	}
	if m.Location == nil || e.Location != nil && !counts("location") {
		m.Location = e.Location
	}
	m.Evidence = slices.Clone(e.Evidence)
	for _, ev := range r.Evidence {
		if old := recordedIn(m.Evidence, &ev); old < 0 {
			m.Evidence = append(m.Evidence, ev)
		} else if ev.RecordedAt.After(m.Evidence[old].RecordedAt) {
			m.Evidence[old] = ev // the place says something else now
		}
	}
	return &m
}

// mergeNames adds names to those that are put before them.
func mergeNames(first, more []Name) []Name {
	names := slices.Clone(first)
	for _, n := range more {
		if n.Kind == Primary && n.Value != names[0].Value && n.Lang == names[0].Lang {
			n.Kind = Alias
		}
		if !slices.ContainsFunc(names, func(o Name) bool { return o.Value == n.Value && (o.Lang == n.Lang || n.Lang == "") }) {
			names = append(names, n)
		}
	}
	return names
}

// toldAt is when the last was recorded of what an entity's field rests on, as far as evidence says that: of what names the field or
// none, else of all.
func (e *Entity) toldAt(field string) time.Time {
	var last, all time.Time
	for i := range e.Evidence {
		ev := &e.Evidence[i]
		if ev.RecordedAt.After(all) {
			all = ev.RecordedAt
		}
		if ev.RecordedAt.After(last) && ev.SpeaksFor(field) {
			last = ev.RecordedAt
		}
	}
	if last.IsZero() {
		return all
	}
	return last
}

// recordedIn finds evidence by what it speaks for and the place that it names; -1 where it is not there.
func recordedIn(list []Evidence, ev *Evidence) int {
	return slices.IndexFunc(list, func(old Evidence) bool { return old.Field == ev.Field && samePlace(&old, ev) })
}
