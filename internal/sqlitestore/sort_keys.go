package sqlitestore

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// sortKey is what one order of a list says of a node: a text, or a number that orders as its value does.
type sortKey struct {
	text   string
	number uint64
	known  bool
}

// sortKeyOf is kg's sort value of what a field holds, without making texts of dates and moments.
func sortKeyOf(v kg.Value, f *kg.Field) sortKey {
	switch v := v.(type) {
	case string:
		if f == kg.FieldName || f == kg.FieldID || f.Type != kg.Text {
			return sortKey{text: v, known: true}
		}
		return sortKey{text: kg.SortKey(v), known: true}
	case int64:
		return sortKey{number: floatKey(float64(v)), known: true}
	case float64:
		return sortKey{number: floatKey(v), known: true}
	case kg.Date:
		return dateKey(v)
	case time.Time:
		return sortKey{number: uint64(v.UnixMicro()) ^ 1<<63, known: true}
	}
	return sortKey{}
}

func dateKey(d kg.Date) sortKey {
	if !d.Known() {
		return sortKey{}
	}
	return sortKey{number: uint64(uint32(d.First)^1<<31)<<32 | uint64(uint32(d.Last)^1<<31), known: true}
}

// floatKey gives a number that orders as a float does.
func floatKey(x float64) uint64 {
	if x == 0 {
		x = 0 // of either sign
	}
	if b := math.Float64bits(x); b>>63 == 0 {
		return b | 1<<63
	} else {
		return ^b
	}
}

func compareKeys(a, b sortKey, desc bool) int {
	switch {
	case !a.known || !b.known:
		return cmp.Compare(boolInt(b.known), boolInt(a.known)) // what is unknown comes last, either way
	case desc:
		a, b = b, a
	}
	if a.number != b.number {
		return cmp.Compare(a.number, b.number)
	}
	return strings.Compare(a.text, b.text)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// place is where a page begins: the key of the row before it.
type place struct {
	keys       []sortKey
	node, fact kg.ID
}

// placeOf reads a cursor. What sorts by dates and moments stands there as a text.
func placeOf(c *kg.Cursor, orders []kg.Order) *place {
	if c == nil {
		return nil
	}
	p := &place{node: c.Key.Node, fact: c.Key.Fact, keys: make([]sortKey, len(orders))}
	for i := range orders {
		if i >= len(c.Key.Values) {
			break
		}
		switch v := c.Key.Values[i].(type) {
		case float64:
			p.keys[i] = sortKey{number: floatKey(v), known: true}
		case string:
			p.keys[i] = sortKey{text: v, known: true}
			switch orders[i].Field.Type {
			case kg.Dated:
				if n, err := strconv.ParseUint(v, 16, 64); err == nil {
					p.keys[i] = sortKey{number: n, known: true}
				}
			case kg.Instant:
				if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
					p.keys[i] = sortKeyOf(t, orders[i].Field)
				}
			}
		}
	}
	return p
}
