package sqlitestore

import (
	"cmp"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// view is a fact as a question sees it: as it is now, or was at the moment that the question asks of.
type view struct {
	*fact
	g     *graph   // that has its values
	whole *kg.Fact // all of it, where it was read for being another then
}

// pastFact is a fact as it was; nothing, where it was not known.
type pastFact struct {
	fact
	whole *kg.Fact
}

// at gives a fact as the question sees it; false where it was not known.
func (r *reading) at(n uint32) (view, bool) {
	f := r.facts.at(n)
	switch {
	case r.knownAt == never || r.knownAt >= f.last:
		return view{fact: f, g: r.graph}, true
	case r.knownAt < f.recorded:
		return view{}, false
	}
	p := r.past[n]
	if p == nil {
		if h := r.history(f); h != nil {
			p = r.remember(n, f, h, h.At(r.query.KnownAt, r.sourceNamed))
		} else {
			p = r.remember(n, f, nil, nil)
		}
	}
	return view{fact: &p.fact, g: r.then, whole: p.whole}, p.whole != nil
}

// remember keeps a fact as it was, whole, for as long as the question lasts; nil where it was not known.
func (r *reading) remember(n uint32, f *fact, h *kg.History, whole *kg.Fact) *pastFact {
	if r.past == nil {
		r.past, r.told, r.tuples = map[uint32]*pastFact{}, newInterner(), newTupler()
		r.then = r.graph.next()
		empty := newGraph()
		r.then.values, r.then.tuples = empty.values, empty.tuples
	}
	p := &pastFact{fact: *f, whole: whole}
	if whole != nil {
		r.then.set(&p.fact, whole, h, &r.told, &r.tuples, r.source)
	}
	r.past[n] = p
	return p
}

// history reads all that was told of a fact; nil where that failed.
func (r *reading) history(f *fact) *kg.History {
	b := r.piece(f.body)
	if r.err != nil {
		return nil
	}
	h := r.historyOf(f)
	if r.err = decodeHistory(b, h); r.err != nil {
		return nil
	}
	return h
}

func (v view) date(ref uint32) kg.Date {
	d, _ := (*v.g.values.at(ref)).(kg.Date)
	return d
}

// own gives a value of the kind's own fields, by its position.
func (v view) own(i int) kg.Value {
	if v.values == 0 {
		return nil
	}
	return *v.g.values.at(*v.g.tuples.at(v.values + uint32(i)))
}

func (v view) sure() float64 { return float64(v.confidence) / 1e4 }

// Fields that all facts have and package kg does not name.
var (
	fieldDetail      = kg.LocatedIn.Decl().Field("detail")
	fieldAcceptedAt  = kg.LocatedIn.Decl().Field("acceptedAt")
	fieldRetractedAt = kg.LocatedIn.Decl().Field("retractedAt")
	fieldText        = kg.SourceKind.Decl().Field("text")
)

// value gives what the fact holds in a field, as kg.Fact.Value does.
func (v view) value(f *kg.Field) kg.Value {
	switch f {
	case nil:
		return nil
	case kg.FieldID:
		return string(v.g.idOf(v.fact))
	case kg.FieldKind:
		return v.kind.String()
	case fieldDetail:
		return v.value(v.kind.Decl().Detail)
	case kg.FieldSince:
		return *v.g.values.at(v.since)
	case kg.FieldUntil:
		return *v.g.values.at(v.until)
	case kg.FieldState:
		return v.state.String()
	case kg.FieldConfidence:
		return v.sure()
	case kg.FieldRecordedAt:
		return timeOf(v.recorded)
	case fieldAcceptedAt:
		return timeOrNil(v.accepted)
	case fieldRetractedAt:
		return timeOrNil(v.retracted)
	}
	if i, ok := v.kind.Decl().Own(f); ok {
		return v.own(i)
	}
	return nil
}

func timeOrNil(moment int64) kg.Value {
	if moment == never {
		return nil
	}
	return timeOf(moment)
}

// holdsOn says whether the fact may have held in the world on a day.
func (v view) holdsOn(day kg.Day) bool {
	if v.since != 0 && v.date(v.since).First > day {
		return false
	}
	return v.until == 0 || day <= v.date(v.until).Last
}

// shown says whether a fact is in one of the states, and may have held on the day that the question asks for.
func (r *reading) shown(v view, states kg.StateSet) bool {
	return states.Has(v.state) && (r.query.AsOf == nil || v.holdsOn(*r.query.AsOf))
}

// compareSingular says which of two facts a singular relation shows, as kg.CompareSingular does.
func (r *reading) compareSingular(a, b view) int {
	if x, y := a.holdsOn(r.day), b.holdsOn(r.day); x != y {
		if x {
			return -1
		}
		return 1
	}
	if p, q := a.kind.Decl().Prefer, b.kind.Decl().Prefer; p != nil || q != nil {
		if c := compareKeys(sortKeyOf(a.value(p), p), sortKeyOf(b.value(q), q), true); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(b.confidence, a.confidence), compareBegin(a, b), compareIDs(a, b))
}

// compareTelling says which of two facts is followed first where not all are, as kg.CompareTelling does.
func compareTelling(a, b view, degreeA, degreeB int) int {
	return cmp.Or(cmp.Compare(b.confidence, a.confidence), compareBegin(a, b), cmp.Compare(degreeA, degreeB), compareIDs(a, b))
}

// compareBegin puts what began last first.
func compareBegin(a, b view) int {
	if a.since == b.since && a.g == b.g {
		return 0
	}
	return compareKeys(dateKey(a.date(a.since)), dateKey(b.date(b.since)), true)
}

func compareIDs(a, b view) int {
	return strings.Compare(string(a.g.idOf(a.fact)), string(b.g.idOf(b.fact)))
}
