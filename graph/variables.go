package graph

import (
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// readVariables makes of the variables of an operation, as gqlparser coerces them, what the specification wants: values as JSON
// has them, and those of enums to the letter. Its error has the form of gqlparser's own, and says at which value it is.
func readVariables(schema *ast.Schema, oc *graphql.OperationContext) error {
	for name, v := range oc.Variables {
		oc.Variables[name] = asJSON(v)
	}
	for _, d := range oc.Operation.VariableDefinitions {
		if wrong := inexact(schema, d.Type, oc.Variables[d.Variable]); wrong != nil {
			wrong.Path = append(ast.Path{ast.PathName("variable"), ast.PathName(d.Variable)}, wrong.Path...)
			wrong.Locations = []gqlerror.Location{{Line: d.Position.Line, Column: d.Position.Column}}
			return wrong
		}
	}
	return nil
}

// inexact finds a value of an enum that is written in other letters, such as desc for DESC, which gqlparser lets pass. The path of
// the error leads to it from v.
func inexact(schema *ast.Schema, t *ast.Type, v any) *gqlerror.Error {
	within := func(step ast.PathElement, t *ast.Type, v any) *gqlerror.Error {
		wrong := inexact(schema, t, v)
		if wrong != nil {
			wrong.Path = append(ast.Path{step}, wrong.Path...)
		}
		return wrong
	}
	switch v := v.(type) {
	case []any:
		if t.Elem == nil { // a scalar of our own, which may be anything
			return nil
		}
		for i, x := range v {
			if wrong := within(ast.PathIndex(i), t.Elem, x); wrong != nil {
				return wrong
			}
		}
	case map[string]any:
		for _, f := range schema.Types[t.Name()].Fields {
			if wrong := within(ast.PathName(f.Name), f.Type, v[f.Name]); wrong != nil {
				return wrong
			}
		}
	case string:
		if of := schema.Types[t.Name()]; of.Kind == ast.Enum && of.EnumValues.ForName(v) == nil {
			err := gqlerror.Errorf("%s is not a valid %s", v, of.Name)
			errcode.Set(err, errcode.ValidationFailed)
			return err
		}
	}
	return nil
}

// asJSON gives a variable as JSON makes it. Where one value stands for a list of it, gqlparser makes a list of that value's own
// type, such as []string, which nobody who reads variables expects.
func asJSON(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			v[k] = asJSON(x)
		}
		return v
	case []any:
		for i, x := range v {
			v[i] = asJSON(x)
		}
		return v
	}
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return v
	}
	out := make([]any, list.Len())
	for i := range out {
		out[i] = asJSON(list.Index(i).Interface())
	}
	return out
}
