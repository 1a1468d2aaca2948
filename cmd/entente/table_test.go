package main

import (
	"slices"
	"strings"
	"testing"
)

func TestTables(t *testing.T) {
	for _, test := range []struct {
		name, data string
		width      int
		want       string
	}{
		{"nothing", `null`, 80, ``},
		{"leaf and null", `{"__typename":"Query","entity":null}`, 80, `
__typename: Query

entity: none
`},
		{"no rows", `{"cities":{"totalCount":0,"nodes":[]}}`, 80, `
cities  totalCount: 0
  none
`},
		{"object or null", `{"cities":{"nodes":[{"id":"a","country":null},{"id":"b","country":{"name":"France"}},{"id":"c","country":null}]}}`, 80, `
cities
  id  country.name
  ──  ────────────
  a
  b   France
  c
`},
		{"types with their own columns", `{"nodes":[{"id":"a","x":1},{"id":"b","y":true}]}`, 80, `
nodes
  id  x  y
  ──  ─  ────
  a   1
  b      true
`},
		{"cut", `{"cities":{"nodes":[{"id":"a","text":"one two three four five six"},{"id":"b","text":"short"}]}}`, 24, `
cities
  id  text
  ──  ──────────────────
  a   one two three fou…
  b   short
`},
		{"too narrow", `{"cities":{"nodes":[{"id":"a","text":"one two three four five six","more":"1234567890"},{"id":"b","text":"short","more":null}]}}`, 22, `
cities
  id    a
  text  one two three
          four five six
  more  1234567890

  id    b
  text  short
  more
`},
		{"lone record", `{"cities":{"nodes":[{"id":"a","of":[{"p":"one two","q":[]},{"p":"three","q":[1,2]},{"p":null,"q":null}]}]}}`, 20, `
cities
  id  a
  of  one two
      three, (1; 2)

`},
		{"two lists", `{"around":{"nodes":[{"id":"a"},{"id":"b"}],"facts":[{"id":"f"}],"cities":{"nodes":[{"id":"c"}],"facets":[{"count":1}]}}}`, 80, `
around
  nodes          a
                 b
  facts          f
  cities.nodes   c
  cities.facets  1
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			a := &answer{Data: []byte(test.data)}
			if err := a.writeTables(&b, test.width); err != nil {
				t.Fatal(err)
			}
			if want := strings.TrimPrefix(test.want, "\n"); b.String() != want {
				t.Errorf("%s\nprints\n%swant\n%s", test.data, b.String(), want)
			}
		})
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]int{"": 0, "Jinan": 5, "济南": 4, "e\u0301": 1, "Ａ": 2, "─": 1} {
		if got := columnsOf(text); got != want {
			t.Errorf("columnsOf(%q) = %d, want %d", text, got, want)
		}
	}
	for _, test := range []struct {
		text string
		n    int
		want string
	}{{"Jinan", 5, "Jinan"}, {"Jinan", 4, "Jin…"}, {"济南市", 6, "济南市"}, {"济南市", 5, "济南…"}, {"济南市", 4, "济…"}} {
		if got := cut(test.text, test.n); got != test.want {
			t.Errorf("cut(%q, %d) = %q, want %q", test.text, test.n, got, test.want)
		}
	}
	for _, test := range []struct {
		text string
		n    int
		want []string
	}{
		{"", 5, []string{""}},
		{"one two", 7, []string{"one two"}},
		{"one two three", 7, []string{"one two", "  three"}},
		{"one wholeword two", 5, []string{"one", "  wholeword", "  two"}},
	} {
		if got := wrap(test.text, test.n); !slices.Equal(got, test.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", test.text, test.n, got, test.want)
		}
	}
}
