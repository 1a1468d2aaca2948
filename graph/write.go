package graph

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ententegraph/entente/graph/model"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// writer writes an answer by walking what was compiled and what the store gave, side by side.
//
// Its methods that write a value say whether they could. Where a value must not be null and is, the error is kept at its path,
// and the nearest field above that may be null is null instead: the specification's "Handling Execution Errors". What stands
// beside it is still written, so that all errors are found.
type writer struct {
	ctx context.Context
	b   []byte
	day kg.Day // on which `certain` is judged

	path []step // to the value being written
}

// step is one step of a path: a response key, or, if that is empty, an index of a list.
type step struct {
	key   string
	index int
}

// maxAnswer bounds an answer, in bytes. Pages are bounded by number, but texts and quotes may be long.
const maxAnswer = 16 << 20

// tooLarge is what the writer panics with, to end an answer from however deep.
type tooLarge struct{}

// enter begins the i-th field of an object and gives the place where its value starts.
func (w *writer) enter(i int, f *plan.Field) int {
	if len(w.b) > maxAnswer {
		panic(tooLarge{})
	}
	if i > 0 {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, '"')
	w.b = append(w.b, f.Key...) // a GraphQL name needs no escapes
	w.b = append(w.b, '"', ':')
	w.path = append(w.path, step{key: f.Key})
	return len(w.b)
}

// leave ends a field whose value starts at start. It says whether the object can stand.
func (w *writer) leave(f *plan.Field, start int, ok bool) bool {
	w.path = w.path[:len(w.path)-1]
	if ok {
		return true
	}
	w.b = append(w.b[:start], "null"...)
	return !f.NonNull
}

// fail keeps an error at the path of the value being written. position, if not nil, is where its field stands in the document.
func (w *writer) fail(err error, position *ast.Position) {
	at := &gqlerror.Error{Err: err, Message: err.Error()}
	if position != nil {
		at.Locations = []gqlerror.Location{{Line: position.Line, Column: position.Column}}
	}
	for _, s := range w.path {
		if s.key == "" {
			at.Path = append(at.Path, ast.PathIndex(s.index))
		} else {
			at.Path = append(at.Path, ast.PathName(s.key))
		}
	}
	graphql.AddError(w.ctx, at)
}

var errNull = errors.New("must not be null")

// null writes a value that is not there.
func (w *writer) null(nonNull bool) bool {
	if nonNull {
		w.fail(errNull, nil)
		return false
	}
	w.b = append(w.b, "null"...)
	return true
}

// page writes the value of a field that leads to other nodes.
func (w *writer) page(f *plan.Field, p *kg.Page) bool {
	switch f.Op {
	case plan.OpConnection:
		return w.connection(f, p)
	case plan.OpRows:
		return w.rows(f, p.Rows)
	case plan.OpWalk:
		return w.walk(f, p)
	case plan.OpDistance:
		return w.kilometres(plan.DistanceBetween(&p.Rows[0], &p.Rows[1]))
	}
	if len(p.Rows) == 0 || p.Rows[0].Kind() == kg.NoKind {
		return w.null(f.NonNull)
	}
	return w.node(f.Sub, &p.Rows[0])
}

// rows writes a plain list of nodes.
func (w *writer) rows(f *plan.Field, rows []kg.Row) bool {
	ok := true
	w.b = append(w.b, '[')
	for i := range rows {
		start := w.element(i)
		if rows[i].Kind() == kg.NoKind {
			ok = w.null(f.ElemNonNull) && ok
		} else if !w.node(f.Sub, &rows[i]) {
			w.b = append(w.b[:start], "null"...)
			ok = ok && !f.ElemNonNull
		}
		w.path = w.path[:len(w.path)-1]
	}
	w.b = append(w.b, ']')
	return ok
}

// element begins the i-th element of a list and gives the place where it starts.
func (w *writer) element(i int) int {
	if i > 0 {
		w.b = append(w.b, ',')
	}
	w.path = append(w.path, step{index: i})
	return len(w.b)
}

// node writes what is selected of a node.
func (w *writer) node(s *plan.Selection, r *kg.Row) bool {
	ok := true
	w.b = append(w.b, '{')
	for i, f := range s.Of(r.Kind()).Fields {
		start := w.enter(i, f)
		ok = w.leave(f, start, w.field(f, r)) && ok
	}
	w.b = append(w.b, '}')
	return ok
}

// field writes the value of a node's field.
func (w *writer) field(f *plan.Field, r *kg.Row) bool {
	switch f.Op {
	case plan.OpConnection, plan.OpRows, plan.OpSingle:
		return w.page(f, &r.Pages[f.Page])
	case plan.OpValue:
		if f.Value == kg.FieldID { // the commonest field, and a Value of it would have to be allocated
			w.b = appendString(w.b, string(r.ID()))
			return true
		}
		return w.value(f, r.Value(f.Value))
	case plan.OpTypename:
		w.b = appendString(w.b, f.Text)
	case plan.OpName:
		w.b = appendString(w.b, r.Entity.Name(f.Langs...))
	case plan.OpCertain:
		w.b = strconv.AppendBool(w.b, r.Fact.CertainOn(w.day))
	case plan.OpDistance:
		return w.kilometres(f.DistanceOf(r))
	case plan.OpNames:
		return list(w, f, r.Entity.Names, (*writer).name)
	case plan.OpIdentifiers:
		return list(w, f, r.Entity.Identifiers(), (*writer).identifier)
	case plan.OpLocation:
		if r.Entity.Location == nil {
			return w.null(f.NonNull)
		}
		return object(w, f, *r.Entity.Location, (*writer).point)
	case plan.OpBasedOn:
		if r.Source.BasedOn == nil {
			return w.null(f.NonNull)
		}
		return object(w, f, *r.Source.BasedOn, (*writer).original)
	}
	return true
}

// value writes a scalar.
func (w *writer) value(f *plan.Field, v kg.Value) bool {
	switch v := v.(type) {
	case nil:
		return w.null(f.NonNull)
	case string:
		w.b = appendString(w.b, v)
	case kg.ID:
		w.b = appendString(w.b, string(v))
	case kg.Date:
		w.b = appendString(w.b, v.Text)
	case int64:
		w.b = strconv.AppendInt(w.b, v, 10)
	case float64:
		w.b = model.AppendFloat(w.b, v)
	case time.Time:
		w.b = append(w.b, '"')
		w.b = v.UTC().AppendFormat(w.b, time.RFC3339Nano)
		w.b = append(w.b, '"')
	}
	return true
}

// kilometres writes a distance, which may be unknown.
func (w *writer) kilometres(km float64, known bool) bool {
	if !known {
		return w.null(false)
	}
	w.b = model.AppendFloat(w.b, km)
	return true
}

// text writes text that may be missing.
func (w *writer) text(f *plan.Field, s string) bool {
	if s == "" {
		return w.null(f.NonNull)
	}
	w.b = appendString(w.b, s)
	return true
}

const hex = "0123456789ABCDEF"

// appendString appends a JSON string with the escapes that gqlgen writes: those that RFC 8259 asks for, and no others.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		case '\n':
			b = append(b, `\n`...)
		case '"', '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}
