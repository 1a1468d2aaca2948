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

// entityRow writes what is selected of an entity's own.
func (c *compiler) entityRow(n node, sel *kg.Select) code[kg.Row] {
	var x columns[kg.Entity]
	x.add(n.prop("id"), func(e *kg.Entity, v any) {
		e.ID = kg.ID(v.(string))
		e.Kind = kg.KindOf(e.ID)
		e.Values = make([]kg.Value, len(e.Kind.Decl().Fields))
	})
	if part(sel, kg.PartName) || part(sel, kg.PartNames) { // which are kept where there are others
		x.add(n.prop("name"), func(e *kg.Entity, v any) { e.Names = []kg.Name{{Value: v.(string), Kind: kg.Primary}} })
	}
	if sel.Reads(kg.Country, kg.FieldName) {
		x.add(n.prop("name_key"), func(e *kg.Entity, v any) { e.Key = v.(string) })
	}
	fields(c, n, sel, &x, func(e *kg.Entity) (kg.Kind, []kg.Value) { return e.Kind, e.Values })
	if part(sel, kg.PartNames) {
		x.add(n.prop("names"), func(e *kg.Entity, v any) { readJSON(v, &e.Names) })
	}
	if part(sel, kg.PartDescription) {
		x.add(n.prop("description"), func(e *kg.Entity, v any) { e.Description = v.(string) })
	}
	if part(sel, kg.PartIdentifiers) {
		x.add(n.prop("identifiers"), func(e *kg.Entity, v any) { readJSON(v, &e.Others) })
	}
	if part(sel, kg.PartLocation) {
		x.add(n.prop("location"), func(e *kg.Entity, v any) {
			p := v.(dbtype.Point2D)
			e.Location = &kg.Point{Lat: p.Y, Lon: p.X}
		})
	}
	if part(sel, kg.PartEvidence) {
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

// part says whether a part of a node is read.
func part(sel *kg.Select, p kg.Parts) bool { return sel == nil || sel.Without&p == 0 }

// factRow writes what is selected of a fact's own.
func (c *compiler) factRow(n node, sel *kg.Select) code[kg.Row] {
	var x columns[kg.Fact]
	x.add(n.prop("id"), func(f *kg.Fact, v any) {
		f.ID = kg.ID(v.(string))
		f.Kind = kg.KindOf(f.ID)
		f.State = kg.Accepted
		f.Values = make([]kg.Value, len(f.Kind.Decl().Fields))
	})
	if part(sel, kg.PartEnds) {
		x.add(fmt.Sprintf("startNode(%s).id", n.name), func(f *kg.Fact, v any) { f.From = kg.ID(v.(string)) })
		x.add(fmt.Sprintf("endNode(%s).id", n.name), func(f *kg.Fact, v any) { f.To = kg.ID(v.(string)) })
	}
	fields(c, n, sel, &x, func(f *kg.Fact) (kg.Kind, []kg.Value) { return f.Kind, f.Values })
	if sel == nil || sel.Fields == nil {
		x.add(n.prop("key"), func(f *kg.Fact, v any) { f.Key = v.(string) })
	}
	for _, common := range kg.LocatedIn.Decl().AllFields() { // as it has none of its own
		if read := factFields[common.Name]; read != nil && sel.Reads(kg.LocatedIn, common) {
			x.add(n.prop(common.Name), read)
		}
	}
	if part(sel, kg.PartEvidence) {
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

// factFields are how those fields are read that all facts have.
var factFields = map[string]func(f *kg.Fact, v any){
	"since":       func(f *kg.Fact, v any) { f.Since = readDate(v) },
	"until":       func(f *kg.Fact, v any) { f.Until = readDate(v) },
	"state":       func(f *kg.Fact, v any) { f.State = readState(v.(string)) },
	"confidence":  func(f *kg.Fact, v any) { f.Confidence = v.(float64) },
	"recordedAt":  func(f *kg.Fact, v any) { f.RecordedAt = readMoment(v) },
	"acceptedAt":  func(f *kg.Fact, v any) { f.AcceptedAt = readMoment(v) },
	"retractedAt": func(f *kg.Fact, v any) { f.RetractedAt = readMoment(v) },
}

// sourceRow writes what is selected of a source.
func (c *compiler) sourceRow(n node, sel *kg.Select) code[kg.Row] {
	var x columns[kg.Source]
	x.add(n.prop("id"), func(s *kg.Source, v any) { s.ID = kg.ID(v.(string)) })
	for _, f := range kg.SourceKind.Decl().AllFields() {
		if read := sourceFields[f.Name]; read != nil && sel.Reads(kg.SourceKind, f) {
			x.add(n.prop(f.Name), read)
		}
	}
	if part(sel, kg.PartOrigin) {
		x.add(n.prop("basedOn"), func(s *kg.Source, v any) { s.BasedOn = readOriginal(v) })
	}
	if sel == nil || sel.Fields == nil {
		x.add(n.prop("title"+suffixKey), func(s *kg.Source, v any) { s.Key = v.(string) })
		x.add(n.prop("recordedAt"), func(s *kg.Source, v any) { s.RecordedAt = readMoment(v) })
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

// sourceFields are how a source's fields are read.
var sourceFields = map[string]func(s *kg.Source, v any){
	"title":       func(s *kg.Source, v any) { s.Title = v.(string) },
	"url":         func(s *kg.Source, v any) { s.URL = v.(string) },
	"publisher":   func(s *kg.Source, v any) { s.Publisher = v.(string) },
	"publishedOn": func(s *kg.Source, v any) { s.PublishedOn = readDate(v) },
	"language":    func(s *kg.Source, v any) { s.Language = v.(string) },
	"licence":     func(s *kg.Source, v any) { s.Licence = v.(string) },
	"sha256":      func(s *kg.Source, v any) { s.SHA256 = v.(string) },
	"class":       func(s *kg.Source, v any) { s.Class = v.(string) },
	"reliability": func(s *kg.Source, v any) { s.Reliability = v.(float64) },
	"text":        func(s *kg.Source, v any) { s.Text = v.(string) },
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
	if v == nil {
		return nil // an entity may be recorded without any
	}
	list, err := decodeEvidence(str(v))
	if err != nil {
		panic(&compileError{kg.Errorf(kg.Internal, "stored evidence can't be read: %w", err)})
	}
	return list
}
