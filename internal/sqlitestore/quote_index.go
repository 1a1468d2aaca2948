package sqlitestore

import (
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// quoteIndex keeps the index of what facts' quotes hold: of each gram the facts that have it, or ever had it, as a history keeps
// its quotes. So it only grows, and is the same for all states of the graph: what reads it proves what may have changed. It
// stays on disk. It is made after the facts, once nobody has written for a while, or somebody searches and waits for it.
type quoteIndex struct {
	store   *Store
	file    *file         // of its own; nil until it is needed
	wanted  chan struct{} // somebody waits
	stirred chan struct{} // something was written
	quit    chan struct{}
	done    chan struct{} // closed when it has ended

	mu   sync.Mutex
	upTo int64         // the last piece whose quotes are in the index; all before it are too
	step chan struct{} // closed when upTo or err changes
	err  error         // why the last try has failed
}

// toldFact is a fact of which something was told that the index may not have: where that is, and its number.
type toldFact struct {
	body int64
	n    uint32
}

func newQuoteIndex(s *Store, upTo int64) *quoteIndex {
	return &quoteIndex{
		store: s, wanted: make(chan struct{}, 1), stirred: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
		upTo: upTo, step: make(chan struct{}),
	}
}

// quiet is how long nobody writes before the index is made, which would keep writers waiting.
const quiet = time.Second

// work makes the index until the store is closed.
func (x *quoteIndex) work() {
	defer close(x.done)
	for {
		select {
		case <-x.quit:
			return
		case <-x.wanted:
		case <-x.stirred:
			if !x.settle() {
				return
			}
		}
		x.catchUp()
	}
}

// settle waits until nobody writes, or somebody waits; it is false once the store is closed.
func (x *quoteIndex) settle() bool {
	timer := time.NewTimer(quiet)
	defer timer.Stop()
	for {
		select {
		case <-x.quit:
			return false
		case <-x.wanted:
			return true
		case <-x.stirred:
			timer.Reset(quiet)
		case <-timer.C:
			return true
		}
	}
}

// stir says that something was written.
func (x *quoteIndex) stir() { announce(x.stirred) }

func announce(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is said already
	}
}

// reached gives how far the index has come.
func (x *quoteIndex) reached() int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.upTo
}

// await waits until the index holds all that a state of the graph does.
func (x *quoteIndex) await(ctx context.Context, g *graph) error {
	for first := true; ; first = false {
		x.mu.Lock()
		if first {
			x.err = nil // of an earlier try
		}
		err, step, there := x.err, x.step, x.upTo >= g.body
		x.mu.Unlock()
		switch {
		case there:
			return nil
		case err != nil:
			return err
		}
		announce(x.wanted)
		select {
		case <-step:
		case <-ctx.Done():
			return gaveUp(ctx)
		}
	}
}

// come says how far the index has come, or why no further.
func (x *quoteIndex) come(upTo int64, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.upTo, x.err = max(x.upTo, upTo), err
	close(x.step)
	x.step = make(chan struct{})
}

// maxIndexed is how many facts are indexed at once: more cost fewer lists that are written again, and more memory meanwhile.
const maxIndexed = 1 << 15

// catchUp brings the index to the newest state of the graph.
func (x *quoteIndex) catchUp() {
	g := x.store.snapshot()
	defer g.readers.Add(-1)
	told := toldAfter(g.told, x.reached())
	for len(told) > 0 {
		now := told[:min(len(told), maxIndexed)]
		told = told[len(now):]
		upTo := now[len(now)-1].body
		if err := x.index(g, now, upTo); err != nil {
			x.come(0, x.store.translate(err, "writing to "+x.store.path))
			return
		}
		select {
		case <-x.quit:
			return
		default:
			x.come(upTo, nil)
		}
	}
	x.come(g.body, nil) // the rest are no facts
}

// toldAfter gives what was told after a piece.
func toldAfter(told []toldFact, body int64) []toldFact {
	i, _ := slices.BinarySearchFunc(told, body+1, func(t toldFact, body int64) int { return cmp.Compare(t.body, body) })
	return told[i:]
}

// untold lists all facts of which something was told after a piece.
func (g *graph) untold(after int64) []toldFact {
	var told []toldFact
	for n := range g.facts.n {
		if body := g.facts.at(n).body; body > after {
			told = append(told, toldFact{body, n})
		}
	}
	slices.SortFunc(told, func(a, b toldFact) int { return cmp.Compare(a.body, b.body) })
	return told
}

// A segment is 65,536 facts by their numbers. Of each segment a gram has one list of the facts that have it.
const segmentBits = 16

type segment map[string][]uint16

// index adds some facts to the index, and notes up to which piece it has come.
func (x *quoteIndex) index(g *graph, told []toldFact, upTo int64) error {
	if x.file == nil {
		f, err := openFile(x.store.path, forWriting)
		if err != nil {
			return err
		}
		x.file = f
		if err := f.do(`PRAGMA synchronous = NORMAL`, pragmaCheckpoint); err != nil {
			return err
		}
	}
	segments := map[uint32]segment{}
	for _, t := range told {
		if g.facts.at(t.n).body != t.body {
			continue // more was told of it later, all of which comes then
		}
		b, err := x.file.piece(t.body)
		h := kg.History{}
		if err == nil {
			err = decodeHistory(b, &h)
		}
		if err != nil {
			return err
		}
		s := segments[t.n>>segmentBits]
		if s == nil {
			s = segment{}
			segments[t.n>>segmentBits] = s
		}
		for i := range h.Assertions {
			s.add(uint16(t.n), kg.QuoteGrams(h.Assertions[i].Evidence))
		}
	}
	for number, s := range segments {
		if err := x.write(number, s); err != nil {
			return err
		}
	}
	return x.together(func() error { return x.file.runKeyed(sqlQuotedPut, watermark, "", encodeWatermark(upTo)) })
}

// add adds a fact to the lists of grams, and to those of their beginnings.
func (s segment) add(n uint16, grams []string) {
	for _, gram := range grams {
		s[gram] = append(s[gram], n)
		if begin, ok := beginningOf(gram); ok {
			if list := s[begin]; len(list) == 0 || list[len(list)-1] != n {
				s[begin] = append(list, n)
			}
		}
	}
}

// begun is how long a beginning is that has a list of its own, as too many grams begin alike. Longer ones are looked for.
const begun = 3

// beginningOf gives the key of the list of all grams that begin as one does.
func beginningOf(gram string) (string, bool) {
	n := 0
	for i := range gram {
		if n == begun {
			return gram[:i] + "*", true
		}
		n++
	}
	return gram + "*", n == begun
}

// maxWritten is how many lists are written in one transaction, for which writers have to wait.
const maxWritten = 4_000

// write adds lists to those of a segment.
func (x *quoteIndex) write(number uint32, s segment) error {
	grams := slices.Sorted(maps.Keys(s))
	old, err := x.file.getKeyed(sqlQuotedAny, int64(number), "")
	if err != nil {
		return err
	}
	for some := range slices.Chunk(grams, maxWritten) {
		err := x.together(func() error {
			for _, gram := range some {
				list := s[gram]
				if old != nil {
					b, err := x.file.getKeyed(sqlQuotedGet, int64(number), gram)
					if err != nil {
						return err
					}
					if list, err = withFacts(list, b); err != nil {
						return err
					}
				}
				slices.Sort(list)
				if err := x.file.runKeyed(sqlQuotedPut, int64(number), gram, encodeFacts(slices.Compact(list))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// together writes in one transaction, while the writer of facts does not.
func (x *quoteIndex) together(write func() error) error {
	x.store.writing.Lock()
	defer x.store.writing.Unlock()
	if err := x.file.do(sqlBegin); err != nil {
		return err
	}
	err := write()
	if err == nil {
		err = x.file.do(sqlCommit)
	}
	if err != nil {
		_ = x.file.do(sqlRollback) // SQLite may have done so itself
	}
	return err
}

// close ends the work, and lets go of the file.
func (x *quoteIndex) close() error {
	close(x.quit)
	<-x.done
	if x.file == nil {
		return nil
	}
	return x.file.close()
}

// watermark is the segment, which there is none of, that says up to which piece there is an index.
const watermark = -1

func encodeWatermark(upTo int64) []byte {
	var e encoder
	e.int(upTo)
	return e.sealed()
}

func decodeWatermark(b []byte) (int64, error) {
	if b == nil {
		return 0, nil
	}
	d := unsealed(b)
	return d.int(), d.err
}

// factBits are facts of a segment.
type factBits [1 << segmentBits / 64]uint64

// A list of facts is two bytes for each, in order; or a bit for each of the segment, where that is shorter.
const bitsSize = 1 << segmentBits / 8

func encodeFacts(list []uint16) []byte {
	var e encoder
	if 2*len(list) < bitsSize {
		e.b = make([]byte, 0, 2*len(list)+4)
		for _, n := range list {
			e.b = binary.LittleEndian.AppendUint16(e.b, n)
		}
		return e.sealed()
	}
	e.b = make([]byte, bitsSize, bitsSize+4)
	for _, n := range list {
		e.b[n/8] |= 1 << (n % 8)
	}
	return e.sealed()
}

// addFacts adds the facts of a list that was written.
func addFacts(b []byte, to *factBits) error {
	d := unsealed(b)
	switch {
	case d.err != nil:
		return d.err
	case len(d.b) == bitsSize:
		for i := range to {
			to[i] |= binary.LittleEndian.Uint64(d.b[8*i:])
		}
	default:
		for i := 0; i+1 < len(d.b); i += 2 {
			n := binary.LittleEndian.Uint16(d.b[i:])
			to[n/64] |= 1 << (n % 64)
		}
	}
	return nil
}

// withFacts gives a list with the facts of one that was written; nil is none.
func withFacts(list []uint16, b []byte) ([]uint16, error) {
	if b == nil {
		return list, nil
	}
	var old factBits
	err := addFacts(b, &old)
	for n := range old.each {
		list = append(list, n)
	}
	return list, err
}

// each gives the facts, in order.
func (f *factBits) each(yield func(uint16) bool) {
	for i, word := range f {
		for ; word != 0; word &= word - 1 {
			if !yield(uint16(i*64 + bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}
