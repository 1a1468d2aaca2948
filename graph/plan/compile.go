package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// MaxFields bounds the compiled fields of an operation. A selection is compiled once for every type that it selects
// differently, so a short document of nested type conditions could ask for very many.
const MaxFields = 10_000

// Compile compiles a validated query operation. vars are its coerced variables. An error is a [kg.Error] that names the
// argument, wrapped in an [ArgumentError] that knows the field.
func Compile(schema *ast.Schema, doc *ast.QueryDocument, op *ast.OperationDefinition, vars map[string]any) (*Operation, error) {
	c := &compiler{schema: schema, doc: doc, vars: vars}
	out := &Operation{}
	for _, g := range c.collect([]ast.SelectionSet{op.SelectionSet}, schema.Query) {
		root, err := c.root(g)
		if err != nil {
			return nil, err
		}
		out.Roots = append(out.Roots, root)
		if root.Query != nil {
			out.Cost += root.Query.Cost()
		}
	}
	const perField = 500 // with its part of the question
	out.Size = c.fields * perField
	return out, nil
}

// ArgumentError is an error in the arguments of a field.
type ArgumentError struct {
	Err   error
	Field *ast.Field
	Path  []string // the response keys from the root to the field
}

func (e *ArgumentError) Error() string { return e.Err.Error() }

// Unwrap gives the error itself.
func (e *ArgumentError) Unwrap() error { return e.Err }

type compiler struct {
	schema *ast.Schema
	doc    *ast.QueryDocument
	vars   map[string]any

	path   []string // of response keys, for errors
	fields int      // compiled so far

	conditions int // of filters so far

	shared, only int  // the largest groups that a comparison shows
	places       bool // whether a search shows what matched
}

// group is the selections of one response key, which the specification merges into one field.
type group struct {
	key    string
	fields []*ast.Field
}

func (g group) first() *ast.Field { return g.fields[0] }

func (g group) sets() []ast.SelectionSet {
	sets := make([]ast.SelectionSet, len(g.fields))
	for i, f := range g.fields {
		sets[i] = f.SelectionSet
	}
	return sets
}

func (g group) selections() ast.SelectionSet {
	var set ast.SelectionSet
	for _, f := range g.fields {
		set = append(set, f)
	}
	return set
}

// collect merges selection sets for one object type: the specification's CollectFields.
func (c *compiler) collect(sets []ast.SelectionSet, object *ast.Definition) []group {
	var groups []group
	seen := map[string]bool{}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, sel := range set {
			switch sel := sel.(type) {
			case *ast.Field:
				if !c.included(sel.Directives) {
					continue
				}
				at := slices.IndexFunc(groups, func(g group) bool { return g.key == sel.Alias })
				if at < 0 {
					groups = append(groups, group{key: sel.Alias})
					at = len(groups) - 1
				}
				groups[at].fields = append(groups[at].fields, sel)
			case *ast.InlineFragment:
				if c.included(sel.Directives) && c.applies(sel.TypeCondition, object) {
					walk(sel.SelectionSet)
				}
			case *ast.FragmentSpread:
				if seen[sel.Name] || !c.included(sel.Directives) {
					continue
				}
				seen[sel.Name] = true
				if f := c.doc.Fragments.ForName(sel.Name); c.applies(f.TypeCondition, object) {
					walk(f.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		walk(set)
	}
	return groups
}

func (c *compiler) included(directives ast.DirectiveList) bool {
	on := func(name string) (bool, bool) {
		d := directives.ForName(name)
		if d == nil {
			return false, false
		}
		v, err := d.Arguments.ForName("if").Value.Value(c.vars)
		b, _ := v.(bool)
		return b && err == nil, true
	}
	if skip, given := on("skip"); given && skip {
		return false
	}
	include, given := on("include")
	return !given || include
}

func (c *compiler) applies(condition string, object *ast.Definition) bool {
	return condition == "" || condition == object.Name || slices.Contains(object.Interfaces, condition)
}

// fail puts an error at the field that it is about.
func (c *compiler) fail(f *ast.Field, err error) error {
	if _, placed := err.(*ArgumentError); placed {
		return err
	}
	return &ArgumentError{err, f, slices.Clone(c.path)}
}

// field begins the field that a group makes.
func (c *compiler) field(g group, def *ast.FieldDefinition) *Field {
	c.fields++
	f := &Field{Key: g.key, Name: g.first().Name, AST: g.first()}
	if def != nil {
		f.NonNull = def.Type.NonNull
		f.ElemNonNull = def.Type.Elem != nil && def.Type.Elem.NonNull
	}
	return f
}

func (c *compiler) tooMany() error {
	return kg.Errorf(kg.TooLarge, "the operation selects over %d fields, counted once for each type that they are selected of: select less, or of fewer types", MaxFields).Over(MaxFields)
}

// root compiles a field of Query.
func (c *compiler) root(g group) (*Root, error) {
	sel := g.first()
	c.path = []string{g.key}
	if sel.Name == "__typename" {
		return &Root{Field: &Field{Key: g.key, Name: sel.Name, Op: OpTypename, Text: c.schema.Query.Name, NonNull: true}}, nil
	}
	def := c.schema.Query.Fields.ForName(sel.Name)
	f := c.field(g, def)
	if strings.HasPrefix(sel.Name, "__") {
		f.Op = OpIntrospection
		return &Root{Field: f, Merged: g.selections()}, nil
	}
	args, err := c.arguments(sel, def)
	if err != nil {
		return nil, c.fail(sel, err)
	}
	q := &kg.Query{}
	if err := rootArguments(q, args); err != nil {
		return nil, c.fail(sel, err)
	}
	result := c.schema.Types[def.Type.Name()]
	if q.Walk, err = c.walk(f.Name, result, args, q); err == nil && q.Walk != nil {
		err = c.walked(f, g, result, args, q)
	} else if err == nil && f.Name == "distance" {
		err = distance(f, args, q)
	} else if err == nil && isConnection(result) {
		f.Op = OpConnection
		follow := kg.Follow{List: kg.List{Kinds: kindsOf(c.schema, nodeType(c.schema, result))}}
		err = c.connection(f, g, result, &follow, args)
		q.List = follow.List
	} else if err == nil {
		err = c.byID(f, g, def, result, args, q)
	}
	if err != nil {
		return nil, c.fail(sel, err)
	}
	return &Root{Field: f, Query: q}, nil
}

// byID compiles a root field that gives things by an id of theirs.
func (c *compiler) byID(f *Field, g group, def *ast.FieldDefinition, result *ast.Definition, args map[string]any, q *kg.Query) (err error) {
	f.Op = OpSingle
	if def.Type.Elem != nil {
		f.Op = OpRows
	}
	kinds := kindsOf(c.schema, result)
	q.List = kg.List{Kinds: kinds, States: kg.AnyState, Unpaged: true, Select: &kg.Select{}}
	switch f.Name {
	case "node":
		id, err := parseID(args["id"])
		if err != nil {
			return inField("id", err)
		}
		q.IDs = []kg.ID{id}
	case "entity":
		id, err := parseEntityID(args["id"])
		if err != nil {
			return inField("id", err)
		}
		q.IDs = []kg.ID{id}
	case "nodes":
		if q.IDs, err = parseIDs(args["ids"]); err != nil {
			return inField("ids", err)
		}
	case "identified":
		scheme, _ := args["scheme"].(string)
		value, _ := args["value"].(string)
		if err := (kg.Identifier{Scheme: scheme, Value: value}).Check(); err != nil {
			return err
		}
		q.Where = kg.Identified{Scheme: scheme, Value: value}
		q.Order = []kg.Order{{Field: kg.FieldID}}
		q.First = maxPage
	}
	if q.IDs != nil {
		q.First = len(q.IDs)
	}
	f.Sub, err = c.nodes(g.sets(), result, kinds, newSelecting(q.Select))
	return err
}

// rootArguments reads what only root fields take: asOf and knownAt.
func rootArguments(q *kg.Query, args map[string]any) error {
	var err error
	if q.AsOf, err = day(args, "asOf"); err != nil {
		return err
	}
	q.KnownAt, err = moment(args, "knownAt")
	return err
}

// moment reads an argument that is a moment of knowledge; zero if it is not given.
func moment(args map[string]any, name string) (time.Time, error) {
	s, ok := args[name].(string)
	if !ok {
		return time.Time{}, nil
	}
	t, err := kg.ParseMoment(s)
	if err != nil {
		return time.Time{}, inField(name, err)
	}
	return t, nil
}

// day reads an argument that is a single day.
func day(args map[string]any, name string) (*kg.Day, error) {
	s, ok := args[name].(string)
	if !ok {
		return nil, nil
	}
	d, err := kg.ParseDay(s)
	if err != nil {
		return nil, inField(name, err)
	}
	return &d, nil
}
