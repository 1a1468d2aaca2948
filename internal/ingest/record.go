package ingest

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ententegraph/entente/internal/kg"
)

// recordKeys are the keys of which each record has one: it says what the record is, and its value which one.
var recordKeys = []string{"source", "entity", "fact", "alias", "retract"}

// toRecord makes a record of a line's object, and gives the moment that it says that it was recorded at.
func toRecord(o *object) (r kg.Record, recordedAt time.Time, err *kg.Error) {
	var is []string
	for _, key := range recordKeys {
		if slices.Contains(o.keys, key) {
			is = append(is, key)
		}
	}
	if len(is) != 1 {
		return kg.Record{}, time.Time{}, notOneRecord(o, is)
	}
	switch is[0] {
	case "source":
		err = readObject(o, "sources", func(f *fields) {
			r.Source = toSource(f)
			recordedAt = r.Source.RecordedAt
		})
	case "entity":
		var kind kg.Kind
		if kind, err = kindOf(o); err == nil {
			err = readObject(o, kind.String()+" records", func(f *fields) { r.Entity, r.Changes, recordedAt = toEntity(f, kind) })
		}
	case "fact":
		name, _ := o.get("fact").(string)
		kind := kg.KindNamed(name)
		if !kind.IsFact() {
			err = kg.Errorf(kg.BadInput, "%s is not a kind of fact: write %s", shown(o.get("fact")), kg.Facts).In("fact")
			break
		}
		err = readObject(o, kind.String()+" facts", func(f *fields) {
			r.Fact = toFact(f, kind)
			recordedAt = r.Fact.RecordedAt
		})
	case "alias":
		err = readObject(o, "aliases", func(f *fields) { r.Alias = &kg.AliasRecord{Alias: f.id("alias"), Of: f.id("of")} })
	case "retract":
		err = readObject(o, "retractions", func(f *fields) {
			r.Retract = &kg.RetractRecord{Fact: f.id("retract"), Reason: f.text("reason"), At: f.moment("at")}
		})
	}
	if err != nil {
		return kg.Record{}, time.Time{}, err
	}
	r.SetDefaults()
	return r, recordedAt, nil
}

// notOneRecord says that an object is no record, or several.
func notOneRecord(o *object, is []string) *kg.Error {
	if len(is) > 1 {
		return kg.Errorf(kg.BadInput, "the record is %s at once: make each a record of its own", strings.Join(is, " and "))
	}
	for _, key := range o.keys {
		if near := kg.Nearest(key, recordKeys); near != "" {
			return kg.Errorf(kg.BadInput, "the record does not say what it is: did you mean %s by %s?", near, short(key))
		}
	}
	return kg.Errorf(kg.BadInput, "the record does not say what it is: give it one of the keys %s", strings.Join(recordKeys, ", "))
}

// kindOf gives the kind of entity that a record is about.
func kindOf(o *object) (kg.Kind, *kg.Error) {
	id, ok := o.get("entity").(string)
	if !ok {
		return kg.NoKind, kg.Errorf(kg.BadInput, "write an id such as city:cn-jinan, not %s", jsonType(o.get("entity"))).In("entity")
	}
	kind, err := kg.EntityKind(kg.ID(id))
	if err != nil {
		return kg.NoKind, asError(err).In("entity")
	}
	return kind, nil
}

func toSource(f *fields) *kg.Source {
	s := &kg.Source{
		ID: f.id("source"), Title: f.text("title"), URL: f.text("url"), Publisher: f.text("publisher"), PublishedOn: f.date("publishedOn"),
		Language: f.text("language"), Licence: f.text("licence"), Class: f.text("class"), Reliability: f.share("reliability"),
		SHA256: f.text("sha256"), Text: f.text("text"), RecordedAt: f.moment("recordedAt"),
	}
	switch v := f.get("basedOn").(type) {
	case nil:
	case *object:
		if err := readObject(v, "basedOn", func(f *fields) {
			s.BasedOn = &kg.Original{Title: f.text("title"), Publisher: f.text("publisher"), URL: f.text("url"), PublishedOn: f.date("publishedOn")}
		}); err != nil {
			f.fail("basedOn", err)
		}
	default:
		f.wrong("basedOn", "an object", v)
	}
	return s
}

func toEntity(f *fields, kind kg.Kind) (e *kg.Entity, changes []kg.Change, recordedAt time.Time) {
	e = &kg.Entity{ID: f.id("entity"), Kind: kind, Names: names(f), Description: f.text("description"), Location: location(f)}
	f.objects("identifiers", "identifiers", func(f *fields) {
		e.Others = append(e.Others, kg.Identifier{Scheme: f.text("scheme"), Value: f.text("value")})
	})
	e.Values = values(f, kind)
	recordedAt = f.moment("recordedAt")
	if f.object.get("evidence") != nil {
		e.Evidence = []kg.Evidence{} // of a list without any the entity rests on nothing, and not on the file
	}
	f.objects("evidence", "evidence of entities", func(f *fields) {
		ev := evidence(f)
		ev.Field = f.text("field")
		if ev.RecordedAt = f.moment("recordedAt"); ev.RecordedAt.IsZero() {
			ev.RecordedAt = recordedAt
		}
		e.Evidence = append(e.Evidence, ev)
	})
	if e.Evidence != nil && len(e.Evidence) == 0 && !recordedAt.IsZero() {
		f.fail("recordedAt", kg.Errorf(kg.BadInput, "it is when evidence was recorded, and the record has none: leave it out, and tell in changes when the graph learned of what"))
	}
	f.objects("changes", "changes of entities", func(f *fields) {
		changes = append(changes, kg.Change{
			At: f.moment("at"), Type: kg.ChangeType(f.text("type")), Field: f.text("field"), Before: f.json("before"), After: f.json("after"),
		})
	})
	return e, changes, recordedAt
}

func toFact(f *fields, kind kg.Kind) *kg.FactRecord {
	f.get("fact")
	r := &kg.FactRecord{Kind: kind, From: f.id("from"), To: f.id("to"), Key: f.text("key")}
	r.State, r.Since, r.Until = state(f), f.date("since"), f.date("until")
	r.Values = values(f, kind)
	if of := kind.Decl().Identity; of != nil {
		r.Identity, _ = f.object.get(of.Name).(string)
	}
	r.RecordedAt = f.moment("recordedAt")
	f.objects("evidence", "evidence of facts", func(f *fields) {
		ev := evidence(f)
		ev.RecordedAt = r.RecordedAt
		r.Evidence = append(r.Evidence, ev)
	})
	if len(r.Evidence) == 0 && slices.Contains(f.keys, "evidence") {
		// A program that found none says so; only who does not speak of it means the file.
		f.fail("evidence", kg.Errorf(kg.BadInput, "it names none, and no fact is kept without evidence: name a source and where in it, or leave the key out, so that the fact rests on its own file"))
	}
	r.ID = f.id("id")
	return r
}

// evidence reads what every piece of evidence has.
func evidence(f *fields) kg.Evidence {
	ev := kg.Evidence{Source: f.id("source"), Quote: f.text("quote"), Locator: f.text("locator"), Confidence: f.share("confidence"), Method: f.text("method")}
	if start, ok := f.whole("start"); ok {
		if start < 0 || start > maxLineBytes {
			f.fail("start", kg.Errorf(kg.BadInput, "%d is out of range: write at which code point of the text the quote begins, counted from 0", start))
		}
		ev.Start = int(start)
		ev.End = ev.Start + utf8.RuneCountInString(ev.Quote)
	}
	switch s := f.text("stance"); s {
	case "", "SUPPORTS":
	case "DISPUTES":
		ev.Disputes = true
	default:
		f.fail("stance", kg.Errorf(kg.BadInput, "%s is not a stance: write SUPPORTS or DISPUTES", short(s)))
	}
	return ev
}

// shown shows a value that should have been a word.
func shown(v any) string {
	if s, ok := v.(string); ok {
		return short(s)
	}
	return jsonType(v)
}
