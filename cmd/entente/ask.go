package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/server"
	"github.com/ententegraph/entente/internal/table"
)

// question is a GraphQL request as HTTP sends it.
type question struct {
	Query         string          `json:"query"`
	OperationName string          `json:"operationName,omitempty"`
	Variables     json.RawMessage `json:"variables,omitempty"` // as it was written, so that no number loses a digit
}

func (q *question) setVariables(text string) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		return errors.New(`write one JSON object, such as {"id": "city:cn-jinan"}`)
	}
	q.Variables = json.RawMessage(text)
	return nil
}

// answer is a GraphQL response.
type answer struct {
	whole  []byte
	Data   json.RawMessage // nil if nothing was executed
	Errors []answerError
}

type answerError struct {
	Message   string
	Path      []any
	Locations []struct{ Line, Column int }
}

// String says where the error is, in the answer or else in the operation, and what it is.
func (e answerError) String() string {
	var where []string
	for _, key := range e.Path {
		where = append(where, fmt.Sprint(key))
	}
	switch {
	case len(where) > 0:
		return strings.Join(where, ".") + ": " + e.Message
	case len(e.Locations) > 0:
		return fmt.Sprintf("%d:%d: %s", e.Locations[0].Line, e.Locations[0].Column, e.Message)
	}
	return e.Message
}

// ask puts a question to a server in this process, so that the shell is answered as the network is, under the same limits.
func ask(ctx context.Context, handler http.Handler, q question) (*answer, error) {
	body, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(server.AsProgram(ctx), http.MethodPost, "/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response := &recorder{header: http.Header{}}
	handler.ServeHTTP(response, request)
	a := &answer{whole: response.body.Bytes()}
	if err := json.Unmarshal(a.whole, a); err != nil {
		return nil, fmt.Errorf("the server's answer is not JSON: %s", a.whole)
	}
	return a, nil
}

// recorder keeps a response. What its status says stands in a GraphQL answer too.
type recorder struct {
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header            { return r.header }
func (r *recorder) WriteHeader(int)                {}
func (r *recorder) Write(part []byte) (int, error) { return r.body.Write(part) }

// writeErrors writes what went wrong, a line each, in the words of the shell and not of HTTP.
func (a *answer) writeErrors(w io.Writer) {
	for _, e := range a.Errors {
		fmt.Fprintln(w, strings.ReplaceAll(table.Printable(e.String()), "operationName", "--operation"))
	}
}

// writeJSON writes the answer with everything in it, indented.
func (a *answer) writeJSON(w io.Writer) error {
	var b bytes.Buffer
	if err := json.Indent(&b, export.Visible(a.whole), "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := b.WriteTo(w)
	return err
}
