package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/internal/kg"
)

// object is a JSON object with its keys in the order of the text. Its values are nil, bool, json.Number, string, []any and
// *object.
type object struct {
	keys   []string
	values map[string]any
}

// maxDepth bounds how deep a line nests; records need four levels.
const maxDepth = 8

// parseObject reads one JSON object that takes up a whole line of valid UTF-8. Beyond what encoding/json asks, no key may
// stand twice, and no escape may stand for half a character: both would be lost without a word.
func parseObject(line []byte) (*object, *kg.Error) {
	var whole json.RawMessage
	if err := json.Unmarshal(line, &whole); err != nil {
		return nil, syntaxError(line, err)
	}
	if escape := loneSurrogate(line); escape != "" {
		return nil, kg.Errorf(kg.BadInput, "%s is half of a character: write the character itself, or both halves", escape)
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	v, err := parseValue(d, 0)
	if err != nil {
		return nil, err
	}
	return v.(*object), nil
}

// syntaxError says where a line is not JSON.
func syntaxError(line []byte, err error) *kg.Error {
	var at *json.SyntaxError
	if !errors.As(err, &at) {
		return kg.Errorf(kg.BadInput, "the line is not JSON: %w", err)
	}
	if at.Offset >= int64(len(line)) && strings.Contains(at.Error(), "unexpected end") {
		return kg.Errorf(kg.BadInput, "the JSON object does not end on this line: write each record on one line")
	}
	column := utf8.RuneCount(line[:max(at.Offset-1, 0)]) + 1
	return kg.Errorf(kg.BadInput, "the line is not JSON at column %d: %v", column, err)
}

// parseValue reads the next value. The text has been proven to be JSON, so that only what JSON leaves open can be wrong.
func parseValue(d *json.Decoder, depth int) (any, *kg.Error) {
	token, err := d.Token()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "the line is not JSON: %w", err)
	}
	delim, nested := token.(json.Delim)
	switch {
	case !nested:
		return token, nil
	case depth == maxDepth:
		return nil, kg.Errorf(kg.BadInput, "the line nests more than %d levels deep: no record does", maxDepth)
	case delim == '[':
		list := []any{}
		for d.More() {
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err.In("[" + strconv.Itoa(len(list)) + "]")
			}
			list = append(list, v)
		}
		d.Token()
		return list, nil
	}
	o := &object{values: map[string]any{}}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, kg.Errorf(kg.BadInput, "the line is not JSON: %w", err)
		}
		key := token.(string)
		if _, twice := o.values[key]; twice {
			return nil, kg.Errorf(kg.BadInput, "the key %s stands twice: keep one", short(key))
		}
		v, wrong := parseValue(d, depth+1)
		if wrong != nil {
			return nil, wrong.In(key)
		}
		o.keys = append(o.keys, key)
		o.values[key] = v
	}
	d.Token()
	return o, nil
}

// loneSurrogate finds an escape that is one half of a pair without the other. encoding/json would put U+FFFD in its place.
func loneSurrogate(line []byte) string {
	for i := 0; i+1 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		i++ // whatever is escaped is no backslash of an escape of its own
		if line[i] != 'u' {
			continue
		}
		switch half(line[i-1:]) {
		case 'h':
			if half(line[min(i+5, len(line)):]) != 'l' {
				return string(line[i-1 : i+5])
			}
			i += 6
		case 'l':
			return string(line[i-1 : i+5])
		}
	}
	return ""
}

// half says whether text begins with the escape of a high (h) or low (l) surrogate, or of neither (0).
func half(s []byte) byte {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	switch {
	case err != nil:
		return 0
	case 0xd800 <= n && n < 0xdc00:
		return 'h'
	case 0xdc00 <= n && n < 0xe000:
		return 'l'
	}
	return 0
}

// short quotes what somebody wrote, no more than its first 40 characters of it.
func short(s string) string {
	n := 0
	for i := range s {
		if n == 40 {
			return strconv.Quote(s[:i] + "…")
		}
		n++
	}
	return strconv.Quote(s)
}
