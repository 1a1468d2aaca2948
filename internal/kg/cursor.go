package kg

import (
	"encoding/base64"
	"encoding/json"
)

// Cursor is a place in a list: the key of a row, bound to the list's order and filter by its fingerprint. It rests on the
// key and not on a position, so that it stays where it is when rows come or go.
type Cursor struct {
	Fingerprint uint32
	Key         Key
}

// String encodes the cursor; clients must not read anything into it.
func (c Cursor) String() string {
	parts := make([]any, 0, 3+len(c.Key.Values))
	parts = append(parts, c.Fingerprint)
	for _, v := range c.Key.Values {
		parts = append(parts, v)
	}
	parts = append(parts, c.Key.Node, c.Key.Fact)
	b, err := json.Marshal(parts)
	if err != nil {
		panic(err) // keys hold nothing but text and finite numbers
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// maxCursor bounds what is decoded: a sort key has 1,000 bytes at most, and JSON may write some of them as six.
const maxCursor = 32 << 10

// ParseCursor reads a cursor that a page of the list with this fingerprint and order gave.
func ParseCursor(s string, fingerprint uint32, order []Order) (*Cursor, error) {
	bad := Errorf(BadInput, "%s is not a cursor: give the endCursor of the page before, as it came", quoteShort(s))
	if len(s) > maxCursor {
		return nil, bad
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, bad
	}
	var parts []json.RawMessage
	if json.Unmarshal(b, &parts) != nil || len(parts) < 3 {
		return nil, bad
	}
	c := Cursor{}
	if json.Unmarshal(parts[0], &c.Fingerprint) != nil {
		return nil, bad
	}
	if c.Fingerprint != fingerprint {
		return nil, Errorf(BadInput, "the cursor %s was made under another filter or order: begin at the first page again", quoteShort(s))
	}
	if len(parts) != 3+len(order) {
		return nil, bad
	}
	for i, p := range parts[1 : len(parts)-2] {
		var v Value
		if json.Unmarshal(p, &v) != nil || !sortsAs(v, order[i].Field) {
			return nil, bad
		}
		c.Key.Values = append(c.Key.Values, v)
	}
	if json.Unmarshal(parts[len(parts)-2], &c.Key.Node) != nil || json.Unmarshal(parts[len(parts)-1], &c.Key.Fact) != nil {
		return nil, bad
	}
	return &c, nil
}

// sortsAs says whether a value is of the type that sortValue gives for a field.
func sortsAs(v Value, f *Field) bool {
	switch v.(type) {
	case nil:
		return true
	case string:
		return f.Type != Int && f.Type != Float
	case float64:
		return f.Type == Int || f.Type == Float
	}
	return false
}
