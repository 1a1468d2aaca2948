package graph

import (
	"strconv"

	"github.com/ententegraph/entente/graph/model"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/kg"
)

// What walks find: subgraphs, paths, comparisons, moments, counts. Each has a method that writes one of its fields by name.

// walk writes what a root field found that walks through the graph.
func (w *writer) walk(f *plan.Field, p *kg.Page) bool {
	return object(w, f, p, (*writer).walked)
}

func (w *writer) walked(f *plan.Field, p *kg.Page) bool {
	switch f.Name {
	// Subgraph
	case "nodes":
		return w.rows(f, p.Rows)
	case "facts":
		if p.Statistics != nil {
			w.int(p.Statistics.Facts)
			return true
		}
		return w.rows(f, p.Facts)
	case "truncated":
		w.b = strconv.AppendBool(w.b, p.Truncated)
	case "omitted":
		return list(w, f, p.Omitted, (*writer).omitted)
	// Paths
	case "exhausted":
		w.b = strconv.AppendBool(w.b, !p.More)
	case "paths":
		return list(w, f, p.Groups, (*writer).pathField)
	// Comparison
	case "shared":
		return list(w, f, most(p.Groups[0].Rows, f.First), (*writer).shared)
	case "only":
		return list(w, f, plan.OnlyOf(p), (*writer).only)
	// Statistics
	case "entities":
		w.int(p.Statistics.Entities)
	case "sources":
		w.int(p.Statistics.Sources)
	case "byKind":
		return list(w, f, plan.Labelled(kg.FieldKind, p.Statistics.ByKind), (*writer).bucket)
	case "byFact":
		return list(w, f, plan.Labelled(kg.FieldKind, p.Statistics.ByFact), (*writer).bucket)
	case "quoted":
		w.int(p.Statistics.Quoted)
	case "corroborated":
		w.int(p.Statistics.Corroborated)
	case "bySourceClass":
		return list(w, f, plan.Labelled(plan.SourceClass, p.Statistics.BySourceClass), (*writer).bucket)
	}
	return true
}

func (w *writer) int(n int) { w.b = strconv.AppendInt(w.b, int64(n), 10) }

// most cuts a list to what was asked of it; another part of the answer may have asked for more.
func most[T any](list []T, n int) []T { return list[:min(n, len(list))] }

func (w *writer) omitted(f *plan.Field, o kg.Omitted) bool {
	if f.Name == "id" {
		w.b = appendString(w.b, string(o.ID))
	} else {
		w.int(o.Count)
	}
	return true
}

func (w *writer) pathField(f *plan.Field, p kg.Page) bool {
	switch f.Name {
	case "length":
		w.int(len(p.Facts))
	case "nodes":
		return w.rows(f, p.Rows)
	case "facts":
		return w.rows(f, p.Facts)
	case "confidence":
		w.b = model.AppendFloat(w.b, kg.PathConfidence(p.Facts))
	case "weakest":
		return w.node(f.Sub, &p.Facts[kg.Weakest(p.Facts)])
	}
	return true
}

func (w *writer) shared(f *plan.Field, r kg.Row) bool {
	if f.Name == "entity" {
		return w.node(f.Sub, &r)
	}
	return w.rows(f, r.Lead)
}

func (w *writer) only(f *plan.Field, o plan.Only) bool {
	if f.Name == "id" {
		w.b = appendString(w.b, string(o.ID))
		return true
	}
	return w.rows(f, most(o.Rows, f.First))
}

func (w *writer) moment(f *plan.Field, r kg.Row) bool {
	switch f.Name {
	case "on":
		w.b = appendString(w.b, r.Moment.On.Text)
	case "title":
		w.b = appendString(w.b, r.Moment.Title)
	case "entity":
		if r.Entity == nil {
			return w.null(f.NonNull)
		}
		return w.node(f.Sub, &r)
	case "fact":
		if r.Fact == nil {
			return w.null(f.NonNull)
		}
		return w.node(f.Sub, &r)
	}
	return true
}

func (w *writer) difference(f *plan.Field, r kg.Row) bool {
	switch f.Name {
	case "kind":
		w.b = appendString(w.b, string(r.Difference.Kind))
	case "at":
		return w.value(f, r.Difference.At)
	case "fact":
		return w.node(f.Sub, &r)
	case "before":
		if r.Difference.Before == nil {
			return w.null(f.NonNull)
		}
		return w.node(f.Sub, r.Difference.Before)
	case "fields":
		return list(w, f, r.FieldChanges(), (*writer).fieldChange)
	}
	return true
}

func (w *writer) fieldChange(f *plan.Field, c kg.FieldChange) bool {
	switch f.Name {
	case "field":
		w.b = appendString(w.b, c.Field)
	case "before":
		return w.text(f, c.Before)
	case "after":
		return w.text(f, c.After)
	}
	return true
}

// counted is a facet with its buckets.
type counted struct {
	by      string
	buckets []kg.Bucket
}

// facets gives those that one field asked for.
func facets(c connected, f *plan.Field) []counted {
	var out []counted
	for i := f.Facet[0]; i < f.Facet[1]; i++ {
		out = append(out, counted{c.list.Facets[i].By, plan.Labelled(c.list.Facets[i].Field, c.Facets[i])})
	}
	return out
}

func (w *writer) facet(f *plan.Field, c counted) bool {
	if f.Name == "by" {
		w.b = appendString(w.b, c.by)
		return true
	}
	return list(w, f, c.buckets, (*writer).bucket)
}

func (w *writer) bucket(f *plan.Field, b kg.Bucket) bool {
	switch f.Name {
	case "key":
		w.b = appendString(w.b, b.Key)
	case "label":
		w.b = appendString(w.b, b.Label)
	case "count":
		w.int(b.Count)
	}
	return true
}
