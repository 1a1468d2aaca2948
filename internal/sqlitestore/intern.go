package sqlitestore

import (
	"strings"
	"unsafe"

	"github.com/ententegraph/entente/internal/kg"
)

// A fact is kept without pointers, so that millions of them cost the garbage collector nothing: what it holds are numbers, of
// entities, of values and of texts. Values are kept once, whoever holds them; they are the same words, dates and sums again and
// again.

// values are those that facts hold, each by its number; 0 is unknown. Entities hold some of them too, see comesAgain.
type values = chunks[kg.Value]

// interner finds the number of a value. It belongs to the writer.
type interner struct {
	known map[any]uint32
	texts map[string]uint32 // the words of values that are texts
	dates map[string]uint32 // dates by their text
}

func newInterner() interner {
	return interner{known: map[any]uint32{}, texts: map[string]uint32{}, dates: map[string]uint32{}}
}

// idList stands for a list of ids, which can't be a key.
type idList string

// ref gives the number of a value, and adds it where it is new.
func (in *interner) ref(to *values, v kg.Value) uint32 {
	switch v := v.(type) {
	case nil:
		return 0
	case string:
		return in.text(to, v)
	case kg.Date:
		return in.date(to, v)
	case []kg.ID:
		return in.other(to, idList(joined(v)), v)
	}
	return in.other(to, v, v)
}

func (in *interner) other(to *values, key any, v kg.Value) uint32 {
	n, ok := in.known[key]
	if !ok {
		if ids, isList := v.([]kg.ID); isList {
			v = append([]kg.ID(nil), ids...)
		}
		n = to.add(v)
		in.known[key] = n
	}
	return n
}

func (in *interner) text(to *values, s string) uint32 {
	n, ok := in.texts[s]
	if !ok {
		n = to.add(s)
		in.texts[s] = n
	}
	return n
}

func (in *interner) date(to *values, d kg.Date) uint32 {
	if !d.Known() {
		return 0
	}
	n, ok := in.dates[d.Text]
	if !ok {
		n = to.add(d)
		in.dates[d.Text] = n
	}
	return n
}

// forget drops what has been added since a list of values was like this: of a write that failed.
func (in *interner) forget(since uint32) {
	for k, n := range in.known {
		if n >= since {
			delete(in.known, k)
		}
	}
	for k, n := range in.texts {
		if n >= since {
			delete(in.texts, k)
		}
	}
	for k, n := range in.dates {
		if n >= since {
			delete(in.dates, k)
		}
	}
}

func joined(ids []kg.ID) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(string(id))
		b.WriteByte(' ')
	}
	return b.String()
}

// arena keeps short texts one behind the other, where they stay for good: ids of facts and keys, and texts of entities. A text is known by its place,
// in steps of four bytes, and its length. Like chunks, it only grows where no reader looks.
type arena struct {
	used   uint32 // of the last block, in bytes
	blocks []*[arenaBlock]byte
}

const (
	arenaBlock = 1 << 16
	arenaStep  = 4
)

// add keeps a text of less than a block.
func (a *arena) add(s string) (place uint32) {
	if len(a.blocks) == 0 || int(a.used)+len(s) > arenaBlock {
		a.blocks = append(a.blocks, new([arenaBlock]byte))
		a.used = 0
	}
	place = (uint32(len(a.blocks)-1)*arenaBlock + a.used) / arenaStep
	copy(a.blocks[len(a.blocks)-1][a.used:], s)
	a.used += uint32(len(s)+arenaStep-1) / arenaStep * arenaStep
	return place
}

// at gives a text, which shares the memory of the arena: that is never written again.
func (a *arena) at(place uint32, length int) string {
	if length == 0 {
		return ""
	}
	const steps = arenaBlock / arenaStep
	return unsafe.String(&a.blocks[place/steps][place%steps*arenaStep], length)
}

// keep keeps a text of any length, and gives it.
func (a *arena) keep(b []byte) string {
	if len(b) > maxShort {
		return string(b)
	}
	return a.at(a.add(string(b)), len(b))
}
