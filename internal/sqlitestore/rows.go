package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// hit is a node on its way into an answer: by its number, as long as nobody needs more.
type hit struct {
	class   hitClass
	led     bool
	n       uint32
	lead    uint32     // the fact that led to it, if led
	chain   *chainLink // the facts that led to it, for Up and Down; nil if nobody reads them
	moment  *kg.Moment // in a timeline or lineage
	diff    *kg.Difference
	special *kg.Row // of a class that has no numbers
}

type hitClass uint8

const (
	noHit hitClass = iota
	entityHit
	factHit
	sourceHit
	specialHit // evidence, a change or a status
)

// chainLink is the last fact of a chain, behind those before it.
type chainLink struct {
	fact   uint32
	before *chainLink
}

func (r *reading) kind(h *hit) kg.Kind {
	switch h.class {
	case entityHit:
		return r.entities.at(h.n).Kind
	case factHit:
		return r.facts.at(h.n).kind
	case sourceHit:
		return kg.SourceKind
	case specialHit:
		return h.special.Kind()
	}
	return kg.NoKind
}

func (r *reading) id(h *hit) kg.ID {
	switch h.class {
	case entityHit:
		return r.entityID(h.n)
	case factHit:
		return r.factID(h.n)
	case sourceHit:
		return r.sourceID(h.n)
	}
	return ""
}

// value gives what a node holds in a field.
func (r *reading) value(h *hit, f *kg.Field) kg.Value {
	switch {
	case f == nil:
		return nil
	case h.moment != nil && (f == kg.FieldMoment || f == kg.FieldMomentField):
		if f == kg.FieldMoment {
			if !h.moment.On.Known() {
				return nil
			}
			return h.moment.On
		}
		return int64(slices.Index(kg.MomentFields(r.kind(h)), h.moment.Field))
	case f == kg.FieldScore:
		return 0.0
	case h.diff != nil && f == kg.FieldAt:
		return h.diff.At
	case h.diff != nil && f == kg.FieldDifference:
		return string(h.diff.Kind)
	}
	switch h.class {
	case entityHit:
		return r.entities.at(h.n).Value(f)
	case factHit:
		v, _ := r.at(h.n)
		return v.value(f)
	case sourceHit:
		if f == fieldText {
			if text := r.text(h.n); text != "" {
				return text
			}
			return nil
		}
		return r.sources.at(h.n).Value(f)
	case specialHit:
		return h.special.Value(f)
	}
	return nil
}

// text reads a source's text.
func (r *reading) text(n uint32) string {
	body := r.sources.at(n).body
	if body == 0 {
		return ""
	}
	b := r.piece(body)
	if r.err != nil {
		return ""
	}
	text, err := decodeText(b)
	r.err = err
	return text
}

// story reads what stays on disk of an entity.
func (r *reading) story(n uint32) *story {
	if body := r.entities.at(n).body; body != 0 {
		b := r.piece(body)
		if r.err == nil {
			var s *story
			if s, r.err = decodeStory(b); r.err == nil {
				return s
			}
		}
	}
	return &story{}
}

// row makes the row of a node, without those parts that nobody reads.
func (r *reading) row(h *hit, without kg.Parts) kg.Row {
	row := kg.Row{Moment: h.moment, Difference: h.diff}
	switch h.class {
	case entityHit:
		row.Entity = r.wholeEntity(h.n, without)
	case factHit:
		row.Fact = r.wholeFact(h.n, without)
	case sourceHit:
		row.Source = r.sources.at(h.n).Source
		if without&kg.PartText == 0 && r.sources.at(h.n).body != 0 {
			s := *row.Source
			s.Text = r.text(h.n)
			row.Source = &s
		}
	case specialHit:
		row = *h.special
		row.Moment = h.moment
	}
	return row
}

func (r *reading) wholeEntity(n uint32, without kg.Parts) *kg.Entity {
	e := r.entities.at(n)
	if without&kg.PartEvidence != 0 || e.body == 0 {
		return e.Entity
	}
	s := r.story(n)
	if len(s.evidence) == 0 {
		return e.Entity
	}
	c := *e.Entity
	c.Evidence = s.evidence
	return &c
}

// wholeFact makes a fact as the question sees it; nil where it was not known.
func (r *reading) wholeFact(n uint32, without kg.Parts) *kg.Fact {
	v, ok := r.at(n)
	switch {
	case !ok:
		return nil
	case v.whole != nil:
		return v.whole
	case without&kg.PartEvidence == 0:
		if h := r.history(v.fact); h != nil {
			return h.At(now, r.sourceNamed)
		}
		return nil
	}
	f := new(kg.Fact)
	r.fill(f, v, make([]kg.Value, len(v.kind.Decl().Fields)))
	return f
}

// wholeFacts makes several, which are known, of any kinds. Room for those that need nothing of the disk is made once for all.
func (r *reading) wholeFacts(facts []uint32, without kg.Parts) []*kg.Fact {
	whole := make([]*kg.Fact, len(facts))
	if without&kg.PartEvidence == 0 {
		for i, n := range facts {
			whole[i] = r.wholeFact(n, without)
		}
		return whole
	}
	fields := 0
	for _, n := range facts {
		fields += len(r.facts.at(n).kind.Decl().Fields)
	}
	room, values := make([]kg.Fact, len(facts)), make([]kg.Value, fields)
	for i, n := range facts {
		v, _ := r.at(n)
		if whole[i] = v.whole; v.whole != nil {
			continue
		}
		fields := len(v.kind.Decl().Fields)
		r.fill(&room[i], v, values[:fields:fields])
		whole[i], values = &room[i], values[fields:]
	}
	return whole
}

// fill sets all of a fact but its evidence. There is room for its values.
func (r *reading) fill(f *kg.Fact, v view, values []kg.Value) {
	f.ID, f.Kind = v.g.idOf(v.fact), v.kind
	f.From, f.To = r.entityID(v.from), r.entityID(v.to)
	f.Key = v.g.texts.at(v.key, int(v.keyLen))
	f.Since, f.Until = v.date(v.since), v.date(v.until)
	f.State, f.Confidence = v.state, v.sure()
	f.RecordedAt, f.AcceptedAt, f.RetractedAt = timeOf(v.recorded), timeOf(v.accepted), timeOf(v.retracted)
	f.Values = values
	if v.values != 0 {
		for i := range values {
			values[i] = v.own(i)
		}
	}
}
