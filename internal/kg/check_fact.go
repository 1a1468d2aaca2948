package kg

import (
	"slices"
	"strings"
)

// checkFacts proves the facts of the records and gives their assertions, the oldest first.
func (in *intake) checkFacts() []FactRecord {
	for i := range in.records {
		if f := in.records[i].Fact; f != nil && in.refused[i] == nil {
			if err := in.checkFact(f); err != nil {
				in.refuse(i, err)
			}
		}
	}
	ids, records := in.group(func(r *Record) (ID, bool) {
		if r.Fact == nil {
			return "", false
		}
		return r.Fact.ID, true
	})
	for _, id := range ids {
		if of := records[id]; len(of) > 1 {
			in.refuseContradictingFacts(in.records[of[0]].Fact.Kind.Decl(), of)
		}
	}
	var right []*FactRecord // a record is large, and a stable sort moves what it sorts many times
	for i := range in.records {
		if f := in.records[i].Fact; f != nil && in.refused[i] == nil {
			in.facts[f.ID] = true
			right = append(right, f)
		}
	}
	older := func(a, b *FactRecord) int { return a.RecordedAt.Compare(b.RecordedAt) }
	if !slices.IsSortedFunc(right, older) {
		slices.SortStableFunc(right, older)
	}
	out := make([]FactRecord, len(right))
	for i, f := range right {
		out[i] = *f
	}
	return out
}

// checkFact proves one assertion of a fact, and completes it.
func (in *intake) checkFact(f *FactRecord) *Error {
	if !f.Kind.IsFact() {
		return Errorf(BadInput, "it is not a kind of fact: write %s", Facts).In("fact")
	}
	d := f.Kind.Decl()
	if err := in.checkEnds(f); err != nil {
		return err
	}
	if err := checkOptional(f.Key, maxCode); err != nil {
		return err.In("key")
	}
	if f.State > Rejected {
		return Errorf(BadInput, "a fact can't be asserted as %s: write PROPOSED, ACCEPTED or REJECTED, or a record that retracts it", stateName(f.State)).In("state")
	}
	var err *Error
	if f.Values, err = checkValues(d, f.Values); err != nil {
		return err
	}
	if err := checkRequired(d, f.Values); err != nil {
		return err
	}
	if err := in.resolve(d, f.Values); err != nil {
		return err
	}
	if err := f.checkDates(); err != nil {
		return err
	}
	if len(f.Evidence) == 0 {
		return Errorf(BadInput, "it is missing: no fact is kept without evidence, so name a source and where in it").In("evidence")
	}
	f.Dated = !f.RecordedAt.IsZero()
	f.RecordedAt = in.recorded(f.RecordedAt)
	for i := range f.Evidence {
		f.Evidence[i].RecordedAt = f.RecordedAt
	}
	if f.Evidence, err = in.checkEvidence(f.Evidence, d, nil); err != nil {
		return err.In("evidence")
	}
	return f.derive()
}

// checkEnds proves that a fact links two things that its kind may link, and puts the entities in the place of aliases.
func (in *intake) checkEnds(f *FactRecord) *Error {
	from, err := checkID(f.From, Entities, "entity")
	if err != nil {
		return err.In("from")
	}
	to, err := checkID(f.To, Entities, "entity")
	if err != nil {
		return err.In("to")
	}
	d := f.Kind.Decl()
	if !d.MayJoin(from, to) {
		end := "to"
		if !slices.ContainsFunc(d.Joins, func(j Join) bool { return j.From.Has(from) }) {
			end = "from"
		}
		return Errorf(BadInput, "%s can't lead from %s to %s: it leads %s", d.Name, from, to, d.joins()).In(end)
	}
	for _, end := range []struct {
		field string
		id    *ID
	}{{"from", &f.From}, {"to", &f.To}} {
		id := in.entity(*end.id)
		if id == "" {
			return in.missing(*end.id).In(end.field)
		}
		*end.id = id
	}
	if f.From == f.To {
		return Errorf(BadInput, "the fact leads from %s to itself: a fact links two things", f.To).In("to")
	}
	if d.Symmetric && f.From > f.To {
		f.From, f.To = f.To, f.From
	}
	return nil
}

// joins says what a fact may link, for a person.
func (d *Decl) joins() string {
	var ways []string
	for _, j := range d.Joins {
		ways = append(ways, "from "+j.From.String()+" to "+j.To.String())
	}
	return strings.Join(ways, "; ")
}

// checkDates proves when a fact held.
func (f *FactRecord) checkDates() *Error {
	d := f.Kind.Decl()
	for _, date := range []struct {
		name    string
		value   *Date
		derived []*Field
	}{{"since", &f.Since, d.Since}, {"until", &f.Until, d.Until}} {
		read, err := checkDate(*date.value)
		if err != nil {
			return err.In(date.name)
		}
		if *date.value = read; read.Known() && len(date.derived) > 0 {
			var names []string
			for _, from := range date.derived {
				names = append(names, from.Name)
			}
			return Errorf(BadInput, "%s takes it from %s: write that instead", d.Name, oneOf(names)).In(date.name)
		}
	}
	return checkOrder(f.Since, f.Until, [2]string{"since", "until"})
}

// derive sets the id and proves the one that was given.
func (f *FactRecord) derive() *Error {
	f.Identity = ""
	if of := f.Kind.Decl().Identity; of != nil {
		f.Identity, _ = f.Values[of.slot].(string)
	}
	id := FactID(f.Kind, f.From, f.To, f.Identity, f.Key)
	if f.ID != "" && f.ID != id {
		return Errorf(BadInput, "%s is not the id of this fact, which is %s: leave it out, or correct what it is derived from", quoteShort(string(f.ID)), id).In("id")
	}
	f.ID = id
	return nil
}

// stateName names a state that may be none.
func stateName(s State) string {
	if int(s) < len(FieldState.Enum) {
		return s.String()
	}
	return "an unknown state"
}
