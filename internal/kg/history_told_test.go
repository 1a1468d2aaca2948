package kg

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func newStory(k Kind) *History {
	h := &History{ID: "fact:x", Kind: k, From: "country:a", To: "country:b"}
	if d := k.Decl(); d.Identity != nil {
		h.Identity = d.Identity.Enum[0]
	}
	return h
}

// tellStory adds one thing to a history; see historyCases for how it is written.
func tellStory(t *testing.T, h *History, told string) {
	t.Helper()
	words := strings.Fields(told)
	day, err := strconv.Atoi(words[0])
	if err != nil {
		t.Fatal(err)
	}
	if words[1] == "-" {
		h.Retract(Retraction{At: storyDay(day)})
		return
	}
	d := h.Kind.Decl()
	a := Assertion{RecordedAt: storyDay(day), State: Accepted, Values: make([]Value, len(d.Fields))}
	if d.Identity != nil {
		a.Values[d.Identity.slot] = h.Identity
	}
	ev := Evidence{Confidence: 1}
	for _, word := range words[2:] {
		name, text, _ := strings.Cut(word, "=")
		switch state := slices.Index(FieldState.Enum, name); {
		case state >= 0:
			a.State = State(state)
		case name == "dated":
			a.Dated = true
		case name == "against":
			ev.Disputes = true
		case name == "sure":
			ev.Confidence, _ = strconv.ParseFloat(text, 64)
		case name == "since":
			a.Since = dateIn(t, text)
		case name == "until":
			a.Until = dateIn(t, text)
		default:
			f := d.Field(name)
			switch f.Type {
			case Float:
				a.Values[f.slot], _ = strconv.ParseFloat(text, 64)
			case Ref:
				a.Values[f.slot] = ID(text)
			default:
				setField(t, h.Kind, a.Values, word)
			}
		}
	}
	for place := range strings.SplitSeq(words[1], ",") {
		source, locator, _ := strings.Cut(place, ".")
		ev.Source, ev.Locator = ID(source), locator
		a.Evidence = append(a.Evidence, ev)
	}
	h.Assert(a)
}

func storyDay(day int) time.Time { return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) }

// storySource gives the sources of the stories; reprint carries the text that b carries.
func storySource(id ID) *Source {
	s := &Source{ID: id, Reliability: map[ID]float64{"a": 0.9, "b": 0.7, "c": 0.7, "d": 0.5, "reprint": 0.8}[id]}
	if s.Reliability == 0 {
		return nil
	}
	if id == "b" || id == "reprint" {
		s.BasedOn = &Original{Title: "The treaty", Publisher: "The ministry"}
	}
	return s
}

// knownText writes a fact as it was known at the beginning of a day.
func knownText(h *History, day string) string {
	n, _ := strconv.Atoi(day)
	f := h.At(storyDay(n), storySource)
	if f == nil {
		return day + " nothing"
	}
	text := fmt.Sprintf("%s %s %v", day, f.State, f.Confidence)
	if f.Since.Known() {
		text += " since " + f.Since.Text
	}
	if f.Until.Known() {
		text += " until " + f.Until.Text
	}
	for _, field := range h.Kind.Decl().Fields {
		if v := f.Value(field); v != nil && field != h.Kind.Decl().Identity {
			text += fmt.Sprintf(" %s %v", field.Name, v)
		}
	}
	for _, moment := range []struct {
		name string
		at   time.Time
	}{{"recorded", f.RecordedAt}, {"accepted", f.AcceptedAt}, {"retracted", f.RetractedAt}} {
		if !moment.at.IsZero() {
			text += fmt.Sprintf(", %s %d", moment.name, moment.at.Day())
		}
	}
	text += ", by"
	for _, ev := range f.Evidence {
		place := string(ev.Source)
		if ev.Locator != "" {
			place += "." + ev.Locator
		}
		if ev.Disputes {
			place = "-" + place
		}
		text += fmt.Sprintf(" %s%d", place, ev.RecordedAt.Day())
	}
	return text
}
