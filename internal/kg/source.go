package kg

import "time"

// Source is a document or table that facts rest on.
type Source struct {
	ID          ID
	Title       string
	Key         string // the title's SortKey
	URL         string
	Publisher   string
	PublishedOn Date
	Language    string // BCP 47
	Licence     string
	SHA256      string // of the text, or of the file; hexadecimal
	Class       string // one of the SDL's SourceClass
	BasedOn     *Original
	Reliability float64 // 0..1, by class unless set
	Text        string  // "" where the licence does not let it be kept
	RecordedAt  time.Time
}

// Original is the document that a retelling, reprint or translation is of.
type Original struct {
	Title       string
	Publisher   string
	URL         string
	PublishedOn Date
}

// Evidence is a place in a source that a fact, or a field of an entity, rests on: a quote found verbatim at its offsets in
// the source's text, or a locator where the source is a table.
type Evidence struct {
	Source ID
	// Field is the one field of an entity that it speaks for, "" for all; facts have none.
	Field string
	Quote string
	// Start and End are the quote's first and one past its last Unicode code point in the source's text.
	Start, End int
	// Locator says where in a table: file.csv:1042.
	Locator string
	// Disputes is true where it speaks against; such evidence does not count towards confidence.
	Disputes bool
	// Confidence is how sure the reading is, 0..1, apart from how reliable the source is.
	Confidence float64
	Method     string // IMPORTED, EXTRACTED or MANUAL
	RecordedAt time.Time
}

// SpeaksFor says whether the evidence is for a field of an entity: for this one, or for all.
func (ev *Evidence) SpeaksFor(field string) bool { return ev.Field == field || ev.Field == "" }

// reliabilities are the defaults by class: how often, as a rule of thumb, such a source is right about what it says.
var reliabilities = map[string]float64{
	"TREATY_TEXT":        0.99,
	"OFFICIAL_REGISTER":  0.97,
	"OFFICIAL_STATEMENT": 0.9,
	"COMPANY_STATEMENT":  0.85,
	"ACADEMIC":           0.9,
	"NEWS":               0.8,
	"REPRINT":            0.75,
	"RETELLING":          0.7,
	"DATASET":            0.9,
	"OTHER":              0.5,
}

// Value gives what the source holds in a field, nil where that is unknown.
func (s *Source) Value(f *Field) Value {
	switch f.slot {
	case slotID:
		return string(s.ID)
	case slotTitle:
		return s.Title
	case slotURL:
		return textOrNil(s.URL)
	case slotPublisher:
		return textOrNil(s.Publisher)
	case slotPublishedOn:
		return dateOrNil(s.PublishedOn)
	case slotLanguage:
		return textOrNil(s.Language)
	case slotLicence:
		return textOrNil(s.Licence)
	case slotSHA256:
		return textOrNil(s.SHA256)
	case slotClass:
		return s.Class
	case slotReliability:
		return s.Reliability
	case slotText:
		return textOrNil(s.Text)
	}
	return nil
}

// Value gives what the evidence holds in a field, nil where that is unknown.
func (e *Evidence) Value(f *Field) Value {
	switch f.slot {
	case slotQuote:
		return textOrNil(e.Quote)
	case slotLocator:
		return textOrNil(e.Locator)
	case slotStart:
		if e.Quote != "" {
			return int64(e.Start)
		}
	case slotEnd:
		if e.Quote != "" {
			return int64(e.End)
		}
	case slotStance:
		if e.Disputes {
			return "DISPUTES"
		}
		return "SUPPORTS"
	case slotMethod:
		return e.Method
	case slotConfidence:
		return e.Confidence
	case slotRecordedAt:
		return e.RecordedAt
	}
	return nil
}

func dateOrNil(d Date) Value {
	if !d.Known() {
		return nil
	}
	return d
}
