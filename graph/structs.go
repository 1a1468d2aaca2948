package graph

import (
	"strconv"

	"github.com/ententegraph/entente/graph/model"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/kg"
)

// What hangs on no node: connections, edges, and the small types. Each has a method that writes one of its fields by name.

// object writes what is selected of a value.
func object[T any](w *writer, f *plan.Field, v T, field func(*writer, *plan.Field, T) bool) bool {
	ok := true
	w.b = append(w.b, '{')
	for i, f := range f.Sub.Struct().Fields {
		start := w.enter(i, f)
		if f.Op == plan.OpTypename {
			w.b = appendString(w.b, f.Text)
			w.leave(f, start, true)
			continue
		}
		ok = w.leave(f, start, field(w, f, v)) && ok
	}
	w.b = append(w.b, '}')
	return ok
}

// list writes what is selected of each of a list of values, none of which may be null.
func list[T any](w *writer, f *plan.Field, values []T, field func(*writer, *plan.Field, T) bool) bool {
	ok := true
	w.b = append(w.b, '[')
	for i, v := range values {
		w.element(i)
		ok = object(w, f, v, field) && ok
		w.path = w.path[:len(w.path)-1]
	}
	w.b = append(w.b, ']')
	return ok
}

// connected is a page with what its cursors rest on.
type connected struct {
	*kg.Page
	list *plan.List
}

func (w *writer) connection(f *plan.Field, p *kg.Page) bool {
	return object(w, f, connected{p, f.List}, (*writer).connectionField)
}

func (w *writer) connectionField(f *plan.Field, c connected) bool {
	switch f.Name {
	case "nodes":
		if len(c.Rows) > 0 && c.Rows[0].Moment != nil {
			return list(w, f, c.Rows, (*writer).moment)
		}
		if len(c.Rows) > 0 && c.Rows[0].Difference != nil {
			return list(w, f, c.Rows, (*writer).difference)
		}
		return w.rows(f, c.Rows)
	case "facets":
		return list(w, f, facets(c, f), (*writer).facet)
	case "edges":
		ok := true
		w.b = append(w.b, '[')
		for i := range c.Rows {
			w.element(i)
			ok = object(w, f, edge{&c.Rows[i], c.list}, (*writer).edgeField) && ok
			w.path = w.path[:len(w.path)-1]
		}
		w.b = append(w.b, ']')
		return ok
	case "totalCount":
		w.b = strconv.AppendInt(w.b, int64(c.Total), 10)
	case "pageInfo":
		return object(w, f, c, (*writer).pageInfo)
	}
	return true
}

func (w *writer) pageInfo(f *plan.Field, c connected) bool {
	switch f.Name {
	case "hasNextPage":
		w.b = strconv.AppendBool(w.b, c.More)
	case "hasPreviousPage":
		w.b = strconv.AppendBool(w.b, c.list.After != nil)
	case "startCursor", "endCursor":
		if len(c.Rows) == 0 {
			return w.null(f.NonNull)
		}
		at := 0
		if f.Name == "endCursor" {
			at = len(c.Rows) - 1
		}
		w.b = appendString(w.b, c.list.Cursor(&c.Rows[at]))
	}
	return true
}

// edge is a row of a connection.
type edge struct {
	*kg.Row
	list *plan.List
}

func (w *writer) edgeField(f *plan.Field, e edge) bool {
	switch f.Name {
	case "cursor":
		w.b = appendString(w.b, e.list.Cursor(e.Row))
	case "node":
		if e.Moment != nil {
			return object(w, f, *e.Row, (*writer).moment)
		}
		if e.Difference != nil {
			return object(w, f, *e.Row, (*writer).difference)
		}
		return w.node(f.Sub, e.Row)
	case "score":
		w.b = model.AppendFloat(w.b, e.Score)
	case "matched":
		w.b = appendString(w.b, e.Matched)
	case "highlights":
		return list(w, f, e.Places, (*writer).highlight)
	case "fact":
		if len(e.Lead) == 0 {
			return w.null(f.NonNull)
		}
		return w.node(f.Sub, &e.Lead[0])
	case "via":
		return w.rows(f, e.Lead)
	}
	return true
}

func (w *writer) highlight(f *plan.Field, s kg.Span) bool {
	if f.Name == "start" {
		w.int(s.Start)
	} else {
		w.int(s.End)
	}
	return true
}

func (w *writer) name(f *plan.Field, n kg.Name) bool {
	switch f.Name {
	case "value":
		w.b = appendString(w.b, n.Value)
	case "lang":
		return w.text(f, n.Lang)
	case "kind":
		w.b = appendString(w.b, string(n.Kind))
	}
	return true
}

func (w *writer) identifier(f *plan.Field, id kg.Identifier) bool {
	switch f.Name {
	case "scheme":
		w.b = appendString(w.b, id.Scheme)
	case "value":
		w.b = appendString(w.b, id.Value)
	case "url":
		return w.text(f, id.URL())
	}
	return true
}

func (w *writer) point(f *plan.Field, p kg.Point) bool {
	x := p.Lat
	if f.Name == "lon" {
		x = p.Lon
	}
	w.b = model.AppendFloat(w.b, x)
	return true
}

func (w *writer) original(f *plan.Field, o kg.Original) bool {
	switch f.Name {
	case "title":
		w.b = appendString(w.b, o.Title)
	case "publisher":
		return w.text(f, o.Publisher)
	case "url":
		return w.text(f, o.URL)
	case "publishedOn":
		return w.text(f, o.PublishedOn.String())
	}
	return true
}
