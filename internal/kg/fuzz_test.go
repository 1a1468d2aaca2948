package kg

import (
	"reflect"
	"strings"
	"testing"
)

// FuzzParseCursor reads what a client may send as a cursor: what is taken is written again as one that says the same.
func FuzzParseCursor(f *testing.F) {
	order := []Order{{Field: FieldName}, {Field: City.Decl().Field("population"), Desc: true}, {Field: Agreement.Decl().Field("signedOn")}}
	for _, key := range []Key{
		{Node: "city:a", Values: []Value{"a", int64(5), nil}},
		{Node: "city:a", Fact: "located_in:b", Values: []Value{nil, nil, nil}},
	} {
		f.Add(Cursor{Fingerprint: 7, Key: key}.String())
	}
	f.Add("")
	f.Add("W10")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCursor(s, 7, order)
		if err != nil {
			if CodeOf(err) != BadInput {
				t.Errorf("%q: the error is not the client's: %v", s, err)
			}
			if len(err.Error()) > 400 {
				t.Errorf("%q: an error of %d bytes repeats what came", s, len(err.Error()))
			}
			return
		}
		again, err := ParseCursor(c.String(), 7, order)
		if err != nil || !reflect.DeepEqual(again, c) {
			t.Errorf("%q is read as %+v, and that as %+v, %v", s, c, again, err)
		}
		if _, err := ParseCursor(s, 8, order); err == nil {
			t.Errorf("%q goes under another fingerprint", s)
		}
	})
}

// FuzzParseID takes an id apart: what is taken is put together as it came.
func FuzzParseID(f *testing.F) {
	for _, s := range []string{"city:cn-jinan", "took_part_in:0", "", ":", "a:b:c", "City:x", "city:济南"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		prefix, key, err := ParseID(s)
		switch {
		case err == nil && prefix+":"+key != s:
			t.Errorf("%q is taken apart as %q and %q", s, prefix, key)
		case err == nil && (strings.ToLower(prefix) != prefix || CheckKey(key) != nil):
			t.Errorf("%q has parts that are none", s)
		case err != nil && CodeOf(err) != BadInput:
			t.Errorf("%q: the error is not the client's: %v", s, err)
		}
	})
}
