package server

import (
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Bounds of what an explanation repeats, of the request or of the schema.
const (
	quotedBytes = 60 // of a name or a value
	namesShown  = 5  // operations of a document
	typesShown  = 3  // types that have a field
	valuesShown = 12 // values of an enum
)

// checkOperation says which operations there are if the one asked for is not. gqlgen
// would say "operation  not found", even where no name was given.
func checkOperation(all ast.OperationList, name string) *gqlerror.Error {
	if all.ForName(name) != nil {
		return nil
	}
	var err *gqlerror.Error
	switch {
	case len(all) == 0:
		err = gqlerror.Errorf("the document has no operation: write one, such as { statistics { facts } }")
	case name == "":
		err = gqlerror.Errorf("the document has several operations: name one in operationName")
	case len(all) == 1 && all[0].Name == "":
		err = gqlerror.Errorf("no operation %q: the document's only one has no name, so leave operationName out", cut(name, quotedBytes))
	default:
		var names []string
		for _, operation := range all {
			names = append(names, cut(operation.Name, quotedBytes))
		}
		err = gqlerror.Errorf("no operation %q: the document has %s", cut(name, quotedBytes), listed(names, namesShown))
	}
	errcode.Set(err, errcode.ValidationFailed)
	return err
}

// listed joins names, the first of them where they are many.
func listed(names []string, most int) string {
	list := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}

// explain puts better sentences into gqlgen's errors about a request. It knows them
// by their form; one whose form changes keeps gqlgen's sentence.
func explain(errs gqlerror.List, schema *ast.Schema, operation *graphql.OperationContext, variables map[string]any) {
	for _, err := range errs {
		switch {
		case err.Extensions["code"] != errcode.ValidationFailed:
		case operation.Operation != nil && len(err.Path) > 1 && err.Path[0] == ast.PathName("variable"):
			explainVariable(err, schema, operation.Operation, variables)
		case operation.Operation == nil:
			explainName(err, schema)
		}
	}
}

// explainVariable says which value of which type is wrong. Of 2.5 for an Int,
// gqlparser says "cannot use value 0 as Int".
func explainVariable(err *gqlerror.Error, schema *ast.Schema, operation *ast.OperationDefinition, variables map[string]any) {
	name, _ := err.Path[1].(ast.PathName)
	definition := operation.VariableDefinitions.ForName(string(name))
	value, given := variables[string(name)]
	if definition == nil {
		return
	}
	at, steps := definition.Position, err.Path[2:]
	err.Path, err.Locations = nil, []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	where, wanted := "$"+cut(string(name), quotedBytes), definition.Type
	for _, step := range steps {
		switch step := step.(type) {
		case ast.PathIndex:
			wanted = wanted.Elem
			if list, ok := value.([]any); ok { // else one value stands for a list of it
				where, value = fmt.Sprintf("%s[%d]", where, step), list[step]
			}
		case ast.PathName:
			field := schema.Types[wanted.NamedType].Fields.ForName(string(step))
			if field == nil {
				err.Message = fmt.Sprintf("The variable %s is not right: %s has no field %s.", where, wanted.NamedType, cut(string(step), quotedBytes))
				suggest(err, string(step), fieldNames(schema.Types[wanted.NamedType]))
				return
			}
			object, _ := value.(map[string]any)
			value, given = object[string(step)]
			where, wanted = where+"."+field.Name, field.Type
		}
	}
	err.Message = fmt.Sprintf("The variable %s is %s: it must be of type %s.", where, quote(value, given), wanted)
	if of := schema.Types[wanted.Name()]; of.Kind == ast.Enum {
		misspelt, _ := value.(string)
		suggestValue(err, misspelt, of)
	}
}

// quote shows a value of JSON, briefly.
func quote(value any, given bool) string {
	switch value := value.(type) {
	case nil:
		if !given {
			return "missing"
		}
		return "null"
	case string:
		return fmt.Sprintf("%q", cut(value, quotedBytes))
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return cut(fmt.Sprint(value), quotedBytes)
}
