package neo4jstore

import (
	"fmt"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"github.com/ententegraph/entente/internal/kg"
)

// columns collects the properties of a row, each with how it is read into the node. A part that nobody reads takes no column.
type columns[T any] struct {
	exprs []string
	reads []func(*T, any)
}

func (x *columns[T]) add(expr string, read func(*T, any)) {
	x.exprs = append(x.exprs, expr)
	x.reads = append(x.reads, read)
}

func (x *columns[T]) list() string { return "[" + strings.Join(x.exprs, ", ") + "]" }

func (x *columns[T]) read(into *T, v any) {
	list := v.([]any)
	for i, read := range x.reads {
		if list[i] != nil {
			read(into, list[i])
		}
	}
}

func (c *compiler) entityRow(n node, without kg.Parts) code[kg.Row] {
	var x columns[kg.Entity]
	x.add(n.prop("id"), func(e *kg.Entity, v any) {
		e.ID = kg.ID(v.(string))
		e.Kind = kg.KindOf(e.ID)
		e.Values = make([]kg.Value, len(e.Kind.Decl().Fields))
	})
	x.add(n.prop("name"), func(e *kg.Entity, v any) { e.Names = []kg.Name{{Value: v.(string), Kind: kg.Primary}} })
	x.add(n.prop("name_key"), func(e *kg.Entity, v any) { e.Key = v.(string) })
	if values := c.fields(n); values.expr != "null" {
		x.add(values.expr, func(e *kg.Entity, v any) { e.Values = values.read(v)(e.Kind) })
	}
	if without&kg.PartNames == 0 {
		x.add(n.prop("names"), func(e *kg.Entity, v any) { readJSON(v, &e.Names) })
	}
	if without&kg.PartDescription == 0 {
		x.add(n.prop("description"), func(e *kg.Entity, v any) { e.Description = v.(string) })
	}
	if without&kg.PartIdentifiers == 0 {
		x.add(n.prop("identifiers"), func(e *kg.Entity, v any) { readJSON(v, &e.Others) })
	}
	if without&kg.PartLocation == 0 {
		x.add(n.prop("location"), func(e *kg.Entity, v any) {
			p := v.(dbtype.Point2D)
			e.Location = &kg.Point{Lat: p.Y, Lon: p.X}
		})
	}
	if without&kg.PartEvidence == 0 {
		x.add(n.prop("evidence"), func(e *kg.Entity, v any) { e.Evidence = readEvidence(v) })
	}
	return code[kg.Row]{x.list(), func(v any) kg.Row {
		if v == nil {
			return kg.Row{}
		}
		e := &kg.Entity{}
		x.read(e, v)
		return kg.Row{Entity: e}
	}}
}

func (c *compiler) factRow(n node, without kg.Parts) code[kg.Row] {
	var x columns[kg.Fact]
	x.add(n.prop("id"), func(f *kg.Fact, v any) {
		f.ID = kg.ID(v.(string))
		f.Kind = kg.KindOf(f.ID)
		f.State = kg.Accepted
		f.Values = make([]kg.Value, len(f.Kind.Decl().Fields))
	})
	x.add(fmt.Sprintf("startNode(%s).id", n.name), func(f *kg.Fact, v any) { f.From = kg.ID(v.(string)) })
	x.add(fmt.Sprintf("endNode(%s).id", n.name), func(f *kg.Fact, v any) { f.To = kg.ID(v.(string)) })
	if values := c.fields(n); values.expr != "null" {
		x.add(values.expr, func(f *kg.Fact, v any) { f.Values = values.read(v)(f.Kind) })
	}
	x.add(n.prop("key"), func(f *kg.Fact, v any) { f.Key = v.(string) })
	x.add(n.prop("since"), func(f *kg.Fact, v any) { f.Since = readDate(v) })
	x.add(n.prop("until"), func(f *kg.Fact, v any) { f.Until = readDate(v) })
	x.add(n.prop("state"), func(f *kg.Fact, v any) { f.State = readState(v.(string)) })
	x.add(n.prop("confidence"), func(f *kg.Fact, v any) { f.Confidence = v.(float64) })
	x.add(n.prop("recordedAt"), func(f *kg.Fact, v any) { f.RecordedAt = readMoment(v) })
	if without&kg.PartMoments == 0 {
		x.add(n.prop("acceptedAt"), func(f *kg.Fact, v any) { f.AcceptedAt = readMoment(v) })
		x.add(n.prop("retractedAt"), func(f *kg.Fact, v any) { f.RetractedAt = readMoment(v) })
	}
	if without&kg.PartEvidence == 0 {
		x.add(n.prop("evidence"), func(f *kg.Fact, v any) { f.Evidence = readEvidence(v) })
	}
	return code[kg.Row]{x.list(), func(v any) kg.Row {
		if v == nil {
			return kg.Row{}
		}
		f := &kg.Fact{}
		x.read(f, v)
		return kg.Row{Fact: f}
	}}
}

func (c *compiler) sourceRow(n node, without kg.Parts) code[kg.Row] {
	var x columns[kg.Source]
	text := func(prop string, into func(*kg.Source) *string) {
		x.add(n.prop(prop), func(s *kg.Source, v any) { *into(s) = v.(string) })
	}
	x.add(n.prop("id"), func(s *kg.Source, v any) { s.ID = kg.ID(v.(string)) })
	text("title", func(s *kg.Source) *string { return &s.Title })
	text("title_key", func(s *kg.Source) *string { return &s.Key })
	text("publisher", func(s *kg.Source) *string { return &s.Publisher })
	text("language", func(s *kg.Source) *string { return &s.Language })
	text("class", func(s *kg.Source) *string { return &s.Class })
	x.add(n.prop("publishedOn"), func(s *kg.Source, v any) { s.PublishedOn = readDate(v) })
	x.add(n.prop("reliability"), func(s *kg.Source, v any) { s.Reliability = v.(float64) })
	x.add(n.prop("recordedAt"), func(s *kg.Source, v any) { s.RecordedAt = readMoment(v) })
	if without&kg.PartOrigin == 0 {
		text("url", func(s *kg.Source) *string { return &s.URL })
		text("licence", func(s *kg.Source) *string { return &s.Licence })
		text("sha256", func(s *kg.Source) *string { return &s.SHA256 })
		x.add(n.prop("basedOn"), func(s *kg.Source, v any) { s.BasedOn = readOriginal(v) })
	}
	if without&kg.PartText == 0 {
		text("text", func(s *kg.Source) *string { return &s.Text })
	}
	return code[kg.Row]{x.list(), func(v any) kg.Row {
		if v == nil {
			return kg.Row{}
		}
		s := &kg.Source{}
		x.read(s, v)
		return kg.Row{Source: s}
	}}
}

func readOriginal(v any) *kg.Original {
	var o struct{ Title, Publisher, URL, PublishedOn string }
	readJSON(v, &o)
	return &kg.Original{Title: o.Title, Publisher: o.Publisher, URL: o.URL, PublishedOn: readDate(o.PublishedOn)}
}

func readMoment(v any) time.Time { return v.(time.Time).UTC() }

func readState(name string) kg.State {
	for s := kg.Proposed; s <= kg.Retracted; s++ {
		if s.String() == name {
			return s
		}
	}
	panic(&compileError{kg.Errorf(kg.Internal, "the stored state %q is none", name)})
}

func readEvidence(v any) []kg.Evidence {
	list, err := decodeEvidence(str(v))
	if err != nil {
		panic(&compileError{kg.Errorf(kg.Internal, "stored evidence can't be read: %w", err)})
	}
	return list
}
