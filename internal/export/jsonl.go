// Package export writes a graph in formats that other programs read. It decides nothing about what is written: whoever calls
// it hands over the records.
package export

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// WriteJSONL writes records as Entente JSON Lines. Equal records give equal bytes, in whatever order they come: sources,
// entities, aliases, facts and retractions, each by id and then by when they were recorded. What a reader would fill in anyway
// is left out, so that what is read back is what was written.
func WriteJSONL(w io.Writer, records ...kg.Record) error {
	lines := make([]line, len(records))
	for i := range records {
		var err error
		if lines[i], err = toLine(&records[i]); err != nil {
			return err
		}
	}
	slices.SortFunc(lines, line.compare)
	out := bufio.NewWriter(w)
	for _, l := range lines {
		out.Write(l.text)
		out.WriteByte('\n')
	}
	return out.Flush() // which fails if any write has failed
}

// line is a record as it is written, and what it is ordered by.
type line struct {
	class int
	id    kg.ID
	at    time.Time
	text  []byte
}

func (l line) compare(o line) int {
	return cmp.Or(cmp.Compare(l.class, o.class), strings.Compare(string(l.id), string(o.id)), l.at.Compare(o.at), bytes.Compare(l.text, o.text))
}

// toLine writes one record.
func toLine(r *kg.Record) (l line, err error) {
	o := newObject()
	switch {
	case r.Source != nil:
		l = line{class: 0, id: r.Source.ID, at: r.Source.RecordedAt}
		writeSource(o, r.Source)
	case r.Entity != nil:
		l = line{class: 1, id: r.Entity.ID}
		writeEntity(o, r.Entity)
		writeChanges(o, r.Changes)
	case r.Alias != nil:
		l = line{class: 2, id: r.Alias.Alias}
		o.text("alias", string(r.Alias.Alias))
		o.text("of", string(r.Alias.Of))
	case r.Fact != nil:
		l = line{class: 3, id: r.Fact.ID, at: r.Fact.RecordedAt}
		writeFact(o, r.Fact)
	case r.Retract != nil:
		l = line{class: 4, id: r.Retract.Fact, at: r.Retract.At}
		o.text("retract", string(r.Retract.Fact))
		o.text("reason", r.Retract.Reason)
		o.moment("at", r.Retract.At)
	}
	l.text, err = o.end()
	return l, err
}
