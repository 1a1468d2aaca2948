// Package graph is the GraphQL edge: an executable schema that compiles an operation (package plan), asks the store once for
// each root field, and writes the answer straight from the rows.
//
// It stands around the schema that gqlgen generates. gqlgen keeps transports, parsing, validation, coercion of variables,
// extensions and introspection; query fields never reach its executor, which costs many times what an answer of rows costs to
// write. There is one way to read.
package graph

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ententegraph/entente/graph/generated"
	"github.com/ententegraph/entente/graph/model"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/recent"
	"github.com/ententegraph/entente/schema"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Reader answers questions; a [kg.Catalog] is one.
type Reader interface {
	Read(ctx context.Context, q *kg.Query) (*kg.Page, error)
}

// New makes the executable schema. now is the clock by which `certain` and singular relations are judged.
func New(r Reader, now func() time.Time, options ...Option) graphql.ExecutableSchema {
	return NewFor(schema.Load(), r, now, options...)
}

// Option changes what [New] makes.
type Option func(*executable)

// MaxNodes sets how many nodes an answer may hold by its page sizes. Without it, that is [kg.MaxNodes].
func MaxNodes(n int) Option { return func(x *executable) { x.maxNodes = n } }

// NewFor makes the executable schema of an SDL that has more than ours: kinds, facts and fields that the table of kinds
// declares too.
func NewFor(s *ast.Schema, r Reader, now func() time.Time, options ...Option) graphql.ExecutableSchema {
	x := &executable{
		ExecutableSchema: generated.NewExecutableSchema(generated.Config{Schema: s, Resolvers: resolvers{}}),
		reader:           r,
		now:              now,
		compiled:         newCompiled(),
		maxNodes:         kg.MaxNodes,
	}
	for _, set := range options {
		set(x)
	}
	return x
}

// Compiled says how what is kept of compiled operations has done, of a schema that [New] made.
func Compiled(s graphql.ExecutableSchema) recent.Stats {
	return s.(*executable).compiled.operations.Stats()
}

type executable struct {
	graphql.ExecutableSchema // gqlgen's, for the schema and introspection
	reader                   Reader
	now                      func() time.Time
	compiled                 compiled
	maxNodes                 int // of an answer, by its page sizes
}

// resolvers are gqlgen's way to the root fields: from answers that are there already.
type resolvers struct{}

func (resolvers) Query() generated.QueryResolver { return model.Query{} }

// costExtension is where an answer says what it cost, as a [kg.Cost].
const costExtension = "cost"

// Exec runs the operation in the context. What is wrong with its arguments is an error of the request, found before anything
// runs, and so is a cost above the limit; what goes wrong afterwards is an error at its root field.
func (x *executable) Exec(ctx context.Context) graphql.ResponseHandler {
	oc := graphql.GetOperationContext(ctx)
	op, err := x.compiled.compile(x.Schema(), oc)
	if err != nil {
		graphql.AddError(ctx, atField(err))
		return nil
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		cost := kg.Cost{Requested: op.Cost, Limit: x.maxNodes}
		if cost.Requested > cost.Limit {
			graphql.RegisterExtension(ctx, costExtension, cost)
			graphql.AddError(ctx, atField(x.tooCostly(op)))
			return &graphql.Response{}
		}
		resp := x.answer(ctx, op, &cost.Actual)
		graphql.RegisterExtension(ctx, costExtension, cost)
		return resp
	}
}

// tooCostly is the error at the root field with which an operation passes the limit.
func (x *executable) tooCostly(op *plan.Operation) error {
	err := kg.Errorf(kg.TooLarge, "by its page sizes the answer may hold %d nodes, %d are the most: ask for smaller pages (first) or fewer levels", op.Cost, x.maxNodes).Over(x.maxNodes)
	cost := 0
	for _, root := range op.Roots {
		if root.Query != nil {
			cost += root.Query.Cost()
		}
		if cost > x.maxNodes {
			return &plan.ArgumentError{Err: err, Field: root.Field.AST, Path: []string{root.Field.Key}}
		}
	}
	return err
}

// atField places an error in the arguments of a field where the field stands in the document and in the answer.
func atField(err error) error {
	var at *plan.ArgumentError
	if !errors.As(err, &at) {
		return err
	}
	e := &gqlerror.Error{Err: at.Err, Message: at.Err.Error()}
	for _, key := range at.Path {
		e.Path = append(e.Path, ast.PathName(key))
	}
	if p := at.Field.Position; p != nil {
		e.Locations = []gqlerror.Location{{Line: p.Line, Column: p.Column}}
	}
	return e
}

// answer asks the store for each root field and writes what comes. It adds the nodes that came to nodes.
func (x *executable) answer(ctx context.Context, op *plan.Operation, nodes *int) (resp *graphql.Response) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case tooLarge:
			graphql.AddError(ctx, kg.Errorf(kg.TooLarge, "the answer has over %d MB: ask for smaller pages (first), fewer levels or no texts", maxAnswer>>20).Over(maxAnswer))
			resp = &graphql.Response{Data: []byte("null")}
		default:
			panic(r)
		}
	}()
	w := &writer{ctx: ctx, b: make([]byte, 0, 4096)}
	introspected := x.introspect(ctx, op)
	ok := true
	w.b = append(w.b, '{')
	for i, root := range op.Roots {
		start := w.enter(i, root.Field)
		ok = w.leave(root.Field, start, x.root(w, root, introspected, nodes)) && ok
	}
	w.b = append(w.b, '}')
	if !ok {
		w.b = append(w.b[:0], "null"...)
	}
	return &graphql.Response{Data: w.b}
}

// root writes the value of a root field.
func (x *executable) root(w *writer, root *plan.Root, introspected map[string]json.RawMessage, nodes *int) bool {
	f := root.Field
	switch f.Op {
	case plan.OpTypename:
		w.b = appendString(w.b, f.Text)
		return true
	case plan.OpIntrospection:
		value, found := introspected[f.Key]
		w.b = append(w.b, value...)
		return found
	}
	w.day = x.today(root.Query)
	page, err := x.reader.Read(w.ctx, root.Query)
	if err != nil {
		w.fail(err, f.AST.Position)
		return false
	}
	*nodes += page.Nodes()
	return w.page(f, page)
}

func (x *executable) today(q *kg.Query) kg.Day {
	if q.AsOf != nil {
		return *q.AsOf
	}
	return kg.DayOf(x.now())
}

// introspect lets gqlgen's executor answer the introspection fields of an operation, by response key.
func (x *executable) introspect(ctx context.Context, op *plan.Operation) map[string]json.RawMessage {
	var only ast.SelectionSet
	oc := graphql.GetOperationContext(ctx)
	for _, root := range op.Roots {
		if root.Field.Op == plan.OpIntrospection {
			only = append(only, root.Merged...)
		}
	}
	if only == nil {
		return nil
	}
	operation := *oc.Operation
	operation.SelectionSet = only
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{
		Doc: oc.Doc, Operation: &operation, Variables: oc.Variables, DisableIntrospection: oc.DisableIntrospection,
		RecoverFunc: oc.RecoverFunc, ResolverMiddleware: oc.ResolverMiddleware, RootResolverMiddleware: oc.RootResolverMiddleware,
	})
	resp := x.ExecutableSchema.Exec(ctx)(ctx)
	var out map[string]json.RawMessage
	if err := json.Unmarshal(resp.Data, &out); err != nil {
		graphql.AddError(ctx, err)
	}
	return out
}
