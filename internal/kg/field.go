package kg

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Field declares one property of a kind: its name in the API, in the data format and on every engine, and what it holds.
type Field struct {
	Name string
	Type FieldType
	// Enum lists the values of an [Enum] field, in the order of the API.
	Enum []string
	// Required fields must be given by the record that first names the thing.
	Required bool
	// Scheme is the register whose identifier the field holds, "" if it holds none.
	Scheme string
	// Max bounds numbers from above; all numbers are at least 0. 0 means the largest that the type holds.
	Max float64
	// Refers says what kinds a [Ref] or [Refs] field may name.
	Refers KindSet
	// Happened says what happened on the date of a [Dated] field, as a sentence; see [MomentTitle].
	Happened string
	// Check proves a [Text] field's form, where a standard gives it one.
	Check func(string) error

	slot int // where the value stands in Values, or one of the common slots
}

// FieldType says what a field holds, and as which Go type a [Value] holds it.
type FieldType uint8

// The types of field.
const (
	Text    FieldType = iota + 1 // string
	Enum                         // string, one of Field.Enum
	Int                          // int64, 0..2147483647
	Float                        // float64
	Dated                        // Date
	Instant                      // time.Time, UTC
	Ref                          // ID
	Refs                         // []ID
)

// Value is what a field holds, of the Go type that its [FieldType] says; nil where it is unknown.
type Value any

// Fields that all entities, all facts or all sources have. They are found by name through [Decl.Field].
const (
	slotID = -1 - iota
	slotKind
	slotDetail
	slotName
	slotDescription
	slotDay
	slotSince
	slotUntil
	slotState
	slotConfidence
	slotRecordedAt
	slotAcceptedAt
	slotRetractedAt
	slotTitle
	slotURL
	slotPublisher
	slotPublishedOn
	slotLanguage
	slotLicence
	slotSHA256
	slotClass
	slotReliability
	slotText
	slotQuote
	slotLocator
	slotStart
	slotEnd
	slotStance
	slotMethod
	slotAt
	slotBy
	slotField
	slotBefore
	slotAfter
	slotOn
	slotStatus
	slotMoment
	slotMomentField
	slotScore
	slotFact
	slotStep
	slotDifference
)

// The common fields that code elsewhere names: they order and filter.
var (
	FieldID         = &Field{Name: "id", Type: Text, slot: slotID}
	FieldName       = &Field{Name: "name", Type: Text, slot: slotName} // ordered and compared by its sort key
	FieldDay        = &Field{Name: "day", Type: Dated, slot: slotDay}  // Decl.Day's value
	FieldSince      = &Field{Name: "since", Type: Dated, slot: slotSince}
	FieldUntil      = &Field{Name: "until", Type: Dated, slot: slotUntil}
	FieldState      = &Field{Name: "state", Type: Enum, slot: slotState, Enum: words("PROPOSED ACCEPTED REJECTED RETRACTED")}
	FieldConfidence = &Field{Name: "confidence", Type: Float, slot: slotConfidence, Max: 1}
	FieldRecordedAt = &Field{Name: "recordedAt", Type: Instant, slot: slotRecordedAt}
	FieldPublished  = &Field{Name: "publishedOn", Type: Dated, slot: slotPublishedOn}
	// FieldMoment and FieldMomentField order a timeline, FieldScore what was searched, FieldAt changes and differences, which
	// FieldDifference counts by what became of facts.
	FieldMoment      = &Field{Name: "moment", Type: Dated, slot: slotMoment}
	FieldMomentField = &Field{Name: "momentField", Type: Int, slot: slotMomentField}
	FieldScore       = &Field{Name: "score", Type: Float, slot: slotScore}
	FieldAt          = &Field{Name: "at", Type: Instant, slot: slotAt}
	FieldDifference  = &Field{Name: "difference", Type: Enum, slot: slotDifference}
	FieldKind        = &Field{Name: "kind", Type: Enum, slot: slotKind}
	fieldDetail      = &Field{Name: "detail", Type: Text, slot: slotDetail}
	fieldChanged     = &Field{Name: "field", Type: Text, slot: slotField}
	// fieldOfFact and fieldStep order changes.
	fieldOfFact = &Field{Name: "fact", Type: Text, slot: slotFact}
	fieldStep   = &Field{Name: "step", Type: Int, slot: slotStep}
)

var commonFields = map[Kind][]*Field{
	Country: {FieldID, FieldKind, fieldDetail, FieldName, FieldDay,
		{Name: "description", Type: Text, slot: slotDescription},
	},
	LocatedIn: {FieldID, FieldKind, fieldDetail, FieldSince, FieldUntil, FieldState, FieldConfidence, FieldRecordedAt,
		{Name: "acceptedAt", Type: Instant, slot: slotAcceptedAt},
		{Name: "retractedAt", Type: Instant, slot: slotRetractedAt},
	},
	SourceKind: {FieldID, FieldPublished,
		{Name: "title", Type: Text, Required: true, slot: slotTitle},
		{Name: "url", Type: Text, slot: slotURL},
		{Name: "publisher", Type: Text, slot: slotPublisher},
		{Name: "language", Type: Text, slot: slotLanguage, Check: CheckLanguage},
		{Name: "licence", Type: Text, slot: slotLicence},
		{Name: "sha256", Type: Text, slot: slotSHA256},
		{Name: "class", Type: Enum, slot: slotClass, Enum: words("TREATY_TEXT OFFICIAL_REGISTER OFFICIAL_STATEMENT COMPANY_STATEMENT ACADEMIC NEWS REPRINT RETELLING DATASET OTHER")},
		{Name: "reliability", Type: Float, slot: slotReliability, Max: 1},
		{Name: "text", Type: Text, slot: slotText},
	},
	EvidenceKind: {FieldConfidence, FieldRecordedAt,
		{Name: "quote", Type: Text, slot: slotQuote},
		{Name: "locator", Type: Text, slot: slotLocator},
		{Name: "start", Type: Int, slot: slotStart},
		{Name: "end", Type: Int, slot: slotEnd},
		{Name: "stance", Type: Enum, slot: slotStance, Enum: words("SUPPORTS DISPUTES")},
		{Name: "method", Type: Enum, slot: slotMethod, Enum: words("IMPORTED EXTRACTED MANUAL")},
	},
	ChangeKind: {FieldAt, fieldChanged,
		{Name: "by", Type: Text, slot: slotBy},
		{Name: "kind", Type: Enum, slot: slotKind, Enum: words("CREATED UPDATED RECORDED CORROBORATED ACCEPTED REJECTED RETRACTED")},
		{Name: "before", Type: Text, slot: slotBefore},
		{Name: "after", Type: Text, slot: slotAfter},
	},
	StatusKind: {
		{Name: "on", Type: Dated, slot: slotOn},
		{Name: "value", Type: Enum, slot: slotStatus, Enum: words("UNKNOWN SIGNED IN_FORCE EXPIRED TERMINATED SURVIVING REPLACED")},
	},
}

// Part gives the part of a node that holds the field; 0 where it is none that may be left out.
func (f *Field) Part() Parts {
	if f == nil {
		return 0
	}
	switch f.slot {
	case slotDescription:
		return PartDescription
	case slotAcceptedAt, slotRetractedAt:
		return PartMoments
	case slotText:
		return PartText
	case slotURL, slotLicence, slotSHA256:
		return PartOrigin
	}
	return 0
}

// CheckValue proves that a value is one that the field may hold: of its type, within its bounds, of its form. The error
// says what came and what would be right; it does not name the field.
func (f *Field) CheckValue(v Value) error {
	if !f.holds(v) {
		return Errorf(BadInput, "%v can't stand here: write %s", v, typeForms[f.Type])
	}
	switch v := v.(type) {
	case string:
		if f.Type == Enum && !slices.Contains(f.Enum, v) {
			return Errorf(BadInput, "%s is not one of %s", quoteShort(v), strings.Join(f.Enum, ", "))
		}
		if f.Check != nil {
			return f.Check(v)
		}
	case int64:
		if v < 0 || v > math.MaxInt32 {
			return Errorf(BadInput, "%d is out of bounds: write a whole number from 0 to %d", v, math.MaxInt32)
		}
	case float64:
		if limit := f.max(); math.IsNaN(v) || v < 0 || v > limit {
			return Errorf(BadInput, "%s is out of bounds: write a number from 0 to %s", plain(v), plain(limit))
		}
	case ID:
		return f.checkRef(v)
	case []ID:
		for _, id := range v {
			if err := f.checkRef(id); err != nil {
				return err
			}
		}
	case Date, time.Time, nil:
	}
	return nil
}

func (f *Field) checkRef(id ID) error {
	if !f.Refers.Has(KindOf(id)) {
		return Errorf(BadInput, "%s does not fit: write the id of a thing of kind %s", quoteShort(string(id)), f.Refers)
	}
	return nil
}

// plain writes a number as a person does, without an exponent unless it is very long.
func plain(x float64) string {
	if math.Abs(x) < 1e21 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// typeForms says what to write for a field of a type.
var typeForms = [...]string{
	Text: "a text", Enum: "one of its words", Int: "a whole number", Float: "a number",
	Dated: "a date", Instant: "a moment", Ref: "an id", Refs: "a list of ids",
}

// holds says whether a value is nil or of the Go type that stands for the field's.
func (f *Field) holds(v Value) bool {
	switch v.(type) {
	case nil:
		return true
	case string:
		return f.Type == Text || f.Type == Enum
	case int64:
		return f.Type == Int
	case float64:
		return f.Type == Float
	case Date:
		return f.Type == Dated
	case time.Time:
		return f.Type == Instant
	case ID:
		return f.Type == Ref
	case []ID:
		return f.Type == Refs
	}
	return false
}

func (f *Field) max() float64 {
	if f.Max == 0 {
		return math.MaxFloat64
	}
	return f.Max
}
