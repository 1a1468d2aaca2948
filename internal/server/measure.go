package server

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// measure looks at one parsed document in two walks. The first, in this file,
// sees each node once, as it is written. The second, in shape.go, sees what the
// document comes to once its fragments stand where they are used.
type measure struct {
	limits  Limits
	aliases int
	work    int // nodes looked at, in both walks

	fragments      map[string]*ast.FragmentDefinition
	open           map[string]bool // fragments being expanded
	fields         int             // selections of all operations, or of all fragments
	introspections int             // of one operation, or of one fragment
}

func (m *measure) document(doc *ast.QueryDocument) *gqlerror.Error {
	if len(doc.Fragments) > m.limits.Fragments {
		return refuse(codeTooManyFragments, m.limits.Fragments, doc.Fragments[m.limits.Fragments].Position,
			"The query defines more than %d fragments; merge some, or ask in several queries.")
	}
	for _, operation := range doc.Operations {
		if err := m.operation(operation); err != nil {
			return err
		}
	}
	for _, fragment := range doc.Fragments {
		if err := m.directives(fragment.Directives); err != nil {
			return err
		}
		if err := m.selections(fragment.SelectionSet); err != nil {
			return err
		}
	}
	return m.shape(doc)
}

func (m *measure) operation(operation *ast.OperationDefinition) *gqlerror.Error {
	if err := m.directives(operation.Directives); err != nil {
		return err
	}
	for _, variable := range operation.VariableDefinitions {
		if err := m.directives(variable.Directives); err != nil {
			return err
		}
		if err := m.literal(variable.DefaultValue, m.limits.InputDepth); err != nil {
			return err
		}
	}
	return m.selections(operation.SelectionSet)
}

// selections recurses as deep as the parser did, which stops at 1,000.
func (m *measure) selections(set ast.SelectionSet) *gqlerror.Error {
	for _, selection := range set {
		m.work++
		var directives ast.DirectiveList
		var children ast.SelectionSet
		switch selection := selection.(type) {
		case *ast.Field:
			if selection.Alias != selection.Name {
				m.aliases++
			}
			if m.aliases > m.limits.Aliases {
				return refuse(codeTooManyAliases, m.limits.Aliases, selection.Position,
					"The query renames more than %d fields; ask for many things by a list of ids, or in several queries.")
			}
			if err := m.arguments(selection.Arguments); err != nil {
				return err
			}
			directives, children = selection.Directives, selection.SelectionSet
		case *ast.InlineFragment:
			directives, children = selection.Directives, selection.SelectionSet
		case *ast.FragmentSpread:
			directives = selection.Directives
		}
		if err := m.directives(directives); err != nil {
			return err
		}
		if err := m.selections(children); err != nil {
			return err
		}
	}
	return nil
}

func (m *measure) directives(list ast.DirectiveList) *gqlerror.Error {
	if len(list) > m.limits.Directives {
		return refuse(codeTooManyDirectives, m.limits.Directives, list[m.limits.Directives].Position,
			"One place carries more than %d directives; @skip and @include are needed once each.")
	}
	for _, directive := range list {
		m.work++
		if err := m.arguments(directive.Arguments); err != nil {
			return err
		}
	}
	return nil
}

func (m *measure) arguments(list ast.ArgumentList) *gqlerror.Error {
	for _, argument := range list {
		if err := m.literal(argument.Value, m.limits.InputDepth); err != nil {
			return err
		}
	}
	return nil
}

// literal refuses a value in which lists and objects nest deeper than limit.
func (m *measure) literal(value *ast.Value, limit int) *gqlerror.Error {
	if value == nil {
		return nil
	}
	m.work++
	if limit == 0 && (value.Kind == ast.ListValue || value.Kind == ast.ObjectValue) {
		return refuse(codeInputTooDeep, m.limits.InputDepth, value.Position,
			"An argument nests lists or objects more than %d deep; flatten it.")
	}
	for _, child := range value.Children {
		if err := m.literal(child.Value, limit-1); err != nil {
			return err
		}
	}
	return nil
}
