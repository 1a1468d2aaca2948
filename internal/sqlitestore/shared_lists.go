package sqlitestore

import (
	"encoding/binary"

	"github.com/ententegraph/entente/internal/kg"
)

// maxFields is how many fields of its own a kind of fact may have.
const maxFields = 16

// tupler puts the numbers of a fact's values and sources into a graph. Short lists, which most facts share, are kept once.
type tupler struct{ known map[string]uint32 }

func newTupler() tupler { return tupler{known: map[string]uint32{}} }

// values gives the place of the numbers of a fact's own values; 0 where all of them are unknown.
func (t *tupler) values(to *chunks[uint32], refs []uint32) uint32 {
	some := 0
	for _, ref := range refs {
		if ref != 0 {
			some++
		}
	}
	switch {
	case some == 0:
		return 0
	case some == 1:
		return t.shared(to, refs)
	}
	return addAll(to, refs)
}

// sources gives the place of how many sources a fact has, and of their numbers.
func (t *tupler) sources(to *chunks[uint32], sources []uint32) uint32 {
	var few [4]uint32
	list := append(append(few[:0], uint32(len(sources))), sources...)
	if len(sources) > 2 {
		return addAll(to, list)
	}
	return t.shared(to, list)
}

func (t *tupler) shared(to *chunks[uint32], list []uint32) uint32 {
	var key [4 * maxFields]byte
	b := key[:0]
	for _, x := range list {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	if at, ok := t.known[string(b)]; ok {
		return at
	}
	at := addAll(to, list)
	t.known[string(b)] = at
	return at
}

// forget drops what has been added since a list was so long.
func (t *tupler) forget(since uint32) {
	for k, at := range t.known {
		if at >= since {
			delete(t.known, k)
		}
	}
}

func addAll(to *chunks[uint32], list []uint32) uint32 {
	at := to.n
	for _, x := range list {
		to.add(x)
	}
	return at
}

// sharer keeps once what entities and sources share.
type sharer struct {
	texts map[string]string // languages, licences
	lists map[string][]kg.Value
}

func newSharer() sharer { return sharer{texts: map[string]string{}, lists: map[string][]kg.Value{}} }

func (s *sharer) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	text, ok := s.texts[string(b)]
	if !ok {
		text = string(b)
		s.texts[text] = text
	}
	return text
}

// list gives the values that were written so, which many entities have, as where all are unknown but the year.
func (s *sharer) list(written []byte, values []kg.Value) []kg.Value {
	if known, ok := s.lists[string(written)]; ok {
		return known
	}
	s.lists[string(written)] = values
	return values
}

// loaded lets go of what would take more than it saves of the entities that come later.
func (s *sharer) loaded() { s.lists = nil }

// comesAgain says whether a field of an entity holds what others hold too: words and dates. Those are kept once, with the values
// of facts.
func comesAgain(f *kg.Field) bool { return f.Type == kg.Enum || f.Type == kg.Dated }
