// Package plan compiles a GraphQL operation into what a store is asked and how its answer is read.
//
// Each root field becomes one [kg.Query], which the store answers in one call, and one tree of [Field], which says for every
// selected field where in the answer its value stands. Fragments, aliases, variables, @skip and @include are gone from both.
// What relation fields follow, and what filters and orders mean, is read from the schema and from kg's table of kinds; there
// is no code for a single type.
package plan

import (
	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// Operation is a compiled query operation.
type Operation struct {
	Roots []*Root // in the order of the answer
	Size  int     // about how many bytes it takes
	Cost  int     // how many nodes the answer can hold at most, see [kg.Query.Cost]
}

// Root is a root field and the question that answers it.
type Root struct {
	Field *Field
	Query *kg.Query // nil for what needs no store: __typename and introspection
	// Merged are the selections of an introspection field, which gqlgen answers.
	Merged ast.SelectionSet
}

// Field is one field of an answer.
type Field struct {
	Key     string // the response key: its alias, or its name
	Name    string // as the schema has it
	Op      Op
	NonNull bool
	// ElemNonNull says that the elements of a list must not be null.
	ElemNonNull bool
	// AST is the first of the selections that were merged into it.
	AST *ast.Field

	Value *kg.Field // what OpValue reads
	Text  string    // what OpTypename says
	Langs []string  // the languages that OpName prefers
	Page  int       // the position in Row.Pages where its list stands
	List  *List     // for connections: what its cursors and pages rest on
	Sub   *Selection
	First int    // how many of a list that the answer holds whole
	Facet [2]int // for facets: the positions in Page.Facets, from and to
}

// List is what the pages of one connection rest on.
type List struct {
	kg.List
	Fingerprint uint32
}

// Op says how a field's value is found.
type Op uint8

// Ops on a node: an entity, a fact, a source or a piece of evidence.
const (
	OpTypename Op = iota + 1
	OpValue
	OpName
	OpNames
	OpIdentifiers
	OpLocation
	OpBasedOn
	OpCertain
	OpDistance   // in kilometres between the ends of a fact, or between two entities
	OpConnection // a page of nodes, with edges
	OpRows       // a page of nodes as a plain list
	OpSingle     // the only node of a page, or null

	OpWalk // what a walk found, written by the type of the field

	// OpStruct is for what hangs on no node: the fields of Name, Point, PageInfo, of connections and edges. The name says it.
	OpStruct
	// OpIntrospection is left to gqlgen.
	OpIntrospection
)

// Selection is a compiled selection set: for a set of nodes one object a kind, else one for all.
type Selection struct {
	kinds  [kinds]*Object
	object *Object
}

const kinds = 32 // as many as a kg.KindSet holds

// Object is what is selected of one object type, in the order of the answer.
type Object struct {
	Type   string
	Fields []*Field
}

// Of gives what is selected of a node of a kind; never nil for a kind that the field's type allows.
func (s *Selection) Of(k kg.Kind) *Object { return s.kinds[k] }

// Struct gives what is selected of something that is no node.
func (s *Selection) Struct() *Object { return s.object }

// Field finds a field of the object by its response key, nil if it was not selected.
func (o *Object) Field(key string) *Field {
	for _, f := range o.Fields {
		if f.Key == key {
			return f
		}
	}
	return nil
}
