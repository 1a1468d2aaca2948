package main

import (
	"encoding/json"
	"strconv"
	"strings"
)

// cell is one value of a record, under the path that leads to it. A list has a line for each of its elements.
type cell struct {
	column string
	lines  []string
}

// flatten gives the cells of a value, in the order of the selection: nested objects become dotted columns, and the elements
// of a nested list a line each.
func flatten(cells []cell, column string, value any) []cell {
	switch v := value.(type) {
	case object:
		list, rest, found := elements(v)
		for _, m := range rest {
			cells = flatten(cells, dotted(column, m.key), m.value)
		}
		if found {
			cells = flatten(cells, column, list)
		}
		return cells
	case []any:
		var lines []string
		for _, element := range v {
			lines = append(lines, compact(element))
		}
		return append(cells, cell{column, lines})
	}
	return append(cells, cell{column, []string{compact(value)}})
}

// elements finds the list that a connection is about, and gives what else was selected of it. What has a second list is
// shown as any other object, so that neither hides the other.
func elements(o object) (list []any, rest object, found bool) {
	for _, m := range o {
		l, isList := m.value.([]any)
		switch {
		case !isList:
			rest = append(rest, m)
		case found, m.key != "nodes" && m.key != "edges":
			return nil, o, false
		default:
			list, found = l, true
		}
	}
	return list, rest, found
}

// compact shows a value in one line: members by commas, elements of a list in parentheses by semicolons, nothing for null.
func compact(value any) string {
	var parts []string
	switch v := value.(type) {
	case string:
		return printable(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case object:
		for _, m := range v {
			if part := compact(m.value); part != "" {
				parts = append(parts, part)
			}
		}
		return strings.Join(parts, ", ")
	case []any:
		for _, element := range v {
			parts = append(parts, compact(element))
		}
		if len(parts) > 0 {
			return "(" + strings.Join(parts, "; ") + ")"
		}
	}
	return ""
}

func dotted(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
