package sqlitestore

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// What stands in SQLite is written in a form of our own, short and soon read: numbers as varints, texts after their length.
// Each piece ends in a checksum.

// errDamaged is what decoding ends in where a piece is not what was written.
var errDamaged = errors.New("a piece of the store is not what was written")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encoder writes.
type encoder struct{ b []byte }

func (e *encoder) uint(x uint64) { e.b = binary.AppendUvarint(e.b, x) }
func (e *encoder) int(x int64)   { e.b = binary.AppendVarint(e.b, x) }
func (e *encoder) byte(x byte)   { e.b = append(e.b, x) }
func (e *encoder) float(x float64) {
	e.b = binary.LittleEndian.AppendUint64(e.b, math.Float64bits(x))
}
func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.b = append(e.b, s...)
}
func (e *encoder) bool(x bool) {
	if x {
		e.byte(1)
	} else {
		e.byte(0)
	}
}

// moment is 0 for none.
func (e *encoder) moment(m int64) {
	if m == never {
		e.int(0)
		return
	}
	if m >= 0 {
		m++
	}
	e.int(m)
}
func (e *encoder) time(t time.Time) { e.moment(moment(t)) }

func (e *encoder) date(d kg.Date) {
	e.text(d.Text)
	if d.Known() {
		e.int(int64(d.First))
		e.int(int64(d.Last))
	}
}

// The types of values.
const (
	tagNone = iota
	tagText
	tagInt
	tagFloat
	tagDate
	tagTime
	tagID
	tagIDs
)

func (e *encoder) value(v kg.Value) {
	switch v := v.(type) {
	case nil:
		e.byte(tagNone)
	case string:
		e.byte(tagText)
		e.text(v)
	case int64:
		e.byte(tagInt)
		e.int(v)
	case float64:
		e.byte(tagFloat)
		e.float(v)
	case kg.Date:
		e.byte(tagDate)
		e.date(v)
	case time.Time:
		e.byte(tagTime)
		e.time(v)
	case kg.ID:
		e.byte(tagID)
		e.text(string(v))
	case []kg.ID:
		e.byte(tagIDs)
		e.uint(uint64(len(v)))
		for _, id := range v {
			e.text(string(id))
		}
	}
}

func (e *encoder) values(list []kg.Value) {
	e.length(len(list), list == nil)
	for _, v := range list {
		e.value(v)
	}
}

// length writes the length of a list. Whether an empty one is nil is kept, as assertions are compared with it.
func (e *encoder) length(n int, none bool) {
	if none {
		e.uint(0)
	} else {
		e.uint(uint64(n) + 1)
	}
}

func (d *decoder) length() (n int, none bool) {
	x := d.uint()
	if x == 0 {
		return 0, true
	}
	if x--; x > uint64(len(d.b)) {
		d.fail()
		return 0, true
	}
	return int(x), false
}

// sealed ends a piece with its checksum.
func (e *encoder) sealed() []byte {
	return binary.LittleEndian.AppendUint32(e.b, crc32.Checksum(e.b, castagnoli))
}

// decoder reads. After the first fault all that it gives is zero, and err says so.
type decoder struct {
	b   []byte
	err error
}

// unsealed checks a piece's checksum and begins to read it.
func unsealed(b []byte) decoder {
	n := len(b) - 4
	if n < 0 || crc32.Checksum(b[:n], castagnoli) != binary.LittleEndian.Uint32(b[n:]) {
		return decoder{err: errDamaged}
	}
	return decoder{b: b[:n]}
}

func (d *decoder) fail() { d.b, d.err = nil, errDamaged }

func (d *decoder) uint() uint64 {
	x, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return x
}

func (d *decoder) int() int64 {
	x, n := binary.Varint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return x
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.fail()
		return 0
	}
	x := d.b[0]
	d.b = d.b[1:]
	return x
}

func (d *decoder) float() float64 {
	if len(d.b) < 8 {
		d.fail()
		return 0
	}
	x := math.Float64frombits(binary.LittleEndian.Uint64(d.b))
	d.b = d.b[8:]
	return x
}

// bytes gives a text that is still a part of the piece.
func (d *decoder) bytes() []byte {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.fail()
		return nil
	}
	s := d.b[:n]
	d.b = d.b[n:]
	return s
}

func (d *decoder) text() string { return string(d.bytes()) }
func (d *decoder) bool() bool   { return d.byte() == 1 }

// count reads how many of something follow, each of at least a byte.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) moment() int64 {
	switch m := d.int(); {
	case m == 0:
		return never
	case m > 0:
		return m - 1
	default:
		return m
	}
}
func (d *decoder) time() time.Time { return timeOf(d.moment()) }

func (d *decoder) date() kg.Date {
	date := kg.Date{Text: d.text()}
	if date.Known() {
		date.First, date.Last = kg.Day(d.int()), kg.Day(d.int())
	}
	return date
}

func (d *decoder) value() kg.Value {
	switch d.byte() {
	case tagNone:
	case tagText:
		return d.text()
	case tagInt:
		return d.int()
	case tagFloat:
		return d.float()
	case tagDate:
		return d.date()
	case tagTime:
		return d.time()
	case tagID:
		return kg.ID(d.text())
	case tagIDs:
		ids := make([]kg.ID, d.count())
		for i := range ids {
			ids[i] = kg.ID(d.text())
		}
		return ids
	default:
		d.fail()
	}
	return nil
}

func (d *decoder) values() []kg.Value {
	n, none := d.length()
	if none {
		return nil
	}
	list := make([]kg.Value, n)
	for i := range list {
		list[i] = d.value()
	}
	return list
}
