package kg

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// checkSources proves the sources of the records and gives each once.
func (in *intake) checkSources() []*Source {
	ids, records := in.group(func(r *Record) (ID, bool) {
		if r.Source == nil {
			return "", false
		}
		return r.Source.ID, true
	})
	var out []*Source
	for _, id := range ids {
		if s := in.checkSource(id, records[id]); s != nil {
			in.sources[id] = s
			out = append(out, s)
		}
	}
	return out
}

// checkSource proves the records of one source, each alone and then against each other and what is stored, and gives the
// one that is kept: the one recorded last, be it the stored one.
func (in *intake) checkSource(id ID, records []int) *Source {
	for _, i := range records {
		if err := in.records[i].Source.check(); err != nil {
			in.refuse(i, err)
		}
	}
	stored := &Source{}
	if row := in.stored[id]; row != nil && row.Source != nil {
		stored = row.Source
	}
	text := in.textOf(stored, in.right(records))
	for _, i := range in.right(records) {
		if err := in.records[i].Source.setText(text); err != nil {
			in.refuse(i, err)
		}
	}
	right := in.right(records)
	if len(right) == 0 {
		return nil
	}
	in.inOrder(right, func(r *Record) time.Time { return r.Source.RecordedAt }, func(r *Record) any { return r.Source })
	s := in.records[right[len(right)-1]].Source
	if s.RecordedAt.IsZero() {
		// Reading a file again is not learning of its sources again.
		s.RecordedAt = stored.RecordedAt
	}
	s.RecordedAt = in.recorded(s.RecordedAt)
	if stored.RecordedAt.After(s.RecordedAt) {
		kept := *stored
		if s.Text != "" { // which an older record may bring
			kept.Text, kept.SHA256 = s.Text, s.SHA256
		}
		s = &kept
	}
	s.Key = SortKey(s.Title)
	return s
}

// textOf gives the text of a source: the one that is stored, or the one that its records agree on. Records with another
// text are refused.
func (in *intake) textOf(stored *Source, records []int) string {
	text := stored.Text
	for _, i := range records {
		switch given := in.records[i].Source.Text; {
		case given == "" || given == text:
		case text == "":
			text = given
		case stored.Text != "":
			in.refuse(i, Errorf(BadInput, "the text differs from the one that is stored, on which quotes rest: give the new text to a source of its own, with another id").In("text"))
		default:
			return in.refuseTexts(records)
		}
	}
	return text
}

// refuseTexts refuses all records that give a source a text, as none of several is better than the others.
func (in *intake) refuseTexts(records []int) string {
	for _, i := range records {
		if in.records[i].Source.Text != "" {
			in.refuse(i, Errorf(BadInput, "several texts are given to this source at once: give each to a source of its own, with another id").In("text"))
		}
	}
	return ""
}

// check proves what a record says of a source by itself.
func (s *Source) check() *Error {
	if _, err := checkID(s.ID, SetOf(SourceKind), "source"); err != nil {
		return err.In("source")
	}
	if s.Title == "" {
		return Errorf(BadInput, "it is missing: write what the document or table is called").In("title")
	}
	for _, part := range []struct {
		field, text string
		most        int
	}{
		{"title", s.Title, maxLine}, {"publisher", s.Publisher, maxLine}, {"licence", s.Licence, maxLine},
	} {
		if err := checkOptional(part.text, part.most); err != nil {
			return err.In(part.field)
		}
	}
	if err := checkURL(s.URL); err != nil {
		return err.In("url")
	}
	if s.Language != "" {
		if err := CheckLanguage(s.Language); err != nil {
			return asError(err).In("language")
		}
	}
	if err := checkWord(SourceKind, "class", s.Class); err != nil {
		return err
	}
	if err := checkConfidence(s.Reliability); err != nil {
		return err.In("reliability")
	}
	if !utf8.ValidString(s.Text) {
		return Errorf(BadInput, "it is not valid UTF-8: write the text in UTF-8").In("text")
	}
	if err := checkWriting(s.Text); err != nil {
		return err.In("text")
	}
	var err *Error
	if s.PublishedOn, err = checkDate(s.PublishedOn); err != nil {
		return err.In("publishedOn")
	}
	if s.BasedOn != nil {
		return s.BasedOn.check().In("basedOn")
	}
	return nil
}

// check proves what a source says of its original.
func (o *Original) check() *Error {
	if o.Title == "" {
		return Errorf(BadInput, "it is missing: write what the original is called").In("title")
	}
	if err := checkLine(o.Title, maxLine); err != nil {
		return err.In("title")
	}
	if err := checkOptional(o.Publisher, maxLine); err != nil {
		return err.In("publisher")
	}
	if err := checkURL(o.URL); err != nil {
		return err.In("url")
	}
	var err *Error
	if o.PublishedOn, err = checkDate(o.PublishedOn); err != nil {
		return err.In("publishedOn")
	}
	return nil
}

// setText gives a source its text and the hash of it. A hash that was given has to be the same.
func (s *Source) setText(text string) *Error {
	s.SHA256 = strings.ToLower(s.SHA256)
	if raw, err := hex.DecodeString(s.SHA256); s.SHA256 != "" && (err != nil || len(raw) != sha256.Size) {
		return Errorf(BadInput, "%s is not a SHA-256: write 64 hexadecimal digits, or leave it out", quoteShort(s.SHA256)).In("sha256")
	}
	if s.Text = text; text == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(text))
	hash := hex.EncodeToString(sum[:])
	if s.SHA256 != "" && s.SHA256 != hash {
		return Errorf(BadInput, "it is not the SHA-256 of the text, which is %s: correct it, or leave it out", hash).In("sha256")
	}
	s.SHA256 = hash
	return nil
}

// checkURL proves an address that a person may follow: readers show it as a link, so nothing but the web is let in.
func checkURL(s string) *Error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return Errorf(BadInput, "%s is not a web address: write it whole, beginning with https:// or http://", quoteShort(s))
	}
	return checkLine(s, maxURL)
}
