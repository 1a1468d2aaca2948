package server

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ententegraph/entente/internal/kg"
)

// explainName says of a name that there is not which one may have been meant. gqlparser's rules would, see [plainRules], but for
// each of a thousand errors, where this is for those that are shown; and equally near types they name in the order of a map.
func explainName(err *gqlerror.Error, schema *ast.Schema) {
	if len(err.Message) > messageBytes { // a long name is near none
		return
	}
	var name, of string
	says := func(form string, words ...any) bool {
		_, unlike := fmt.Sscanf(err.Message, form, words...)
		return unlike == nil
	}
	switch {
	case says("Cannot query field %q on type %q.", &name, &of):
		explainField(err, schema, name, schema.Types[of])
	case says("Field %q of type %q must have a selection of subfields.", &name, &of):
		err.Message += fmt.Sprintf(" Did you mean %s { … }?", name)
	case says("Unknown argument %q on field %q.", &name, &of):
		parent, field, _ := strings.Cut(of, ".")
		if of := schema.Types[parent].Fields.ForName(field); of != nil { // __typename is nobody's
			suggest(err, name, argumentNames(of.Arguments))
		}
	case says("Unknown argument %q on directive %q.", &name, &of):
		suggest(err, name, argumentNames(schema.Directives[strings.TrimPrefix(of, "@")].Arguments))
	case says("Field %q is not defined by type %q.", &name, &of):
		if names := fieldNames(schema.Types[of]); suggest(err, name, names) == "" && len(names) > 0 {
			err.Message += fmt.Sprintf(" There are %s.", listed(names, valuesShown))
		}
	case says("Expected value of type %q, found", &of):
		if input := schema.Types[strings.Trim(of, "[]!")]; input != nil && input.Kind == ast.InputObject {
			err.Message += fmt.Sprintf(" Write { … } with some of %s.", listed(fieldNames(input), valuesShown))
		}
	case says("Unknown type %q.", &name):
		suggest(err, name, typeNames(schema))
	case says("Value %q does not exist in %q enum.", &name, &of), says("Enum %q cannot represent non-enum value: %q.", &of, &name):
		suggestValue(err, name, schema.Types[strings.Trim(of, "[]!")])
	}
}

// suggest says which of the names was meant, if one is near, and gives it.
func suggest(err *gqlerror.Error, misspelt string, names []string) string {
	near := kg.Nearest(misspelt, names)
	if near != "" {
		err.Message += fmt.Sprintf(" Did you mean %s?", near)
	}
	return near
}

// suggestValue says which value of an enum was meant, or else which there are.
func suggestValue(err *gqlerror.Error, misspelt string, enum *ast.Definition) {
	var values []string
	for _, v := range enum.EnumValues {
		values = append(values, v.Name)
	}
	if suggest(err, misspelt, values) == "" {
		err.Message += fmt.Sprintf(" There are %s.", listed(values, valuesShown))
	}
}

// explainField says which field was meant. Of an interface or a union that may be one of the types behind it.
func explainField(err *gqlerror.Error, schema *ast.Schema, name string, of *ast.Definition) {
	if sayWhoHas(err, schema, name, of) || suggest(err, name, fieldNames(of)) != "" {
		return
	}
	if near := suggest(err, name, fieldNames(schema.GetPossibleTypes(of)...)); near != "" {
		sayWhoHas(err, schema, near, of)
	}
}

// sayWhoHas says which of the types behind an interface or a union have a field, and how to ask for it, if any has it.
func sayWhoHas(err *gqlerror.Error, schema *ast.Schema, name string, of *ast.Definition) bool {
	var types []string
	selected := name
	for _, possible := range schema.GetPossibleTypes(of) {
		if field := possible.Fields.ForName(name); field != nil {
			types = append(types, possible.Name)
			if schema.Types[field.Type.Name()].IsCompositeType() {
				selected = name + " { … }"
			}
		}
	}
	if len(types) == 0 {
		return false
	}
	slices.Sort(types)
	have := strings.Join(types[:min(len(types), typesShown)], ", ")
	switch {
	case len(types) > typesShown:
		have += " and others have"
	case len(types) > 1:
		have += " have"
	default:
		have += " has"
	}
	err.Message += fmt.Sprintf(" %s it: write ... on %s { %s }", have, types[0], selected)
	return true
}

// typeNames gives the types of the schema, and fieldNames the fields of some, but for those of introspection.
func typeNames(schema *ast.Schema) []string {
	return slices.DeleteFunc(slices.Collect(maps.Keys(schema.Types)), ofIntrospection)
}

func fieldNames(types ...*ast.Definition) []string {
	var names []string
	for _, t := range types {
		for _, f := range t.Fields {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), ofIntrospection) // types behind one interface share most of theirs
}

func ofIntrospection(name string) bool { return strings.HasPrefix(name, "__") }

func argumentNames(list ast.ArgumentDefinitionList) []string {
	var names []string
	for _, a := range list {
		names = append(names, a.Name)
	}
	return names
}
