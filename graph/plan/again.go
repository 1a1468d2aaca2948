package plan

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// Free lists the variables of an operation that say at which node a root field begins and nothing else. An operation that was
// compiled with other values of them can be used again, see [Operation.At].
func Free(doc *ast.QueryDocument, op *ast.OperationDefinition) []string {
	uses := map[string]int{}
	countUses(op.SelectionSet, op.Directives, uses)
	for _, f := range doc.Fragments {
		countUses(f.SelectionSet, f.Directives, uses)
	}
	var free []string
	for _, sel := range op.SelectionSet {
		if f, ok := sel.(*ast.Field); ok {
			if name := begins(f); name != "" && uses[name] == 1 {
				free = append(free, name)
			}
		}
	}
	return free
}

// begins gives the variable that names the node at which a root field begins; "" where none does.
func begins(f *ast.Field) string {
	if f == nil || f.Name != "node" && f.Name != "entity" {
		return ""
	}
	if id := f.Arguments.ForName("id"); id != nil && id.Value.Kind == ast.Variable {
		return id.Value.Raw
	}
	return ""
}

// countUses counts in how many places variables stand.
func countUses(set ast.SelectionSet, directives ast.DirectiveList, uses map[string]int) {
	var value func(*ast.Value)
	value = func(v *ast.Value) {
		if v.Kind == ast.Variable {
			uses[v.Raw]++
		}
		for _, child := range v.Children {
			value(child.Value)
		}
	}
	arguments := func(list ast.ArgumentList) {
		for _, a := range list {
			value(a.Value)
		}
	}
	for _, d := range directives {
		arguments(d.Arguments)
	}
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			arguments(sel.Arguments)
			countUses(sel.SelectionSet, sel.Directives, uses)
		case *ast.InlineFragment:
			countUses(sel.SelectionSet, sel.Directives, uses)
		case *ast.FragmentSpread:
			countUses(nil, sel.Directives, uses)
		}
	}
}

// At gives the operation with the nodes that its free variables name, all else shared. It is false where one of them names none
// by its form: compiling it says what is wrong.
func (o *Operation) At(free []string, vars map[string]any) (*Operation, bool) {
	if len(free) == 0 {
		return o, true
	}
	at := &Operation{Roots: slices.Clone(o.Roots), Size: o.Size, Cost: o.Cost}
	for i, root := range at.Roots {
		name := begins(root.Field.AST)
		if root.Query == nil || !slices.Contains(free, name) {
			continue
		}
		parse := parseID
		if root.Field.Name == "entity" {
			parse = parseEntityID
		}
		id, err := parse(vars[name])
		if err != nil {
			return nil, false
		}
		query := *root.Query
		query.IDs = []kg.ID{id}
		begun := *root
		begun.Query = &query
		at.Roots[i] = &begun
	}
	return at, true
}
