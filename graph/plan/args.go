package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// arguments reads a field's arguments: what was not written, or is null, is not in the result unless it has a default.
func (c *compiler) arguments(f *ast.Field, def *ast.FieldDefinition) (map[string]any, error) {
	args := map[string]any{}
	for _, d := range def.Arguments {
		value := d.DefaultValue
		if given := f.Arguments.ForName(d.Name); given != nil && !c.isNull(given.Value) {
			value = given.Value
		}
		if value == nil {
			if d.Type.NonNull {
				return nil, kg.Errorf(kg.BadInput, "null is not a %s", d.Type).In(d.Name)
			}
			continue
		}
		if bad := objectInPlace(value); bad != nil {
			return nil, kg.Errorf(kg.BadInput, "an object stands where a value of type %s is wanted", bad.Definition.Name).In(d.Name)
		}
		v, err := value.Value(c.vars)
		if err != nil {
			// The parser leaves numbers to us, however long.
			return nil, kg.Errorf(kg.BadInput, "%s is out of bounds", short(value.Raw)).In(d.Name)
		}
		if d.Type.Elem != nil {
			v = asList(v)
		}
		args[d.Name] = v
	}
	return args, nil
}

// objectInPlace finds an object that stands in the place of another value, which the parser lets pass if it is empty; nil where there is none.
func objectInPlace(v *ast.Value) *ast.Value {
	if v.Kind == ast.ObjectValue && v.Definition != nil && v.Definition.Kind != ast.InputObject {
		return v
	}
	for _, child := range v.Children {
		if bad := objectInPlace(child.Value); bad != nil {
			return bad
		}
	}
	return nil
}

// isNull says whether a value is null, or a variable that was not given.
func (c *compiler) isNull(v *ast.Value) bool {
	if v.Kind == ast.NullValue {
		return true
	}
	return v.Kind == ast.Variable && c.vars[v.Raw] == nil
}

// asList is the specification's coercion: one value stands for a list of it.
func asList(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}

// pageSize reads `first`; bound is the largest allowed.
func pageSize(args map[string]any, bound int) (int, error) {
	n, err := integer(args["first"])
	if err == nil && (n < 0 || n > int64(bound)) {
		err = kg.Errorf(kg.BadInput, "%d is out of bounds: a page has 0 to %d", n, bound)
	}
	if err != nil {
		return 0, inField("first", err)
	}
	return int(n), nil
}

func integer(v any) (int64, error) {
	switch v := v.(type) {
	case int64:
		if v >= math.MinInt32 && v <= math.MaxInt32 {
			return v, nil
		}
	case int:
		return integer(int64(v))
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return integer(n)
		}
	}
	return 0, kg.Errorf(kg.BadInput, "%s is not a whole number of 32 bits", shown(v))
}

func float(v any) (float64, error) {
	switch v := v.(type) {
	case int64:
		return float64(v), nil
	case int:
		return float64(v), nil
	case float64:
		return v, nil
	case json.Number:
		if x, err := v.Float64(); err == nil {
			return x, nil
		}
	}
	return 0, kg.Errorf(kg.BadInput, "%s is not a number", shown(v))
}

func text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case int64, int:
		return fmt.Sprint(v), nil // an ID may be written as a number
	}
	return "", kg.Errorf(kg.BadInput, "%s is not text", short(fmt.Sprint(v)))
}

// maxList bounds the values of a list in an argument, ids as well as others.
const maxList = 100

// list reads a list, within its bound.
func list(v any) ([]any, error) {
	l := asList(v)
	if len(l) > maxList {
		return nil, kg.Errorf(kg.BadInput, "%d values are too many: at most %d", len(l), maxList)
	}
	return l, nil
}

func texts(v any) ([]string, error) {
	l, err := list(v)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, e := range l {
		s, err := text(e)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// parseID reads the id of anything that has one.
func parseID(v any) (kg.ID, error) {
	s, err := text(v)
	if err != nil {
		return "", err
	}
	prefix, key, err := kg.ParseID(s)
	if err != nil {
		return "", err
	}
	if k := kg.KindOf(kg.ID(s)); k == kg.NoKind || k == kg.EvidenceKind {
		known := (kg.Entities | kg.SetOf(kg.SourceKind)).Prefixes()
		if near := kg.Nearest(prefix, known); near != "" {
			return "", kg.Errorf(kg.BadInput, "%q is not a kind: did you mean %s:%s?", short(prefix), near, short(key))
		}
		return "", kg.Errorf(kg.BadInput, "%q is not a kind: an id is kind:key, for example city:cn-jinan; kinds are %s, and those of facts", short(prefix), strings.Join(known, ", "))
	}
	return kg.ID(s), nil
}

// parseEntityID reads the id of an entity.
func parseEntityID(v any) (kg.ID, error) {
	id, err := parseID(v)
	if err == nil && !kg.KindOf(id).IsEntity() {
		return "", kg.Errorf(kg.BadInput, "%q is not the id of an entity, for example city:cn-jinan; ask for facts and sources by node", short(string(id)))
	}
	return id, err
}

func parseEntityIDs(v any) ([]kg.ID, error) {
	ids, err := parseIDs(v)
	for _, id := range ids {
		if err == nil {
			_, err = parseEntityID(string(id))
		}
	}
	return ids, err
}

func parseIDs(v any) ([]kg.ID, error) {
	l, err := list(v)
	if err != nil {
		return nil, err
	}
	ids := []kg.ID{}
	for _, e := range l {
		id, err := parseID(e)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// parseIDsOf reads ids of things of some kinds.
func parseIDsOf(v any, kinds kg.KindSet) ([]kg.ID, error) {
	ids, err := parseIDs(v)
	for _, id := range ids {
		if err == nil {
			err = kg.CheckID(id, kinds)
		}
	}
	return ids, err
}

// sortedKeys gives the keys of an input object in an order that does not change from run to run.
func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// inField puts an error of kg's in the argument or field that it is about.
func inField(name string, err error) error {
	var e *kg.Error
	if errors.As(err, &e) {
		return e.In(name)
	}
	return err
}

// shown shows a value that came from a client: text in quotation marks, as "5" is no number.
func shown(v any) string {
	if s, ok := v.(string); ok {
		return strconv.Quote(short(s))
	}
	return short(fmt.Sprint(v))
}

// short cuts what came from a client to what an error may repeat of it.
func short(s string) string {
	const most = 40
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
