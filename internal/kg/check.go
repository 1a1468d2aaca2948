package kg

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a record may hold, in Unicode code points.
const (
	maxLine  = 1_000  // a name, a title, a locator, a reason
	maxProse = 10_000 // a description, a quote
	maxCode  = 120    // an identifier, a fact's key
	maxURL   = 2_000
)

// maxNames bounds the names and the identifiers of an entity, as the API lists them whole.
const maxNames = 100

// asError gives an error as the package's own type; what is not of it is a fault of the program.
func asError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Errorf(Internal, "%w", err)
}

// checkID proves an id's form and that its prefix names one of the kinds, and gives that kind.
func checkID(id ID, of KindSet, what string) (Kind, *Error) {
	if id == "" {
		return NoKind, Errorf(BadInput, "it is missing: write the id of %s", articled(what))
	}
	if _, _, err := ParseID(string(id)); err != nil {
		return NoKind, asError(err)
	}
	if k := KindOf(id); of.Has(k) {
		return k, nil
	}
	return NoKind, Errorf(BadInput, "%s is not the id of %s: such an id begins with %s", quoteShort(string(id)), articled(what), oneOf(of.Prefixes()))
}

// CheckID proves an id's form and that it may be one of something of these kinds.
func CheckID(id ID, of KindSet) error {
	what := "thing that can be here"
	switch kinds := of.Kinds(); {
	case len(kinds) == 1:
		what = strings.ToLower(kinds[0].Decl().Type)
	case of == Entities:
		what = "entity"
	case of == Facts:
		what = "fact"
	}
	if _, err := checkID(id, of, what); err != nil {
		return err
	}
	return nil
}

// EntityKind gives the kind of entity that an id names by its prefix, or says why it names none.
func EntityKind(id ID) (Kind, error) {
	k, err := checkID(id, Entities, "entity")
	if err != nil {
		return NoKind, err
	}
	return k, nil
}

// checkLine proves a text that stands in one line: not blank, of valid UTF-8, without what nobody should see, not too long.
func checkLine(s string, most int) *Error {
	if strings.TrimSpace(s) == "" {
		return Errorf(BadInput, "it is empty: write it, or leave it out if it is not known")
	}
	if err := checkText(s, most); err != nil {
		return err
	}
	return checkSeen(s)
}

// checkProse proves a text of any number of lines that may be left out.
func checkProse(s string) *Error {
	if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }); i >= 0 {
		return controlCharacter(s, i)
	}
	return checkText(s, maxProse)
}

// checkText proves that a text is one, and not too long.
func checkText(s string, most int) *Error {
	if !utf8.ValidString(s) {
		return Errorf(BadInput, "%s is not valid UTF-8: write the text in UTF-8", quoteShort(s))
	}
	// Bytes bound code points from above, so that most texts need no counting.
	if len(s) > most {
		if n := utf8.RuneCountInString(s); n > most {
			return Errorf(BadInput, "the text has %d characters, %d are the most: shorten it", n, most)
		}
	}
	return nil
}

// checkOptional checks a text of one line that may be left out.
func checkOptional(s string, most int) *Error {
	if s == "" {
		return nil
	}
	return checkLine(s, most)
}

// checkWord proves that an enum's value is one that a common field of the kind may hold.
func checkWord(k Kind, field, value string) *Error {
	if err := k.Decl().Field(field).CheckValue(value); err != nil {
		return asError(err).In(field)
	}
	return nil
}

// checkDate proves a date, as dates made by hand may not mean what they say, and gives it as its text reads.
func checkDate(d Date) (Date, *Error) {
	if !d.Known() {
		return Date{}, nil
	}
	read, err := ParseDate(d.Text)
	if err != nil {
		return Date{}, asError(err)
	}
	return read, nil
}

// checkOrder proves that the second of two dates may lie on or after the first. names are what the two are called.
func checkOrder(from, to Date, names [2]string) *Error {
	if from.Known() && to.Known() && to.Last < from.First {
		return Errorf(BadInput, "%s lies before %s %s: correct one of them, or leave out what is not known", to.Text, names[0], from.Text).In(names[1])
	}
	return nil
}

// checkConfidence proves a confidence or reliability that has been set.
func checkConfidence(x float64) *Error {
	if x > 0 && x <= 1 {
		return nil
	}
	return Errorf(BadInput, "%v is out of bounds: write a number greater than 0 and at most 1, or leave it out", x)
}

// recorded gives the moment of a record, or the one of this import where the record does not say.
func (in *intake) recorded(at time.Time) time.Time {
	if at.IsZero() {
		return in.now
	}
	return at.UTC().Round(0)
}

// group gathers the records that are still right by an id, and gives the ids in order. id says false of records of another
// class.
func (in *intake) group(id func(*Record) (ID, bool)) (ids []ID, records map[ID][]int) {
	records = map[ID][]int{}
	for i := range in.records {
		if in.refused[i] != nil {
			continue
		}
		if id, ok := id(&in.records[i]); ok {
			of := records[id]
			if of == nil {
				ids = append(ids, id)
			}
			records[id] = append(of, i)
		}
	}
	slices.Sort(ids)
	return ids, records
}

// inOrder sorts records of one thing by when they were recorded and then by what they say, so that their order in a file
// does not matter.
func (in *intake) inOrder(records []int, recordedAt func(*Record) time.Time, content func(*Record) any) {
	if len(records) < 2 {
		return
	}
	said := map[int][]byte{}
	for _, i := range records {
		b, err := json.Marshal(content(&in.records[i]))
		if err != nil {
			panic(err) // records hold nothing that can't be written: numbers have been proven finite
		}
		said[i] = b
	}
	slices.SortFunc(records, func(i, j int) int {
		return cmp.Or(
			in.recorded(recordedAt(&in.records[i])).Compare(in.recorded(recordedAt(&in.records[j]))),
			bytes.Compare(said[i], said[j]),
		)
	})
}

func articled(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

func oneOf(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
	}
	return strings.Join(words, "")
}
