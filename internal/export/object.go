package export

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// object writes a JSON object with its keys in the order in which they are put. What is unknown is not written. The first
// error is kept for the end.
type object struct {
	buf bytes.Buffer
	err error
}

func newObject() *object {
	o := &object{}
	o.buf.WriteByte('{')
	return o
}

// end closes the object and gives its text.
func (o *object) end() ([]byte, error) {
	o.buf.WriteByte('}')
	return Visible(o.buf.Bytes()), o.err
}

// put writes a key with anything that encoding/json writes in a fixed order.
func (o *object) put(key string, v any) {
	if o.buf.Len() > 1 {
		o.buf.WriteByte(',')
	}
	o.write(key)
	o.buf.WriteByte(':')
	o.write(v)
}

func (o *object) write(v any) {
	e := json.NewEncoder(&o.buf)
	e.SetEscapeHTML(false) // names with & stay readable
	if err := e.Encode(v); err != nil && o.err == nil {
		o.err = kg.Errorf(kg.Internal, "writing JSON: %w", err)
		return
	}
	o.buf.Truncate(o.buf.Len() - 1) // the line feed that Encode adds
}

func (o *object) text(key, s string) {
	if s != "" {
		o.put(key, s)
	}
}

// json writes a key with what is written in JSON already.
func (o *object) json(key, text string) {
	if text != "" {
		o.put(key, json.RawMessage(text))
	}
}

func (o *object) date(key string, d kg.Date) { o.text(key, d.Text) }

func (o *object) moment(key string, t time.Time) {
	if !t.IsZero() {
		o.put(key, t.UTC().Format(time.RFC3339Nano))
	}
}

// value writes what a field holds, by the type that stands for its declared one.
func (o *object) value(key string, v kg.Value) {
	switch v := v.(type) {
	case nil:
	case kg.Date:
		o.date(key, v)
	case time.Time:
		o.moment(key, v)
	default: // text, numbers, ids
		o.put(key, v)
	}
}

// list writes a key with one object for each of n things, and nothing if there are none.
func (o *object) list(key string, n int, each func(o *object, i int)) {
	if n == 0 {
		return
	}
	items := make([]json.RawMessage, n)
	for i := range n {
		items[i] = o.nested(func(o *object) { each(o, i) })
	}
	o.put(key, items)
}

// nested gives the text of an object within this one.
func (o *object) nested(write func(*object)) json.RawMessage {
	inner := newObject()
	write(inner)
	text, err := inner.end()
	if o.err == nil {
		o.err = err
	}
	return text
}
