// Package model holds the Go types that gqlgen's generated executor reads: one for every GraphQL object type, over the rows
// that a store answered. They decide nothing; what was compiled says where each value stands.
//
// Reading does not go through them (package graph writes answers itself, many times faster): they are there because gqlgen's
// executor runs introspection and, in the tests, is the oracle that the writer's bytes are compared with.
package model

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/kg"
)

// Node is the interface of the schema.
type Node interface{ IsNode() }

// IsNode says that every row is a node. Evidence is none in the schema, but handled as one.
func (Row) IsNode() {}

// Row is the base of every node's type.
type Row struct {
	row *kg.Row
	obj *plan.Object
	day kg.Day // on which `certain` is judged
}

// Connection is the base of every connection's type.
type Connection struct {
	page *kg.Page
	f    *plan.Field
	obj  *plan.Object
	day  kg.Day
}

// Edge is the base of every edge's type.
type Edge struct {
	row  *kg.Row
	list *plan.List
	obj  *plan.Object
	day  kg.Day
}

// The types of the schema that are no nodes.
type (
	// Name is the type of the schema.
	Name struct {
		Value string
		Lang  *string
		Kind  string
	}
	// Identifier is the type of the schema.
	Identifier struct {
		Scheme, Value string
		URL           *string
	}
	// Point is the type of the schema.
	Point struct{ Lat, Lon float64 }
	// PageInfo is the type of the schema.
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	// Highlight is the type of the schema.
	Highlight struct{ Start, End int32 }
	// Original is the type of the schema.
	Original struct {
		Title                       string
		Publisher, URL, PublishedOn *string
	}
)

// selected finds what was compiled of the field that gqlgen is resolving.
func selected(ctx context.Context, o *plan.Object) *plan.Field {
	return o.Field(graphql.GetFieldContext(ctx).Field.Alias)
}

func (x Row) value(name string) kg.Value {
	return x.row.Value(x.row.Kind().Decl().Field(name))
}

func (x Row) text(name string) *string {
	switch v := x.value(name).(type) {
	case string:
		return &v
	case kg.Date:
		s := v.String()
		return &s
	case time.Time:
		s := v.UTC().Format(time.RFC3339Nano)
		return &s
	}
	return nil
}

func (x Row) int(name string) *int32 {
	if v, ok := x.value(name).(int64); ok {
		n := int32(v)
		return &n
	}
	return nil
}

func (x Row) float(name string) *float64 {
	if v, ok := x.value(name).(float64); ok {
		return &v
	}
	return nil
}

// kilometres is how far apart the ends of a fact are.
func (x Row) kilometres(ctx context.Context) *float64 {
	if km, ok := selected(ctx, x.obj).DistanceOf(x.row); ok {
		return &km
	}
	return nil
}

// bool is the only one of its type: certain.
func (x Row) bool(string) *bool {
	v := x.row.Fact.CertainOn(x.day)
	return &v
}

func (x Row) name(lang []string) *string {
	s := x.row.Entity.Name(lang...)
	return &s
}

func (x Row) names(string) []*Name {
	out := []*Name{}
	for _, n := range x.row.Entity.Names {
		out = append(out, &Name{n.Value, optional(n.Lang), string(n.Kind)})
	}
	return out
}

func (x Row) identifiers(string) []*Identifier {
	out := []*Identifier{}
	for _, id := range x.row.Entity.Identifiers() {
		out = append(out, &Identifier{id.Scheme, id.Value, optional(id.URL())})
	}
	return out
}

func (x Row) point(string) *Point {
	if p := x.row.Entity.Location; p != nil {
		return &Point{p.Lat, p.Lon}
	}
	return nil
}

func (x Row) original(string) *Original {
	if o := x.row.Source.BasedOn; o != nil {
		return &Original{o.Title, optional(o.Publisher), optional(o.URL), optional(o.PublishedOn.String())}
	}
	return nil
}

func (x Row) connection(ctx context.Context) Connection {
	f := selected(ctx, x.obj)
	return Connection{&x.row.Pages[f.Page], f, f.Sub.Struct(), x.day}
}

// single gives the only node of a field that shows one.
func (x Row) single(ctx context.Context) Node {
	f := selected(ctx, x.obj)
	return one(x.row.Pages[f.Page].Rows, f.Sub, x.day)
}

func (x Row) evidence(ctx context.Context) []Node   { return x.rows(ctx) }
func (x Row) assertedBy(ctx context.Context) []Node { return x.rows(ctx) }
func (x Row) lineage(ctx context.Context) []Node    { return x.rows(ctx) }
func (x Row) decidedBy(ctx context.Context) []Node  { return x.rows(ctx) }

func (x Row) rows(ctx context.Context) []Node {
	f := selected(ctx, x.obj)
	return all(x.row.Pages[f.Page].Rows, f.Sub, x.day)
}

func (c Connection) int(string) *int32 {
	n := int32(c.page.Total)
	return &n
}

func (c Connection) pageInfo(string) *PageInfo {
	info := &PageInfo{HasNextPage: c.page.More, HasPreviousPage: c.f.List.After != nil}
	if rows := c.page.Rows; len(rows) > 0 {
		info.StartCursor = optional(c.f.List.Cursor(&rows[0]))
		info.EndCursor = optional(c.f.List.Cursor(&rows[len(rows)-1]))
	}
	return info
}

func (c Connection) nodes(ctx context.Context) []Node {
	return all(c.page.Rows, selected(ctx, c.obj).Sub, c.day)
}

func edges[E any](ctx context.Context, c Connection, wrap func(Edge) *E) []*E {
	f := selected(ctx, c.obj)
	out := []*E{}
	for i := range c.page.Rows {
		out = append(out, wrap(Edge{&c.page.Rows[i], c.f.List, f.Sub.Struct(), c.day}))
	}
	return out
}

func (e Edge) text(name string) *string {
	if name == "matched" {
		return &e.row.Matched
	}
	return optional(e.list.Cursor(e.row))
}

// float is the only one of its type: the score.
func (e Edge) float(string) *float64 { return &e.row.Score }

func (e Edge) node(ctx context.Context) Node {
	return wrapRow(e.row, selected(ctx, e.obj).Sub, e.day)
}

func (e Edge) highlights(string) []*Highlight {
	out := []*Highlight{}
	for _, s := range e.row.Places {
		out = append(out, &Highlight{int32(s.Start), int32(s.End)})
	}
	return out
}

func (e Edge) fact(ctx context.Context) Node { return one(e.row.Lead, selected(ctx, e.obj).Sub, e.day) }

func (e Edge) via(ctx context.Context) []Node {
	return all(e.row.Lead, selected(ctx, e.obj).Sub, e.day)
}

func wrapRow(r *kg.Row, s *plan.Selection, day kg.Day) Node {
	if r.Kind() == kg.NoKind {
		return nil
	}
	return wrap(Row{r, s.Of(r.Kind()), day})
}

func one(rows []kg.Row, s *plan.Selection, day kg.Day) Node {
	if len(rows) == 0 {
		return nil
	}
	return wrapRow(&rows[0], s, day)
}

func all(rows []kg.Row, s *plan.Selection, day kg.Day) []Node {
	out := []Node{}
	for i := range rows {
		out = append(out, wrapRow(&rows[i], s, day))
	}
	return out
}

// node gives a node as the type that a field has; nil stays nil.
func node[T any](n Node) T {
	t, _ := n.(T)
	return t
}

func nodes[T any](list []Node) []T {
	out := make([]T, len(list))
	for i, n := range list {
		out[i] = node[T](n)
	}
	return out
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
