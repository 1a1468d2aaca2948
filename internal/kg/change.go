package kg

import (
	"slices"
	"time"
)

// Change is one step in the history of an entity or of a fact.
type Change struct {
	At   time.Time
	By   string // a token's name, or [ByImport]
	Type ChangeType
	// Field is the field that changed, "" if it is not about one; Before and After are its values as JSON, "" where there was
	// none.
	Field, Before, After string
	// Fact is the fact that it is about, "" if it is about the entity itself.
	Fact ID
}

// ByImport is who makes changes as long as only imports do.
const ByImport = "import"

// ChangeType says what was done.
type ChangeType string

// ChangeTypes lists them as the API does, which is the order in which they can follow each other at one moment.
var ChangeTypes = []ChangeType{EntityCreated, EntityUpdated, FactRecorded, FactCorroborated, FactAccepted, FactRejected, FactRetracted}

// ChangeOrder is how changes are ordered: newest first, and of those of one moment the last step first, then by the fact, then
// by the field. No two changes of an entity and its facts are equal in all of these.
var ChangeOrder = []Order{{Field: FieldAt, Desc: true}, {Field: fieldStep, Desc: true}, {Field: fieldOfFact}, {Field: fieldChanged}}

// What may have been done.
const (
	EntityCreated    ChangeType = "CREATED"
	EntityUpdated    ChangeType = "UPDATED"      // one field of an entity
	FactRecorded     ChangeType = "RECORDED"     // for the first time, or again after a retraction
	FactCorroborated ChangeType = "CORROBORATED" // by further evidence, whether it agrees on the dates or not
	FactAccepted     ChangeType = "ACCEPTED"
	FactRejected     ChangeType = "REJECTED"
	FactRetracted    ChangeType = "RETRACTED"
)

// Value gives what the change holds in a field, nil where it has none.
func (c *Change) Value(f *Field) Value {
	switch f.slot {
	case slotAt:
		return c.At
	case slotBy:
		return c.By
	case slotKind:
		return string(c.Type)
	case slotField:
		return textOrNil(c.Field)
	case slotFact:
		return textOrNil(string(c.Fact))
	case slotStep:
		return int64(slices.Index(ChangeTypes, c.Type))
	case slotBefore:
		return textOrNil(c.Before)
	case slotAfter:
		return textOrNil(c.After)
	}
	return nil
}
