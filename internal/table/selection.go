package table

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// selected are the selections of one response key, of whatever types.
type selected struct {
	key    string
	fields []*ast.Field
}

func (s selected) sets() []ast.SelectionSet {
	sets := make([]ast.SelectionSet, len(s.fields))
	for i, f := range s.fields {
		sets[i] = f.SelectionSet
	}
	return sets
}

func (s selected) isList() bool { return s.fields[0].Definition.Type.Elem != nil }

// isLeaf says whether nothing is selected of it, as of a scalar.
func (s selected) isLeaf() bool { return len(s.fields[0].SelectionSet) == 0 }

// merged merges selection sets, through the fragments of all types.
func merged(doc *ast.QueryDocument, sets []ast.SelectionSet) []selected {
	var out []selected
	seen := map[string]bool{}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, sel := range set {
			switch sel := sel.(type) {
			case *ast.Field:
				at := slices.IndexFunc(out, func(s selected) bool { return s.key == sel.Alias })
				if at < 0 {
					at = len(out)
					out = append(out, selected{key: sel.Alias})
				}
				out[at].fields = append(out[at].fields, sel)
			case *ast.InlineFragment:
				walk(sel.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[sel.Name] {
					seen[sel.Name] = true
					walk(doc.Fragments.ForName(sel.Name).SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		walk(set)
	}
	return out
}

// columns lists the columns of the cells that Flatten makes of what is selected, so that they are known before the first record
// is there.
func columns(doc *ast.QueryDocument, out []string, path string, sets []ast.SelectionSet) []string {
	fields := merged(doc, sets)
	list, lists := -1, 0
	for i, f := range fields {
		if f.isList() {
			list = i
			lists++
		}
	}
	found := lists == 1 && isElements(fields[list].key)
	add := func(column string) {
		if !slices.Contains(out, column) {
			out = append(out, column)
		}
	}
	for i, f := range fields {
		switch column := dotted(path, f.key); {
		case found && i == list:
		case f.isList() || f.isLeaf():
			add(column)
		default:
			out = columns(doc, out, column, f.sets())
		}
	}
	if found {
		add(path)
	}
	return out
}

// place says where a record holds a location: the keys that lead to it, and those of its latitude and longitude there.
type place struct {
	path     []string
	lat, lon string
	end      string // from or to, where it is of what stands at that end of the record's fact
}

// places finds the locations that are selected of a record and of what it names, the nearest to it first.
func places(doc *ast.QueryDocument, sets []ast.SelectionSet) []place {
	type level struct {
		path []string
		end  string
		sets []ast.SelectionSet
	}
	var out []place
	for at := []level{{sets: sets}}; len(at) > 0; at = at[1:] {
		for _, f := range merged(doc, at[0].sets) {
			if f.isList() || f.isLeaf() {
				continue
			}
			below := level{append(slices.Clone(at[0].path), f.key), at[0].end, f.sets()}
			def := f.fields[0]
			if def.Name == "location" {
				p := place{path: below.path, end: below.end}
				for _, c := range merged(doc, below.sets) {
					switch c.fields[0].Name {
					case "lat":
						p.lat = c.key
					case "lon":
						p.lon = c.key
					}
				}
				if p.lat != "" && p.lon != "" {
					out = append(out, p)
				}
				continue
			}
			if below.end == "" && (def.Name == "from" || def.Name == "to") && isFact(def.ObjectDefinition) {
				below.end = def.Name
			}
			at = append(at, below)
		}
	}
	return out
}

func isFact(t *ast.Definition) bool { return t.Name == "Fact" || slices.Contains(t.Interfaces, "Fact") }
