package kg

import "slices"

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

// EvidenceFor lists what the entity's own fields rest on. For one field that is the evidence that names it; where none does, the
// evidence that names no field, if the entity's kind has the field at all. For "" it is all, a place that speaks for several
// fields once.
func (e *Entity) EvidenceFor(field string) []Evidence {
	var named, all, unnamed []Evidence
	for _, ev := range e.Evidence {
		switch ev.Field {
		case field:
			named = append(named, ev)
		case "":
			unnamed = append(unnamed, ev)
		}
		if !slices.ContainsFunc(all, func(old Evidence) bool { return samePlace(&old, &ev) }) {
			all = append(all, ev)
		}
	}
	switch {
	case field == "":
		return all
	case named == nil && e.has(field):
		return unnamed
	}
	return named
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

// Merge adds a later record of the same entity to it and gives the result; neither is changed. What the record gives
// replaces what was known, except that names, identifiers and evidence add up. A new primary name makes the old one an alias.
func (e *Entity) Merge(r *Entity) *Entity {
	m := *r
	m.Names = slices.Clone(r.Names)
	for _, n := range e.Names {
		if n.Kind == Primary && n.Value != m.Names[0].Value && n.Lang == m.Names[0].Lang {
			n.Kind = Alias
		}
		if !slices.ContainsFunc(m.Names, func(o Name) bool { return o.Value == n.Value && (o.Lang == n.Lang || n.Lang == "") }) {
			m.Names = append(m.Names, n)
		}
	}
	m.Others = slices.Clone(r.Others)
	for _, id := range e.Others {
		if !slices.Contains(m.Others, id) {
			m.Others = append(m.Others, id)
		}
	}
	m.Values = slices.Clone(r.Values)
	for i, v := range e.Values {
		if m.Values[i] == nil {
			m.Values[i] = v
		}
	}
	if m.Description == "" {
		m.Description = e.Description
	}
	if m.Location == nil {
		m.Location = e.Location
	}
	m.Evidence = slices.Clone(e.Evidence)
	for _, ev := range r.Evidence {
		if !slices.ContainsFunc(m.Evidence, func(old Evidence) bool { return old.Field == ev.Field && samePlace(&old, &ev) }) {
			m.Evidence = append(m.Evidence, ev)
		}
	}
	return &m
}
