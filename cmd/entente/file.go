package main

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/ententegraph/entente/internal/table"
	"github.com/ententegraph/entente/schema"
)

// writeFile asks a question with one root field, page after page where it can be, and writes what comes in a format of package
// table.
func (p *program) writeFile(ctx context.Context, handler http.Handler, q question, format string) error {
	answered := func(q question) (*answer, error) {
		a, err := ask(ctx, handler, q)
		if err == nil && len(a.Errors) > 0 {
			a.writeErrors(p.stderr)
			err = errReported
		}
		return a, err
	}
	listing, err := table.New(schema.Load(), q.Query, q.OperationName)
	if err != nil {
		if _, refused := answered(q); refused != nil { // which says it better
			return refused
		}
		return err
	}
	out, err := listing.Writer(format, p.stdout)
	if err != nil {
		return err
	}
	show := newProgress(p.stderr, "row", "rows")
	defer show.clear()
	q.Query, q.OperationName = listing.Query, ""
	return listing.Write(out, func(cursor *string) ([]byte, error) {
		if cursor != nil {
			if q.Variables, err = with(q.Variables, listing.Cursor, *cursor); err != nil {
				return nil, err
			}
		}
		a, err := answered(q)
		if err != nil {
			return nil, err
		}
		return a.Data, nil
	}, func(rows int) error {
		show.clear() // both may be one terminal
		err := out.Flush()
		show.at(rows, 0)
		return err
	})
}

// with gives variables with one more.
func with(variables json.RawMessage, name, value string) (json.RawMessage, error) {
	all := map[string]json.RawMessage{}
	if len(variables) > 0 {
		if err := json.Unmarshal(variables, &all); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	all[name] = text
	return json.Marshal(all)
}
