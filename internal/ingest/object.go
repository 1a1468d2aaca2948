package ingest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// object is a JSON object, its keys and their values in the order of the text. Values are nil, bool, json.Number, string,
// []any and *object.
type object struct {
	keys   []string
	values []any
	// What most records need, in one piece of memory.
	room struct {
		keys   [8]string
		values [8]any
	}
}

// get gives the value of a key, nil if there is none.
func (o *object) get(key string) any {
	if i := slices.Index(o.keys, key); i >= 0 {
		return o.values[i]
	}
	return nil
}

// MarshalJSON writes the object as it was read.
func (o *object) MarshalJSON() ([]byte, error) {
	var parts []string
	for i, key := range o.keys {
		value := "null"
		if o.values[i] != nil {
			value = kg.JSON(o.values[i])
		}
		parts = append(parts, kg.JSON(key)+":"+value)
	}
	return []byte("{" + strings.Join(parts, ",") + "}"), nil
}

// Records need four levels and a few dozen keys; what has more of them is none, and shall cost nothing to refuse.
const (
	maxDepth = 8
	maxKeys  = 100
)

// parseObject reads one JSON object that takes up a whole line of valid UTF-8. Beyond what encoding/json asks, no key may
// stand twice, and no escape may stand for half a character: both would be lost without a word.
func parseObject(line []byte) (*object, *kg.Error) {
	if !json.Valid(line) {
		var whole json.RawMessage
		return nil, syntaxError(line, json.Unmarshal(line, &whole))
	}
	if escape := loneSurrogate(line); escape != "" {
		return nil, kg.Errorf(kg.BadInput, "%s is half of a character: write the character itself, or both halves", escape)
	}
	p := parser{rest: line}
	p.skip()
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	return v.(*object), nil
}

// parser walks a text that has been proven to be JSON, so that it need not look out for anything that JSON rules out. It is
// several times as fast as the tokens of encoding/json, which are most of the work of an import.
type parser struct{ rest []byte }

// value reads the next value and the space after it.
func (p *parser) value(depth int) (v any, err *kg.Error) {
	switch p.rest[0] {
	case '{', '[':
		if depth == maxDepth {
			return nil, kg.Errorf(kg.BadInput, "the line nests more than %d levels deep: no record does", maxDepth)
		}
		if p.rest[0] == '{' {
			return p.object(depth)
		}
		return p.list(depth)
	case '"':
		return p.string(), nil
	case 't':
		v = true
		p.pass(len("true"))
	case 'f':
		v = false
		p.pass(len("false"))
	case 'n':
		p.pass(len("null"))
	default:
		n := 0
		for n < len(p.rest) && strings.IndexByte("+-.0123456789Ee", p.rest[n]) >= 0 {
			n++
		}
		v = json.Number(p.take(n))
	}
	return v, nil
}

func (p *parser) object(depth int) (any, *kg.Error) {
	o := &object{}
	o.keys, o.values = o.room.keys[:0], o.room.values[:0]
	for p.open(); p.more('}'); {
		key := p.string()
		p.pass(1) // the colon
		switch {
		case slices.Contains(o.keys, key):
			return nil, kg.Errorf(kg.BadInput, "the key %s stands twice: keep one", short(key))
		case len(o.keys) == maxKeys:
			return nil, kg.Errorf(kg.BadInput, "an object has more than %d keys: no record does", maxKeys)
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err.In(first40(key))
		}
		o.keys = append(o.keys, key)
		o.values = append(o.values, v)
	}
	return o, nil
}

func (p *parser) list(depth int) (any, *kg.Error) {
	list := []any{}
	for p.open(); p.more(']'); {
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err.In("[" + strconv.Itoa(len(list)) + "]")
		}
		list = append(list, v)
	}
	return list, nil
}

// open takes the bracket that begins an object or list.
func (p *parser) open() { p.pass(1) }

// more says whether there is another item, and takes the comma before it or the bracket that ends the list.
func (p *parser) more(end byte) bool {
	switch p.rest[0] {
	case end:
		p.pass(1)
		return false
	case ',':
		p.pass(1)
	}
	return true
}

func (p *parser) string() string {
	n, escaped := 1, false
	for ; p.rest[n] != '"'; n++ {
		if p.rest[n] == '\\' {
			escaped = true
			n++
		}
	}
	quoted := p.take(n + 1)
	if !escaped {
		return quoted[1:n]
	}
	var s string
	if err := json.Unmarshal([]byte(quoted), &s); err != nil {
		panic(err) // it has been proven to be JSON
	}
	return s
}

// take gives the next n bytes, and passes over them and the space after.
func (p *parser) take(n int) string {
	s := string(p.rest[:n])
	p.pass(n)
	return s
}

// pass passes over the next n bytes and the space after.
func (p *parser) pass(n int) {
	p.rest = p.rest[n:]
	p.skip()
}

func (p *parser) skip() {
	n := 0
	for n < len(p.rest) && (p.rest[n] == ' ' || p.rest[n] == '\t' || p.rest[n] == '\r' || p.rest[n] == '\n') {
		n++
	}
	p.rest = p.rest[n:]
}
