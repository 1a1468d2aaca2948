package kg

import (
	"cmp"
	"slices"
	"strings"
)

// statusCase is one dossier on one day. What decides a row is noted in facts and fields by the method that finds it so.
type statusCase struct {
	*Dossier
	day       Day
	replacing func(ID) *Dossier
	facts     []*Fact
	fields    []ofEntity
}

// ofEntity is a field of an agreement, this one or one that replaces it.
type ofEntity struct {
	entity *Entity
	field  string
}

func (c *statusCase) replaced() bool {
	for _, r := range c.Relates {
		if r.State != Accepted || r.To != c.Agreement.ID || r.text("type") != "REPLACES" || r.Until.Known() && r.Until.Last < c.day {
			continue
		}
		newer := &statusCase{Dossier: &Dossier{}, day: c.day}
		if c.replacing != nil {
			if d := c.replacing(r.From); d != nil {
				newer.Dossier = d
			}
		}
		switch {
		case newer.hasEntered():
			c.facts = append(append(c.facts, r), newer.facts...)
			c.fields = append(c.fields, newer.fields...)
		case !newer.datesEntry() && r.Since.Known() && begins(r.Since) <= c.day:
			c.facts = append(c.facts, r)
		}
	}
	return len(c.facts) > 0
}

// hasEntered says whether it has ever been in force, by rows 7 and 8 without the parties that left.
func (c *statusCase) hasEntered() bool {
	c.facts = c.entered()
	return c.enough(c.facts) || c.inForce()
}

// datesEntry says whether any date of its entry into force is known.
func (c *statusCase) datesEntry() bool {
	return c.date("inForceOn").Known() || slices.ContainsFunc(c.bound(), func(p *Fact) bool { return p.date("inForceOn").Known() })
}

func (c *statusCase) left() bool {
	day := c.day
	if ended := c.date("endedOn"); ended.Known() {
		day = min(day, ended.Last)
	}
	return c.leftBy(day, func(withdrew Date) Day { return withdrew.Last })
}

// leftBy says whether fewer than two parties were left on a day, if each was one until the last day that ends gives.
func (c *statusCase) leftBy(day Day, ends func(Date) Day) bool {
	remain, gone := c.remaining(day, ends)
	if c.signatories() < 2 || len(gone) == 0 || countParties(remain) >= 2 {
		return false
	}
	c.facts = gone
	return true
}

func (c *statusCase) ended() bool {
	ended := c.date("endedOn")
	return ended.Known() && ended.Last < c.day && c.by("endedOn", "ending")
}

func (c *statusCase) survives() bool {
	until := c.date("survivesUntil")
	return until.Known() && c.day <= until.Last && c.by("survivesUntil")
}

func (c *statusCase) mayHaveEnded() bool {
	ended := c.date("endedOn")
	switch {
	case ended.Known() && ended.Last == MaxDay && ended.First < c.day:
		return c.by("endedOn", "ending")
	case !ended.Known() && (c.text("ending") != "" || c.date("survivesUntil").Known()):
		return c.by("ending", "survivesUntil")
	}
	return c.leftBy(c.day, func(withdrew Date) Day {
		if withdrew.Last == MaxDay {
			return withdrew.First
		}
		return withdrew.Last
	})
}

func (c *statusCase) inForceForParties() bool {
	entered := c.entered()
	remain, _ := c.remaining(c.day, func(withdrew Date) Day { return withdrew.Last })
	c.facts = slices.DeleteFunc(slices.Clone(entered), func(p *Fact) bool { return !slices.Contains(remain, p) })
	return c.enough(entered) && len(c.facts) > 0
}

func (c *statusCase) inForce() bool {
	date := c.date("inForceOn")
	return date.Known() && begins(date, c.firstSignature()) <= c.day && c.by("inForceOn")
}

// abandoned says whether all have withdrawn for whom it was in force, or, if it was for nobody, all who are known.
func (c *statusCase) abandoned() bool {
	remain, gone := c.remaining(c.day, func(withdrew Date) Day { return withdrew.Last })
	if entered := c.entered(); len(entered) > 0 {
		remain = slices.DeleteFunc(remain, func(p *Fact) bool { return !slices.Contains(entered, p) })
	}
	c.facts = gone
	return len(gone) > 0 && len(remain) == 0
}

func (c *statusCase) signed() bool {
	begun := func(d Date) bool { return d.Known() && begins(d) <= c.day }
	for _, p := range c.bound() {
		if begun(p.date("signedOn")) || begun(p.date("ratifiedOn")) || begun(p.date("inForceOn")) {
			c.facts = append(c.facts, p)
		}
	}
	return begun(c.date("signedOn")) && c.by("signedOn") || len(c.facts) > 0
}

// bound lists the facts of those that the agreement binds.
func (c *statusCase) bound() []*Fact {
	return slices.DeleteFunc(slices.Clone(c.Parties), func(p *Fact) bool {
		role := p.text("role")
		return p.State != Accepted || role != "SIGNATORY" && role != "ACCEDING"
	})
}

// entered lists the facts of those that it has entered into force for by the day.
func (c *statusCase) entered() []*Fact {
	signature := c.firstSignature()
	return slices.DeleteFunc(c.bound(), func(p *Fact) bool {
		date := p.date("inForceOn")
		return !date.Known() || begins(date, signature, p.date("signedOn"), p.date("ratifiedOn")) > c.day
	})
}

// enough says whether these are enough for it to be in force: two, or one where the graph lacks original parties.
func (c *statusCase) enough(entered []*Fact) bool {
	n := countParties(entered)
	return n >= 2 || n == 1 && c.signatories() < 2
}

// remaining lists the facts of those that are parties on a day, as far as is known, and of those that are no longer. Who comes
// later is neither, and who left and came back remains.
func (c *statusCase) remaining(day Day, ends func(Date) Day) (remain, gone []*Fact) {
	for _, p := range c.bound() {
		since := firstKnown(p, PartyTo.Decl().Since, Date{})
		switch withdrew := p.date("withdrewOn"); {
		case since.Known() && begins(since) > day:
		case withdrew.Known() && ends(withdrew) < day:
			gone = append(gone, p)
		default:
			remain = append(remain, p)
		}
	}
	back := func(p *Fact) bool { return slices.ContainsFunc(remain, func(r *Fact) bool { return r.From == p.From }) }
	return remain, slices.DeleteFunc(gone, back)
}

// signatories counts the original parties that are known.
func (c *statusCase) signatories() int {
	return countParties(slices.DeleteFunc(c.bound(), func(p *Fact) bool { return p.text("role") != "SIGNATORY" }))
}

// firstSignature is the earliest that is known, the agreement's own or a party's.
func (c *statusCase) firstSignature() Date {
	first := c.date("signedOn")
	for _, p := range c.bound() {
		if d := p.date("signedOn"); d.Known() && (!first.Known() || CompareDates(d, first) < 0) {
			first = d
		}
	}
	return first
}

func countParties(facts []*Fact) int {
	parties := map[ID]bool{}
	for _, f := range facts {
		parties[f.From] = true
	}
	return len(parties)
}

// begins gives the day from which a beginning counts: the earliest that it can mean, not before acts that it can't precede
// unless it must.
func begins(d Date, acts ...Date) Day {
	first := d.First
	for _, act := range acts {
		if act.Known() && act.First <= d.Last {
			first = max(first, act.First)
		}
	}
	if first == MinDay {
		return d.Last
	}
	return first
}

func (c *statusCase) value(name string) Value {
	if c.Agreement == nil {
		return nil // a replacing agreement that the caller did not bring
	}
	return valueNamed(Agreement, c.Agreement.Values, name)
}

func (c *statusCase) date(name string) Date {
	d, _ := c.value(name).(Date)
	return d
}

func (c *statusCase) text(name string) string {
	s, _ := c.value(name).(string)
	return s
}

func (x *Fact) date(name string) Date {
	d, _ := valueNamed(x.Kind, x.Values, name).(Date)
	return d
}

func (x *Fact) text(name string) string {
	s, _ := valueNamed(x.Kind, x.Values, name).(string)
	return s
}

// valueNamed finds the value of a kind's own field by its name.
func valueNamed(k Kind, values []Value, name string) Value {
	fields := k.Decl().Fields
	return values[slices.IndexFunc(fields, func(f *Field) bool { return f.Name == name })]
}

// by notes that fields of the agreement decided, those of them that are known. It is always true, so that it can end a condition.
func (c *statusCase) by(fields ...string) bool {
	for _, name := range fields {
		if c.value(name) != nil {
			c.fields = append(c.fields, ofEntity{c.Agreement, name})
		}
	}
	return true
}

// evidence gathers what the noted facts and fields rest on.
func (c *statusCase) evidence() []Evidence {
	var all []Evidence
	add := func(evidence []Evidence) {
		for _, ev := range evidence {
			if !ev.Disputes && !slices.ContainsFunc(all, func(old Evidence) bool { return samePlace(&old, &ev) }) {
				all = append(all, ev)
			}
		}
	}
	slices.SortFunc(c.facts, func(a, b *Fact) int {
		return cmp.Or(
			compareSortValues(sortValue(&Row{Fact: a}, FieldSince), sortValue(&Row{Fact: b}, FieldSince), false),
			strings.Compare(string(a.ID), string(b.ID)),
		)
	})
	for _, f := range c.facts {
		add(f.Evidence)
	}
	for _, f := range c.fields {
		add(f.entity.EvidenceFor(f.field))
	}
	return all
}
