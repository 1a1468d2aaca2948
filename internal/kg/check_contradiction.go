package kg

import (
	"strings"
	"time"
)

// claim is what a record says in one field, and who says it when.
type claim struct {
	record int
	field  string
	value  Value
	voice
}

// voice is who speaks when: claims of one voice have no order among them, so that they must not contradict each other.
type voice struct {
	source ID // "" where there is no evidence
	at     time.Time
	state  State // of a fact: what is proposed may differ from what is accepted
}

// refuseContradictions refuses the records of one thing in which one voice says different things of one field. Which of them
// counted would hang on how lines are sorted. Different sources may contradict each other, and are weighed.
func (in *intake) refuseContradictions(what string, claims []claim) {
	type spoken struct {
		voice
		field string
	}
	said := map[spoken][]Value{} // the first value, and the first that differs from it
	for _, c := range claims {
		key := spoken{c.voice, c.field}
		if known := said[key]; len(known) == 0 || len(known) == 1 && !equalValues(known[0], c.value) {
			said[key] = append(known, c.value)
		}
	}
	for _, c := range claims {
		known := said[spoken{c.voice, c.field}]
		if len(known) < 2 {
			continue
		}
		other := known[0]
		if equalValues(other, c.value) {
			other = known[1]
		}
		from := "from " + string(c.source)
		if c.source == "" {
			from = "without evidence"
		}
		in.refuse(c.record, Errorf(BadInput, "it is %s here and %s in another record of this %s, %s at the same moment: "+
			"correct one of them, or give both a recordedAt, the later one to the record that corrects the other",
			shownValue(c.value), shownValue(other), what, from).In(c.field))
	}
}

// refuseContradictingFacts refuses assertions of one fact that contradict each other.
func (in *intake) refuseContradictingFacts(d *Decl, records []int) {
	var claims []claim
	for _, i := range records {
		f := in.records[i].Fact
		for n, v := range f.reading() {
			if v == nil {
				continue
			}
			for _, source := range supporting(f.Evidence) {
				claims = append(claims, claim{i, d.readingField(n), v, voice{source, f.RecordedAt, f.State}})
			}
		}
	}
	in.refuseContradictions("fact", claims)
	// What is left may still be impossible together, such as an end before the beginning.
	said := map[voice]reading{}
	right := in.right(records)
	each := func(do func(record int, v voice, r reading)) {
		for _, i := range right {
			f := in.records[i].Fact
			for _, source := range supporting(f.Evidence) {
				do(i, voice{source, f.RecordedAt, f.State}, f.reading())
			}
		}
	}
	each(func(_ int, v voice, r reading) {
		if whole := said[v]; whole != nil {
			r = whole.completedBy(r)
		}
		said[v] = r
	})
	each(func(i int, v voice, _ reading) {
		if err := said[v].impossible(d); err != nil {
			in.refuse(i, Errorf(BadInput, "what the records of this fact say at one moment can't be true at once: %s", err.Message).In(err.Field))
		}
	})
}

// refuseContradictingEntities refuses records of one entity that contradict each other. Names besides the first, identifiers
// and evidence add up, and contradict nothing.
func (in *intake) refuseContradictingEntities(d *Decl, records []int) {
	var claims []claim
	for _, i := range records {
		e := in.records[i].Entity
		at := in.recorded(e.recordedAt())
		claims = in.claim(claims, i, "name", e.Names[0].Value, at)
		if e.Description != "" {
			claims = in.claim(claims, i, "description", e.Description, at)
		}
		if e.Location != nil {
			claims = in.claim(claims, i, "location", *e.Location, at)
		}
		for n, f := range d.Fields {
			if e.Values[n] != nil {
				claims = in.claim(claims, i, f.Name, e.Values[n], at)
			}
		}
	}
	in.refuseContradictions("entity", claims)
}

// claim adds what a record of an entity says in one field, by each source that it rests on there.
func (in *intake) claim(claims []claim, record int, field string, v Value, at time.Time) []claim {
	sources := supporting(in.records[record].Entity.EvidenceFor(field))
	if len(sources) == 0 {
		sources = []ID{""}
	}
	for _, source := range sources {
		claims = append(claims, claim{record, field, v, voice{source: source, at: at}})
	}
	return claims
}

// supporting lists the sources of evidence that speaks for a thing. One that stands twice does no harm.
func supporting(evidence []Evidence) []ID {
	var sources []ID
	for i := range evidence {
		if !evidence[i].Disputes {
			sources = append(sources, evidence[i].Source)
		}
	}
	return sources
}

// shownValue shows a value to a person.
func shownValue(v Value) string {
	switch v := v.(type) {
	case Date:
		return v.Text
	case string:
		return quoteShort(v)
	case ID:
		return quoteShort(string(v))
	case []ID:
		words := make([]string, len(v))
		for i, id := range v {
			words[i] = string(id)
		}
		return quoteShort(strings.Join(words, ", "))
	case Point:
		return v.json()
	}
	return JSON(v)
}
