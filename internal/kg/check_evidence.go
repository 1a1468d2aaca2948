package kg

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// checkEvidence proves what a thing of some kind rests on, and leaves out repeats. What has no date and is known already was recorded
// when it was known first: reading a file again is not learning of it again. Errors are about the list.
func (in *intake) checkEvidence(evidence []Evidence, d *Decl, known []Evidence) ([]Evidence, *Error) {
	var once []Evidence
	for i := range evidence {
		ev := &evidence[i]
		if err := in.checkPlace(ev); err != nil {
			return nil, err.In(indexed(i))
		}
		if err := d.checkSpeaksFor(ev.Field); err != nil {
			return nil, err.In("field").In(indexed(i))
		}
		if old := recordedIn(known, ev); old >= 0 && ev.RecordedAt.IsZero() {
			ev.RecordedAt = known[old].RecordedAt
		}
		ev.RecordedAt = in.recorded(ev.RecordedAt)
		if recordedIn(once, ev) < 0 {
			once = append(once, *ev)
		}
	}
	return once, nil
}

// entityFields lists what an entity of the kind may have evidence for, and changes of.
func (d *Decl) entityFields() []string {
	names := []string{"name", "names", "description", "identifiers", "location"}
	for _, f := range d.Fields {
		names = append(names, f.Name)
	}
	return names
}

// checkSpeaksFor proves that evidence speaks for a field that a thing of the kind has, or for the whole.
func (d *Decl) checkSpeaksFor(field string) *Error {
	if field == "" {
		return nil
	}
	if d.Kind.IsFact() {
		return Errorf(BadInput, "evidence of a fact speaks for the whole fact: leave the field out")
	}
	names := d.entityFields()
	if slices.Contains(names, field) {
		return nil
	}
	return Errorf(BadInput, "%s has no field %s: write %s, or leave it out if the evidence speaks for all", d.Name, quoteShort(field), oneOf(names))
}

// checkPlace proves one piece of evidence against its source, and fills in where its quote stands.
func (in *intake) checkPlace(ev *Evidence) *Error {
	if _, err := checkID(ev.Source, SetOf(SourceKind), "source"); err != nil {
		return err.In("source")
	}
	s := in.source(ev.Source)
	if s == nil {
		return in.missing(ev.Source).In("source")
	}
	if err := checkConfidence(ev.Confidence); err != nil {
		return err.In("confidence")
	}
	if err := checkWord(EvidenceKind, "method", ev.Method); err != nil {
		return err
	}
	if err := checkOptional(ev.Locator, maxLine); err != nil {
		return err.In("locator")
	}
	switch {
	case ev.Quote != "":
		return in.checkQuote(ev, s)
	case ev.Locator == "":
		return Errorf(BadInput, "it does not say where: write a quote from the source's text, or the locator of a row").In("quote")
	case ev.Start != 0 || ev.End != 0:
		return Errorf(BadInput, "only a quote has a start: write the quote, or leave the start out").In("start")
	}
	return nil
}

// checkQuote finds a quote in its source's text: where it is said to stand, or else where it stands first.
func (in *intake) checkQuote(ev *Evidence, s *Source) *Error {
	if err := checkText(ev.Quote, maxProse); err != nil {
		return err.In("quote")
	}
	if s.Text == "" {
		return Errorf(BadInput, "the text of %s is not stored, so it can't be quoted: write a locator instead, or give the source its text", s.ID).In("quote")
	}
	text := in.quotable[s.ID]
	if text == nil {
		text = newQuotable(s.Text)
		in.quotable[s.ID] = text
	}
	if ev.End != 0 {
		if !text.standsAt(ev.Quote, ev.Start) {
			return Errorf(BadInput, "the quote does not stand at %d in the text of %s: %s", ev.Start, s.ID, text.whereInstead(ev.Quote)).In("start")
		}
		ev.End = ev.Start + utf8.RuneCountInString(ev.Quote)
		return nil
	}
	start, end, ok := text.find(ev.Quote)
	if !ok {
		return Errorf(BadInput, "%s does not stand in the text of %s: %s", quoteShort(ev.Quote), s.ID, text.partsWhere(ev.Quote)).In("quote")
	}
	ev.Start, ev.End = start, end
	return nil
}

// whereInstead says where a quote stands that is not where it was said to be.
func (t *quotable) whereInstead(quote string) string {
	start, _, ok := t.find(quote)
	if !ok {
		return "it stands nowhere in it; " + t.partsWhere(quote)
	}
	return fmt.Sprintf("it stands at %d, counted in Unicode code points from 0", start)
}

// partsWhere says how far a quote that does not stand in the text follows it.
func (t *quotable) partsWhere(quote string) string {
	same := t.inCommon(quote)
	if same == "" {
		return "quote it word for word"
	}
	n := utf8.RuneCountInString(same)
	return fmt.Sprintf("quote it word for word; its first %d characters are there, but not with %s after them", n, quoteShort(quote[len(same):]))
}

func indexed(i int) string { return fmt.Sprintf("[%d]", i) }
