package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"github.com/ententegraph/entente/internal/kg"
)

// Stream writes records as Entente JSON Lines, one by one, as they come. In the order that [kg.Store.Records] gives them, equal
// graphs give equal bytes, and their hash proves it. That is the order of [WriteJSONL], but where a fact was asserted twice at one
// moment: there it is that of its history.
type Stream struct {
	out    *bufio.Writer
	sum    hash.Hash
	Counts Counts
}

// Counts are how many records of each sort were written.
type Counts struct{ Sources, Entities, Aliases, Facts, Retractions int }

// All is how many they are together.
func (c Counts) All() int { return c.Sources + c.Entities + c.Aliases + c.Facts + c.Retractions }

// NewStream makes a stream to w.
func NewStream(w io.Writer) *Stream {
	sum := sha256.New()
	return &Stream{out: bufio.NewWriterSize(io.MultiWriter(w, sum), 64<<10), sum: sum}
}

// Write writes a record. An error of the writer may come as late as at the end.
func (s *Stream) Write(r kg.Record) error {
	l, err := toLine(&r)
	if err != nil {
		return err
	}
	switch l.class {
	case 0:
		s.Counts.Sources++
	case 1:
		s.Counts.Entities++
	case 2:
		s.Counts.Aliases++
	case 3:
		s.Counts.Facts++
	case 4:
		s.Counts.Retractions++
	}
	s.out.Write(l.text)
	return s.out.WriteByte('\n')
}

// End writes what is left, and gives the SHA-256 of all that was written, in hexadecimal.
func (s *Stream) End() (string, error) {
	err := s.out.Flush()
	return hex.EncodeToString(s.sum.Sum(nil)), err
}
