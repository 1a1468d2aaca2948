// Package table makes files of answers: it asks an operation with one root field page after page, and writes what comes as rows of
// a table, as lines of JSON, or as features of a map.
//
// It asks through a function that it is given and knows no store; what an operation may cost is for whoever answers to say.
package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// pageSize is how many are asked for at once where the operation does not say.
const pageSize = "100"

// Listing is an operation with one root field, made ready to be asked page after page.
type Listing struct {
	// Query is the operation: of a connection it asks for a page, and for what follows it.
	Query string
	// Name is the root field's, as the schema has it.
	Name string
	// Cursor is the variable that takes the cursor of a page; "" where the root field is no connection.
	Cursor string

	key      string // the response key of the root field
	elements string // the response key of a connection's list
	columns  []string
	places   []place
}

// New reads an operation that is valid under a schema: the one of that name, or the only one. It must have one root field, which
// may be a list, a connection of which either nodes or edges are selected, or anything else, which is a list of one.
func New(schema *ast.Schema, query, operationName string) (*Listing, error) {
	doc, errs := gqlparser.LoadQueryWithRules(schema, query, nil) // which is ours to change
	if len(errs) > 0 {
		return nil, errs
	}
	op := doc.Operations.ForName(operationName)
	if op == nil {
		return nil, errors.New("the document has several operations: name the one to run, by operationName")
	}
	roots := merged(doc, []ast.SelectionSet{op.SelectionSet})
	if len(roots) != 1 {
		return nil, errors.New("a file is made of one root field, and the operation has another number: ask for each by itself")
	}
	root := roots[0]
	l := &Listing{Name: root.fields[0].Name, key: root.key}
	sets := root.sets()
	if t := schema.Types[root.fields[0].Definition.Type.Name()]; strings.HasSuffix(t.Name, "Connection") {
		if l.Cursor = root.page(op); l.Cursor == "" {
			return nil, fmt.Errorf("%s is not paged", l.Name)
		}
		var lists []selected
		for _, f := range merged(doc, sets) {
			if f.isList() {
				lists = append(lists, f)
			}
		}
		if len(lists) != 1 || !isElements(lists[0].key) {
			return nil, fmt.Errorf("a file is made of the nodes of %s or of its edges: select one of them, and no facets", l.Name)
		}
		l.elements, sets = lists[0].key, lists[0].sets()
		root.addPageInfo(schema)
	}
	l.columns = columns(doc, nil, "", sets)
	l.places = places(doc, sets)
	var text bytes.Buffer
	formatter.NewFormatter(&text, formatter.WithIndent(" ")).FormatQueryDocument(only(doc, op))
	l.Query = text.String()
	return l, nil
}

// only is a document with one of its operations, and all fragments, of which those must go that it does not use: a document may hold
// none that nothing uses.
func only(doc *ast.QueryDocument, op *ast.OperationDefinition) *ast.QueryDocument {
	used := map[string]bool{}
	var look func(ast.SelectionSet)
	look = func(set ast.SelectionSet) {
		for _, sel := range set {
			switch sel := sel.(type) {
			case *ast.Field:
				look(sel.SelectionSet)
			case *ast.InlineFragment:
				look(sel.SelectionSet)
			case *ast.FragmentSpread:
				if !used[sel.Name] {
					used[sel.Name] = true
					look(doc.Fragments.ForName(sel.Name).SelectionSet)
				}
			}
		}
	}
	look(op.SelectionSet)
	out := &ast.QueryDocument{Operations: ast.OperationList{op}}
	for _, f := range doc.Fragments {
		if used[f.Name] {
			out.Fragments = append(out.Fragments, f)
		}
	}
	return out
}

// page lets the root field take a cursor from a variable, whose name it gives; "" where the field takes none. A cursor that stands
// in the operation is where the first page begins.
func (s selected) page(op *ast.OperationDefinition) string {
	def := s.fields[0].Definition.Arguments
	if def.ForName("after") == nil || def.ForName("first") == nil {
		return ""
	}
	var begin *ast.Value
	if after := s.fields[0].Arguments.ForName("after"); after != nil {
		if after.Value.Kind == ast.Variable {
			s.addFirst()
			return after.Value.Raw
		}
		begin = after.Value
	}
	name := "after"
	for op.VariableDefinitions.ForName(name) != nil {
		name += "_"
	}
	op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: name, Type: ast.NamedType("String", nil), DefaultValue: begin})
	for _, f := range s.fields {
		f.Arguments = append(without(f.Arguments, "after"), &ast.Argument{Name: "after", Value: &ast.Value{Kind: ast.Variable, Raw: name}})
	}
	s.addFirst()
	return name
}

func (s selected) addFirst() {
	for _, f := range s.fields {
		if f.Arguments.ForName("first") == nil {
			f.Arguments = append(f.Arguments, &ast.Argument{Name: "first", Value: &ast.Value{Kind: ast.IntValue, Raw: pageSize}})
		}
	}
}

func without(list ast.ArgumentList, name string) ast.ArgumentList {
	var out ast.ArgumentList
	for _, a := range list {
		if a.Name != name {
			out = append(out, a)
		}
	}
	return out
}

// addPageInfo selects what says whether there is another page.
func (s selected) addPageInfo(schema *ast.Schema) {
	field := func(t *ast.Definition, name string, set ast.SelectionSet) *ast.Field {
		return &ast.Field{Alias: name, Name: name, SelectionSet: set, Definition: t.Fields.ForName(name), ObjectDefinition: t}
	}
	info := schema.Types["PageInfo"]
	first := s.fields[0]
	first.SelectionSet = append(first.SelectionSet, field(schema.Types[first.Definition.Type.Name()], "pageInfo", ast.SelectionSet{
		field(info, "hasNextPage", nil), field(info, "endCursor", nil)}))
}

// Read gives the records of an answer's data, and the cursor behind which more follow, "" where nothing does.
func (l *Listing) Read(data []byte) (records []any, next string, err error) {
	decoded, err := Decode(data)
	if err != nil {
		return nil, "", err
	}
	fields, _ := decoded.(Object)
	value := fields.Get(l.key)
	o, _ := value.(Object)
	switch list, isList := value.([]any); {
	case value == nil:
		return nil, "", nil
	case isList:
		return list, "", nil
	case l.elements == "":
		return []any{value}, "", nil
	}
	records, _ = o.Get(l.elements).([]any)
	info, _ := o.Get("pageInfo").(Object)
	if more, _ := info.Get("hasNextPage").(bool); more {
		next, _ = info.Get("endCursor").(string)
	}
	return records, next, nil
}

// Write asks for page after page and writes their records. ask gives the data of the answer for a cursor, nil for the first page,
// and wrote, if not nil, is told after each page how many records there were so far.
func (l *Listing) Write(to Writer, ask func(cursor *string) ([]byte, error), wrote func(records int) error) error {
	var cursor *string
	for n := 0; ; {
		data, err := ask(cursor)
		if err != nil {
			return err
		}
		records, next, err := l.Read(data)
		if err != nil {
			return err
		}
		for _, r := range records {
			if err := to.Write(r); err != nil {
				return err
			}
		}
		n += len(records)
		if next == "" || cursor != nil && *cursor == next {
			return to.End()
		}
		if wrote != nil {
			if err := wrote(n); err != nil {
				return err
			}
		}
		cursor = &next
	}
}
