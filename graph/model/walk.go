package model

import (
	"context"
	"time"

	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/kg"
)

// found is the base of what a walk found.
type found struct {
	page *kg.Page
	obj  *plan.Object
	day  kg.Day
}

func (x *found) set(to found) { *x = to }

func walked[T any](ctx context.Context) (*T, error) {
	a := find(ctx)
	if a.Err != nil {
		return nil, a.Err
	}
	t := any(new(T)).(interface{ set(found) })
	t.set(found{a.Page, a.Field.Sub.Struct(), a.Day})
	return any(t).(*T), nil
}

// within gives a part of what was found, for the field being resolved.
func (x *found) within(ctx context.Context, p *kg.Page) found {
	return found{p, selected(ctx, x.obj).Sub.Struct(), x.day}
}

func (x *found) rows(ctx context.Context, rows []kg.Row) []Node {
	return all(rows, selected(ctx, x.obj).Sub, x.day)
}

// Subgraph is the type of the schema.
type Subgraph struct{ found }

// Nodes is the field of the schema.
func (x *Subgraph) Nodes(ctx context.Context) []Entity {
	return nodes[Entity](x.rows(ctx, x.page.Rows))
}

// Facts is the field of the schema.
func (x *Subgraph) Facts(ctx context.Context) []Fact { return nodes[Fact](x.rows(ctx, x.page.Facts)) }

// Truncated is the field of the schema.
func (x *Subgraph) Truncated() bool { return x.page.Truncated }

// Omitted is the field of the schema.
func (x *Subgraph) Omitted() []*Omitted {
	out := []*Omitted{}
	for _, o := range x.page.Omitted {
		out = append(out, &Omitted{string(o.ID), int32(o.Count)})
	}
	return out
}

// Omitted is the type of the schema.
type Omitted struct {
	ID    string
	Count int32
}

// Paths is the type of the schema.
type Paths struct{ found }

// Exhausted is the field of the schema.
func (x *Paths) Exhausted() bool { return !x.page.More }

// Paths is the field of the schema.
func (x *Paths) Paths(ctx context.Context) []*Path {
	out := []*Path{}
	for i := range x.page.Groups {
		out = append(out, &Path{x.within(ctx, &x.page.Groups[i])})
	}
	return out
}

// Path is the type of the schema.
type Path struct{ found }

// Length is the field of the schema.
func (x *Path) Length() int32 { return int32(len(x.page.Facts)) }

// Nodes is the field of the schema.
func (x *Path) Nodes(ctx context.Context) []Entity { return nodes[Entity](x.rows(ctx, x.page.Rows)) }

// Facts is the field of the schema.
func (x *Path) Facts(ctx context.Context) []Fact { return nodes[Fact](x.rows(ctx, x.page.Facts)) }

// Confidence is the field of the schema.
func (x *Path) Confidence() float64 { return kg.PathConfidence(x.page.Facts) }

// Weakest is the field of the schema.
func (x *Path) Weakest(ctx context.Context) Fact {
	at := kg.Weakest(x.page.Facts)
	return node[Fact](one(x.page.Facts[at:at+1], selected(ctx, x.obj).Sub, x.day))
}

// Comparison is the type of the schema.
type Comparison struct{ found }

// Shared is the field of the schema.
func (x *Comparison) Shared(ctx context.Context) []*Shared {
	f := selected(ctx, x.obj)
	out := []*Shared{}
	for i := range x.page.Groups[0].Rows {
		if i < f.First {
			out = append(out, &Shared{&x.page.Groups[0].Rows[i], f.Sub.Struct(), x.day})
		}
	}
	return out
}

// Only is the field of the schema.
func (x *Comparison) Only(ctx context.Context) []*Only {
	out := []*Only{}
	for _, o := range plan.OnlyOf(x.page) {
		out = append(out, &Only{x.within(ctx, o.Page), string(o.ID)})
	}
	return out
}

// Shared is the type of the schema.
type Shared struct {
	row *kg.Row
	obj *plan.Object
	day kg.Day
}

// Entity is the field of the schema.
func (x *Shared) Entity(ctx context.Context) Entity {
	return node[Entity](wrapRow(x.row, selected(ctx, x.obj).Sub, x.day))
}

// Facts is the field of the schema.
func (x *Shared) Facts(ctx context.Context) []Fact {
	return nodes[Fact](all(x.row.Lead, selected(ctx, x.obj).Sub, x.day))
}

// Only is the type of the schema.
type Only struct {
	found
	ID string
}

// Entities is the field of the schema.
func (x *Only) Entities(ctx context.Context) []Entity {
	rows := x.page.Rows
	return nodes[Entity](x.rows(ctx, rows[:min(len(rows), selected(ctx, x.obj).First)]))
}

// Statistics is the type of the schema.
type Statistics struct{ found }

// Entities is the field of the schema.
func (x *Statistics) Entities() int32 { return int32(x.page.Statistics.Entities) }

// Facts is the field of the schema.
func (x *Statistics) Facts() int32 { return int32(x.page.Statistics.Facts) }

// Sources is the field of the schema.
func (x *Statistics) Sources() int32 { return int32(x.page.Statistics.Sources) }

// ByKind is the field of the schema.
func (x *Statistics) ByKind() []*Bucket {
	return buckets(plan.Labelled(kg.FieldKind, x.page.Statistics.ByKind))
}

// ByFact is the field of the schema.
func (x *Statistics) ByFact() []*Bucket {
	return buckets(plan.Labelled(kg.FieldKind, x.page.Statistics.ByFact))
}

// Quoted is the field of the schema.
func (x *Statistics) Quoted() int32 { return int32(x.page.Statistics.Quoted) }

// Corroborated is the field of the schema.
func (x *Statistics) Corroborated() int32 { return int32(x.page.Statistics.Corroborated) }

// BySourceClass is the field of the schema.
func (x *Statistics) BySourceClass() []*Bucket {
	return buckets(plan.Labelled(plan.SourceClass, x.page.Statistics.BySourceClass))
}

// TimelineItem is the type of the schema.
type TimelineItem struct{ Row }

// On is the field of the schema.
func (x *TimelineItem) On() string { return x.row.Moment.On.String() }

// Title is the field of the schema.
func (x *TimelineItem) Title() string { return x.row.Moment.Title }

// Entity is the field of the schema.
func (x *TimelineItem) Entity(ctx context.Context) Entity {
	if x.row.Entity == nil {
		return nil
	}
	return node[Entity](wrapRow(x.row, selected(ctx, x.obj).Sub, x.day))
}

// Fact is the field of the schema.
func (x *TimelineItem) Fact(ctx context.Context) Fact {
	if x.row.Fact == nil {
		return nil
	}
	return node[Fact](wrapRow(x.row, selected(ctx, x.obj).Sub, x.day))
}

// Difference is the type of the schema.
type Difference struct{ Row }

// Kind is the field of the schema.
func (x *Difference) Kind() string { return string(x.row.Difference.Kind) }

// At is the field of the schema.
func (x *Difference) At() string { return x.row.Difference.At.UTC().Format(time.RFC3339Nano) }

// Fact is the field of the schema.
func (x *Difference) Fact(ctx context.Context) Fact {
	return node[Fact](wrapRow(x.row, selected(ctx, x.obj).Sub, x.day))
}

// Before is the field of the schema.
func (x *Difference) Before(ctx context.Context) Fact {
	if x.row.Difference.Before == nil {
		return nil
	}
	return node[Fact](wrapRow(x.row.Difference.Before, selected(ctx, x.obj).Sub, x.day))
}

// Fields is the field of the schema.
func (x *Difference) Fields() []*FieldChange {
	out := []*FieldChange{}
	for _, c := range x.row.FieldChanges() {
		out = append(out, &FieldChange{c.Field, optional(c.Before), optional(c.After)})
	}
	return out
}

// FieldChange is the type of the schema.
type FieldChange struct {
	Field         string
	Before, After *string
}

func items[T any](ctx context.Context, c Connection, wrap func(Row) *T) []*T {
	out := []*T{}
	for i := range c.page.Rows {
		out = append(out, wrap(Row{&c.page.Rows[i], selected(ctx, c.obj).Sub.Struct(), c.day}))
	}
	return out
}

func item(ctx context.Context, e Edge) Row {
	return Row{e.row, selected(ctx, e.obj).Sub.Struct(), e.day}
}

// Facet is the type of the schema.
type Facet struct {
	By      string
	Buckets []*Bucket
}

// Bucket is the type of the schema.
type Bucket struct {
	Key, Label string
	Count      int32
}

func (c Connection) facets(ctx context.Context) []*Facet {
	f := selected(ctx, c.obj)
	out := []*Facet{}
	for i := f.Facet[0]; i < f.Facet[1]; i++ {
		out = append(out, &Facet{c.f.List.Facets[i].By, buckets(plan.Labelled(c.f.List.Facets[i].Field, c.page.Facets[i]))})
	}
	return out
}

func buckets(list []kg.Bucket) []*Bucket {
	out := []*Bucket{}
	for _, b := range list {
		out = append(out, &Bucket{b.Key, b.Label, int32(b.Count)})
	}
	return out
}
