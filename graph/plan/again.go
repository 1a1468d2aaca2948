package plan

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// begins notes that a root field begins at the node that a variable names, so that the operation serves other nodes too.
func (c *compiler) begins(sel *ast.Field, out *Root) {
	if arg := sel.Arguments.ForName("id"); arg != nil && arg.Value.Kind == ast.Variable && (sel.Name == "node" || sel.Name == "entity") {
		out.begins = arg.Value.Raw
	}
}

// Free lists the variables of an operation that say at which node a root field begins and nothing else. An operation that was
// compiled with other values of them can be used again, see [Operation.At].
func (o *Operation) Free() []string { return o.free }

// findFree finds the variables that only root fields begin at.
func (o *Operation) findFree(doc *ast.QueryDocument, op *ast.OperationDefinition) {
	uses := map[string]int{}
	count := func(set ast.SelectionSet, directives ast.DirectiveList) { countUses(set, directives, uses) }
	count(op.SelectionSet, op.Directives)
	for _, f := range doc.Fragments {
		count(f.SelectionSet, f.Directives)
	}
	for _, root := range o.Roots {
		if root.begins != "" && uses[root.begins] == 1 {
			o.free = append(o.free, root.begins)
		} else {
			root.begins = ""
		}
	}
	slices.Sort(o.free)
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
func (o *Operation) At(vars map[string]any) (*Operation, bool) {
	if len(o.free) == 0 {
		return o, true
	}
	at := &Operation{Roots: slices.Clone(o.Roots), free: o.free, Size: o.Size}
	for i, root := range at.Roots {
		if root.begins == "" {
			continue
		}
		parse := parseID
		if root.Field.Name == "entity" {
			parse = parseEntityID
		}
		id, err := parse(vars[root.begins])
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
