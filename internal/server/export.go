package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/internal/table"
)

// exporter is /export: a connection, all of it, as a file. It asks page after page as a client of /graphql would, under the same
// limits, and each page is of one consistent state. What has begun and can't be ended is cut off, so that half of a file never
// looks whole.
type exporter struct {
	*api
	sending time.Duration // how long a page may take to be taken away
}

// ServeHTTP implements http.Handler.
func (e *exporter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	params, refused := e.read(w, r, "A file is asked for by GET or POST.")
	var listing *table.Listing
	var out table.Writer
	format := r.URL.Query().Get("format")
	if refused == nil {
		listing, refused = e.listing(w, r, params)
		if listing == nil && refused == nil {
			return // answered already
		}
	}
	file := &file{w: w}
	if refused == nil {
		var err error
		if out, err = listing.Writer(format, file); err != nil {
			refused = bad(sentence(err))
		}
	}
	if refused != nil {
		refuseAsJSON(w, typeJSON, refused)
		return
	}
	file.begin = func() {
		header := w.Header()
		header.Set("Content-Type", table.Formats[format])
		header.Set("Content-Disposition", `attachment; filename="`+listing.Name+"."+format+`"`) // a name of the schema
	}
	page := *params
	page.Query, page.OperationName = listing.Query, ""
	var failed *graphql.Response
	err := listing.Write(out, func(cursor *string) ([]byte, error) {
		if cursor != nil {
			page.Variables = with(page.Variables, listing.Cursor, *cursor)
		}
		response := e.page(w, r, page, file.began)
		if len(response.Errors) > 0 {
			failed = response
			return nil, response.Errors
		}
		return response.Data, nil
	}, func(int) error {
		if err := out.Flush(); err != nil {
			return err
		}
		return http.NewResponseController(w).Flush()
	})
	switch {
	case err == nil:
		_, _ = file.Write(nil) // of nothing too there is a file
	case file.began || failed == nil:
		e.presenter.log.WarnContext(r.Context(), "an export was cut off", "id", requestID(r.Context()), "error", err)
		panic(http.ErrAbortHandler)
	default:
		failed.Data = nil // half an answer makes no file
		if err := writeAnswer(w, statusOf(failed, typeResponse), typeJSON, failed); err != nil {
			panic(err)
		}
	}
}

// listing reads what is to be listed. Where the operation is not valid it answers why, and gives nothing.
func (e *exporter) listing(w http.ResponseWriter, r *http.Request, params *graphql.RawParams) (*table.Listing, *badRequest) {
	ctx, cancel := context.WithTimeout(graphql.StartOperationTrace(r.Context()), e.timeout)
	defer cancel()
	if _, errs := e.prepare(ctx, params); len(errs) > 0 {
		refused := &graphql.Response{Errors: errs}
		refused.Errors = e.presenter.presentAll(ctx, refused, e.limits.Errors)
		if err := writeAnswer(w, http.StatusBadRequest, typeJSON, refused); err != nil {
			panic(err)
		}
		return nil, nil
	}
	listing, err := table.New(e.schema, params.Query, params.OperationName)
	if err != nil {
		return nil, bad(sentence(err))
	}
	return listing, nil
}

// page asks for one page, in a time of its own: reading it and taking it away are bounded apart, as a file may be of any size. Where
// others are waiting too, a file that has begun is patient, as it would be lost.
func (e *exporter) page(w http.ResponseWriter, r *http.Request, params graphql.RawParams, began bool) *graphql.Response {
	var patience time.Duration
	if began {
		patience = e.sending
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(patience + e.timeout + e.sending))
	response, refused := e.answer(r.Context(), &params, true, patience)
	_ = control.SetWriteDeadline(time.Now().Add(e.sending))
	leaveSpoiled(w, r)
	if refused != nil {
		response = refused.answer()
	}
	return response
}

// with gives variables with one more.
func with(variables map[string]any, name string, value any) map[string]any {
	out := map[string]any{name: value}
	for k, v := range variables {
		if k != name {
			out[k] = v
		}
	}
	return out
}

// sentence makes a sentence of an error of package table.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// file is the body of a response, which has its headers once there is something in it.
type file struct {
	w     http.ResponseWriter
	begin func()
	began bool
}

// Write implements io.Writer.
func (f *file) Write(b []byte) (int, error) {
	if !f.began {
		f.began = true
		f.begin()
	}
	return f.w.Write(b)
}
