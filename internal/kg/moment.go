package kg

import (
	"slices"
	"strings"
)

// Moment is the date that puts a row into a timeline, or into its place in a lineage.
type Moment struct {
	On    Date
	Field *Field // of the row's kind, one of its MomentFields; nil in a lineage
	Title string // a sentence for a reader, see MomentTitle; "" in a lineage
}

// MomentOrder is how a timeline is ordered: by date, then by id, and what happened to one thing on equal dates in the order of
// its MomentFields, so that it begins before it ends.
var MomentOrder = []Order{{Field: FieldMoment}, {Field: FieldID}, {Field: FieldMomentField}}

// position gives the place of the moment's field among the row's MomentFields.
func (m *Moment) position(kind Kind) int64 { return int64(slices.Index(MomentFields(kind), m.Field)) }

// LineageOrder is how a lineage is ordered: oldest first, then by id.
var LineageOrder = MomentOrder[:1]

// LineageDay is the day that places a RELATES_TO fact in a lineage: that of the newer of its two agreements.
func LineageDay(from, to *Entity) Date {
	a, _ := from.Value(FieldDay).(Date)
	b, _ := to.Value(FieldDay).(Date)
	if !a.Known() || b.Known() && CompareDates(a, b) < 0 {
		return b
	}
	return a
}

// MomentFields lists the fields of an entity or a fact of a kind whose dates are moments: all dates of its own, and for a fact
// since and until, unless they only repeat one of its own.
func MomentFields(kind Kind) []*Field {
	var fields []*Field
	d := kind.Decl()
	for _, f := range d.Fields {
		if f.Type == Dated {
			fields = append(fields, f)
		}
	}
	if kind.IsFact() && len(d.Since) == 0 {
		fields = append(fields, FieldSince)
	}
	if kind.IsFact() && len(d.Until) == 0 {
		fields = append(fields, FieldUntil)
	}
	return fields
}

// MomentTitle says in a sentence what happened to an entity or a fact on the date of one of its MomentFields: "Jinan and Rennes
// became partners (friendship)". The sentences stand in the table of kinds, with {name} for an entity's name, {from} and {to}
// for the names of a fact's ends, and ({detail}), which is left out where the fact has none. name gives the name of an entity.
func MomentTitle(r *Row, f *Field, name func(ID) string) string {
	sentence := f.Happened
	switch f {
	case FieldSince:
		sentence = r.Kind().Decl().Began
	case FieldUntil:
		sentence = r.Kind().Decl().Ended
	}
	if r.Fact == nil {
		return strings.ReplaceAll(sentence, "{name}", name(r.ID()))
	}
	detail, _ := r.Fact.Value(r.Kind().Decl().Detail).(string)
	if detail != "" {
		detail = " (" + strings.ReplaceAll(strings.ToLower(detail), "_", " ") + ")"
	}
	// A replacer goes through the sentence once, so that a name may hold braces.
	return strings.NewReplacer("{from}", name(r.Fact.From), "{to}", name(r.Fact.To), " ({detail})", detail).Replace(sentence)
}
