package kg

import "time"

// Fact is one assertion that links two entities, as the graph holds it at one moment of knowledge. A [History] gives the fact
// of any past moment.
type Fact struct {
	ID       ID // kind:hash, see FactID
	Kind     Kind
	From, To ID // of a symmetric fact, From is the smaller
	// Key tells apart what would otherwise be one fact: a second period, a second investment; "" for most.
	Key string
	// Values are the kind's own fields, in the order of Decl.Fields; nil where unknown.
	Values []Value
	// Since and Until say when it held in the world; unknown where no source says.
	Since, Until Date
	State        State
	// Confidence is computed from the evidence; see the formula at [Confidence].
	Confidence float64
	Evidence   []Evidence // never empty
	// RecordedAt is when the graph learned it, AcceptedAt when it was accepted, RetractedAt when the graph stopped asserting
	// it; zero where that has not happened.
	RecordedAt, AcceptedAt, RetractedAt time.Time
}

// State says whether the graph asserts a fact.
type State uint8

// The states, in the order of the API.
const (
	Proposed State = iota // waits for review
	Accepted
	Rejected
	Retracted
)

// String gives the state's name in the API.
func (s State) String() string { return FieldState.Enum[s] }

// FactID derives a fact's id from what makes it that fact: its kind, its ends, its identity field's value (type or role, ""
// where the kind has none) and its key. Dates are not in it, so that refining one keeps the fact. The ends of a symmetric
// fact must be in order.
func FactID(kind Kind, from, to ID, identity, key string) ID {
	d := kind.Decl()
	return ID(d.Prefix + ":" + FactHash(d.Name, string(from), string(to), identity, key))
}

// Value gives what the fact holds in a field, nil where that is unknown or the field is not its kind's.
func (x *Fact) Value(f *Field) Value {
	if f == nil {
		return nil
	}
	switch f.slot {
	case slotID:
		return string(x.ID)
	case slotKind:
		return x.Kind.String()
	case slotDetail:
		return x.Value(x.Kind.Decl().Detail)
	case slotSince:
		return dateOrNil(x.Since)
	case slotUntil:
		return dateOrNil(x.Until)
	case slotState:
		return x.State.String()
	case slotConfidence:
		return x.Confidence
	case slotRecordedAt:
		return x.RecordedAt
	case slotAcceptedAt:
		return timeOrNil(x.AcceptedAt)
	case slotRetractedAt:
		return timeOrNil(x.RetractedAt)
	}
	if i, ok := x.Kind.Decl().Own(f); ok {
		return x.Values[i]
	}
	return nil
}

// HoldsOn says whether the fact may have held in the world on a day: an unknown or imprecise date does not exclude it.
func (x *Fact) HoldsOn(day Day) bool {
	return (!x.Since.Known() || x.Since.First <= day) && (!x.Until.Known() || day <= x.Until.Last)
}

// CertainOn says whether it surely held on a day: both dates are known, and on every reading of them it did.
func (x *Fact) CertainOn(day Day) bool {
	return x.Since.Known() && x.Until.Known() && x.Since.Last <= day && day <= x.Until.First
}

// Other gives the end that is not id; of a fact from a thing to itself there is none, as such are refused.
func (x *Fact) Other(id ID) ID {
	if x.From == id {
		return x.To
	}
	return x.From
}

func timeOrNil(t time.Time) Value {
	if t.IsZero() {
		return nil
	}
	return t
}
