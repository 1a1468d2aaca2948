package kg

import "time"

// Change is one step in the history of an entity or of a fact.
type Change struct {
	At   time.Time
	By   string // a token's name, or "import"
	Type ChangeType
	// Field is the field that changed, "" if it is not about one; Before and After are its values as JSON, "" where there was
	// none.
	Field, Before, After string
	// Fact is the fact that it is about, "" if it is about the entity itself.
	Fact ID
}

// ChangeType says what was done.
type ChangeType string

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
	case slotBefore:
		return textOrNil(c.Before)
	case slotAfter:
		return textOrNil(c.After)
	}
	return nil
}
