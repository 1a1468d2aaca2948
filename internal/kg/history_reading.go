package kg

import (
	"cmp"
	"slices"
	"strings"
)

// reading is what somebody says of a fact besides that it is one: since, until, then its kind's own fields. nil is silence:
// who does not mention a date does not deny it.
type reading []Value

func (a *Assertion) reading() reading {
	return append(reading{dateOrNil(a.Since), dateOrNil(a.Until)}, a.Values...)
}

// saying is what one source says of a fact, in all that was recorded of it.
type saying struct {
	source ID
	reading
	evidence []Evidence // in the assertions that make up the reading
	last     int        // where its newest assertion stands
	sure     float64
}

// surest finds the reading that is shown. Each source says what its newest assertion says, and what its older ones add to
// that; sources that agree count together; of equally sure readings the one recorded last is shown. Where it is silent it is
// completed from the next surest that it can be true together with, so that a source that gives no date hides none.
func surest(d *Decl, known []Assertion, source func(ID) *Source) reading {
	last := known[len(known)-1].reading()
	if len(known) == 1 {
		return last
	}
	says := sayings(d, known)
	if len(says) == 0 {
		return last // all that there is disputes the fact
	}
	if len(says) > 1 {
		rank(d, says, source)
	}
	shown := says[0].reading
	for _, s := range says[1:] {
		if !contradict(d, shown, s.reading) {
			shown = shown.completedBy(s.reading)
		}
	}
	return shown
}

// sayings gives what each source says. What speaks against a fact does not speak for its dates.
func sayings(d *Decl, known []Assertion) []*saying {
	var says []*saying
	of := map[ID]*saying{}
	for i := range known {
		for _, ev := range known[i].Evidence {
			if ev.Disputes {
				continue
			}
			s := of[ev.Source]
			if s == nil {
				s = &saying{source: ev.Source}
				of[ev.Source] = s
				says = append(says, s)
			}
			s.add(d, known[i].reading(), ev)
			s.last = i
		}
	}
	return says
}

// add lets a newer reading of the source count: what it contradicts is corrected, and the rest stays.
func (s *saying) add(d *Decl, newer reading, ev Evidence) {
	if contradict(d, newer, s.reading) {
		s.evidence = nil
	}
	if s.reading = newer.completedBy(s.reading); !s.reading.possible(d) {
		s.reading = newer
	}
	s.evidence = append(s.evidence, ev)
}

// rank sorts what sources say by how sure it is, by its own evidence and that of the sources which agree.
func rank(d *Decl, says []*saying, source func(ID) *Source) {
	for _, s := range says {
		if s.silent(d) {
			s.sure = -1 // it goes with everything, and shows nothing
			continue
		}
		var support []Evidence
		for _, o := range says {
			if o == s || agree(d, o.reading, s.reading) {
				support = append(support, o.evidence...)
			}
		}
		s.sure = Confidence(support, source)
	}
	slices.SortFunc(says, func(a, b *saying) int {
		return cmp.Or(cmp.Compare(b.sure, a.sure), cmp.Compare(b.last, a.last), strings.Compare(string(a.source), string(b.source)))
	})
}

// completedBy gives what a reading says, and what another says where it is silent.
func (r reading) completedBy(o reading) reading {
	r = slices.Clone(r)
	for i := range o {
		if r[i] == nil {
			r[i] = o[i]
		}
	}
	return r
}

// possible says whether all that a reading says can be true at once.
func (r reading) possible(d *Decl) bool { return r.impossible(d) == nil }

// impossible says why what a reading says can't be true at once.
func (r reading) impossible(d *Decl) *Error {
	since, _ := r[0].(Date)
	until, _ := r[1].(Date)
	if err := checkOrder(since, until, [2]string{"since", "until"}); err != nil {
		return err
	}
	return checkTogether(d, r[2:])
}

// readingField names what stands at a place of a reading.
func (d *Decl) readingField(i int) string {
	if i < 2 {
		return [2]string{"since", "until"}[i]
	}
	return d.Fields[i-2].Name
}

// silent says whether a reading says nothing; the identity is that of the fact, and says nothing of it.
func (r reading) silent(d *Decl) bool {
	for i, v := range r {
		if v != nil && !isIdentity(d, i) {
			return false
		}
	}
	return true
}

// contradict says whether two readings can't both be true.
func contradict(d *Decl, a, b reading) bool {
	for i := range b {
		if a[i] != nil && b[i] != nil && !equalValues(a[i], b[i]) {
			return true
		}
	}
	return !a.completedBy(b).possible(d)
}

// agree says whether two readings say the same of something, and nothing against each other.
func agree(d *Decl, a, b reading) bool {
	for i := range a {
		if a[i] != nil && b[i] != nil && !isIdentity(d, i) {
			return !contradict(d, a, b)
		}
	}
	return false
}

func isIdentity(d *Decl, i int) bool { return d.Identity != nil && i == d.Identity.slot+2 }

func equalValues(a, b Value) bool {
	switch a := a.(type) {
	case []ID:
		b, ok := b.([]ID)
		return ok && slices.Equal(a, b)
	case Date:
		b, ok := b.(Date)
		return ok && a.First == b.First && a.Last == b.Last // 2010 and 2010/2010 are the same days
	}
	return a == b
}
