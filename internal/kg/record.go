package kg

import (
	"slices"
	"strings"
)

// Record is one thing that somebody says to the graph, as one line of Entente JSON Lines holds it. Exactly one of the pointers
// is set.
//
// What a record leaves out is its zero value, and [Catalog.Apply] fills it in: the id of a fact and its identity, sort keys,
// hashes, what [Record.SetDefaults] sets, and the moment of recording. The recordedAt of an entity is that of its evidence. A
// quote whose End is not 0 is said to stand exactly at its Start. Only a fact's State has no default: its zero value waits
// for review.
type Record struct {
	Source  *Source
	Entity  *Entity
	Changes []Change // of the entity, where they say more than the record itself; see EntityChanges
	Fact    *FactRecord
	Alias   *AliasRecord
	Retract *RetractRecord
}

// What holds where a record does not say.
const (
	DefaultClass      = "OTHER"    // of a source
	DefaultMethod     = "IMPORTED" // of evidence
	DefaultConfidence = 1.0        // of evidence
)

// DefaultReliability gives how reliable a source of a class is unless it says so itself.
func DefaultReliability(class string) float64 { return reliabilities[class] }

// DefaultNameKind gives the kind of a name in some language that follows others: the first in a language is primary in it.
func DefaultNameKind(before []Name, lang string) NameKind {
	if lang == "" || slices.ContainsFunc(before, func(n Name) bool { return n.Lang == lang }) {
		return Alias
	}
	return Primary
}

// SetDefaults fills in what a record leaves out and what does not depend on the graph or on the time. Reading calls it too, so
// that what is written without its defaults reads back the same.
func (r *Record) SetDefaults() {
	switch {
	case r.Source != nil:
		if r.Source.Class == "" {
			r.Source.Class = DefaultClass
		}
		if r.Source.Reliability == 0 {
			r.Source.Reliability = DefaultReliability(r.Source.Class)
		}
	case r.Entity != nil:
		setEvidenceDefaults(r.Entity.Evidence)
	case r.Fact != nil:
		setEvidenceDefaults(r.Fact.Evidence)
	}
}

func setEvidenceDefaults(evidence []Evidence) {
	for i := range evidence {
		ev := &evidence[i]
		if ev.Confidence == 0 {
			ev.Confidence = DefaultConfidence
		}
		if ev.Method == "" {
			ev.Method = DefaultMethod
		}
	}
}

// Records gives what was asserted of the fact as records that make up the history again.
func (h *History) Records() []Record {
	records := make([]Record, len(h.Assertions))
	for i, a := range h.Assertions {
		a.Dated = true
		records[i].Fact = &FactRecord{ID: h.ID, Kind: h.Kind, From: h.From, To: h.To, Key: h.Key, Identity: h.Identity, Assertion: a}
	}
	return records
}

// RetractionRecords gives its retractions alike.
func (h *History) RetractionRecords() []Record {
	records := make([]Record, len(h.Retractions))
	for i, r := range h.Retractions {
		records[i].Retract = &RetractRecord{Fact: h.ID, At: r.At, Reason: r.Reason, Dated: true}
	}
	return records
}

// checkShape proves that a record is one record.
func (r Record) checkShape() *Error {
	var has []string
	for _, part := range []struct {
		name string
		set  bool
	}{
		{"source", r.Source != nil}, {"entity", r.Entity != nil}, {"fact", r.Fact != nil}, {"alias", r.Alias != nil}, {"retract", r.Retract != nil},
	} {
		if part.set {
			has = append(has, part.name)
		}
	}
	switch len(has) {
	case 0:
		return Errorf(BadInput, "the record is empty: give a source, an entity, a fact, an alias or a retraction")
	case 1:
		return nil
	}
	return Errorf(BadInput, "the record is %s at once: make each a record of its own", strings.Join(has, " and "))
}
