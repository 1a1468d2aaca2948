package table

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
)

// Cell is one value of a record, under the path that leads to it. A list has a line for each of its elements.
type Cell struct {
	Column string
	Lines  []string
}

// Flatten gives the cells of a record, in the order of the selection: nested objects become dotted columns, and the elements
// of a nested list a line each.
func Flatten(record any) []Cell { return flatten(nil, "", record) }

func flatten(cells []Cell, column string, value any) []Cell {
	switch v := value.(type) {
	case Object:
		list, rest, found := Elements(v)
		for _, m := range rest {
			cells = flatten(cells, dotted(column, m.Key), m.Value)
		}
		if found {
			cells = flatten(cells, column, list)
		}
		return cells
	case []any:
		var lines []string
		for _, element := range v {
			lines = append(lines, Compact(element))
		}
		return append(cells, Cell{column, lines})
	}
	return append(cells, Cell{column, []string{Compact(value)}})
}

// Elements finds the list that a connection is about, and gives what else was selected of it. What has a second list is
// shown as any other object, so that neither hides the other.
func Elements(o Object) (list []any, rest Object, found bool) {
	for _, m := range o {
		l, isList := m.Value.([]any)
		switch {
		case !isList:
			rest = append(rest, m)
		case found, !isElements(m.Key):
			return nil, o, false
		default:
			list, found = l, true
		}
	}
	return list, rest, found
}

func isElements(key string) bool { return key == "nodes" || key == "edges" }

// Compact shows a value in one line: members by commas, elements of a list in parentheses by semicolons, nothing for null.
func Compact(value any) string {
	var parts []string
	switch v := value.(type) {
	case string:
		return Printable(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case Object:
		for _, m := range v {
			if part := Compact(m.Value); part != "" {
				parts = append(parts, part)
			}
		}
		return strings.Join(parts, ", ")
	case []any:
		for _, element := range v {
			parts = append(parts, Compact(element))
		}
		if len(parts) > 0 {
			return "(" + strings.Join(parts, "; ") + ")"
		}
	}
	return ""
}

// Printable makes one line of a text, with nothing in it that a terminal would obey: data may come from anywhere.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

func dotted(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
