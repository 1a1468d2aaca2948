package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// plain turns an object into what encoding/json makes of it.
func plain(v any) any {
	switch v := v.(type) {
	case *object:
		m := map[string]any{}
		for i, key := range v.keys {
			m[key] = plain(v.values[i])
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	}
	return v
}

// FuzzParseObject holds the parser to encoding/json.
func FuzzParseObject(f *testing.F) {
	for _, s := range []string{
		`{}`, ` { "a" : [ ] , "b" : { } } `, `{"a":[1,-2.5e+3,true,false,null,"x"],"b":{"c":"\u6d4e\n\"\\"}}`, `{"😀":"\ud83d\ude00"}`,
		`{"a":"\\ud800"}`, `{"a":"\ud800"}`, `{"a":1,"a":2}`, `{"a":01}`, `{"a":"x`, `[1]`, "{\"a\":\"\x7f\"}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if !utf8.Valid(line) || !isObject(line) {
			return
		}
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		var want map[string]any
		wrong := d.Decode(&want)
		if wrong == nil && len(bytes.TrimLeft(line[d.InputOffset():], " \t\r\n")) > 0 {
			wrong = fmt.Errorf("something follows")
		}
		got, err := parseObject(line)
		switch {
		case wrong != nil && err == nil:
			t.Errorf("%q is taken, but %v", line, wrong)
		case err == nil && !reflect.DeepEqual(plain(got), any(want)):
			t.Errorf("%q is %v, want %v", line, plain(got), want)
		}
	})
}

func TestParseObjectBoundsKeys(t *testing.T) {
	var b strings.Builder
	for i := range maxKeys + 1 {
		fmt.Fprintf(&b, `,"k%d":0`, i)
	}
	if _, err := parseObject([]byte("{" + b.String()[1:] + "}")); err == nil || err.Error() != "an object has more than 100 keys: no record does" {
		t.Errorf("%d keys: %v", maxKeys+1, err)
	}
}
