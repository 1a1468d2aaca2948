package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ententegraph/entente/internal/kg"
)

// TestStrangeErrorsStayInside: what is not written for clients is logged in full
// under the id that the client gets, and under X-Request-Id.
func TestStrangeErrorsStayInside(t *testing.T) {
	for _, how := range []string{"driver", "internal", "gqlerror", "panic"} {
		site := newSite(t)
		got := site.post(t, `{"query":"{fail(how:\"`+how+`\")}"}`)
		id := got.header.Get("X-Request-Id")
		if want := fmt.Sprintf(`"extensions":{"code":"INTERNAL","id":"%s"}`, id); id == "" || !strings.Contains(got.body, want) {
			t.Errorf("%s: got %s, want %s", how, got.body, want)
		}
		if strings.Contains(got.body, "bolt") || strings.Contains(got.body, "MATCH") {
			t.Errorf("%s: leaked: %s", how, got.body)
		}
		log := site.log.String()
		if !strings.Contains(log, id) || strings.Count(log, "secret: 1") != 1 {
			t.Errorf("%s: want the id %s and the cause once in the log:\n%s", how, id, log)
		}
		if want := map[bool]int{true: 500, false: 200}[how == "panic"]; got.status != want {
			t.Errorf("%s: got %d, want %d", how, got.status, want)
		}
	}
}

func TestUnavailableNamesNoStore(t *testing.T) {
	site := newSite(t)
	got := site.post(t, `{"query":"{fail(how:\"unavailable\")}"}`)
	if got.code() != "UNAVAILABLE" || strings.Contains(got.body, "bolt") {
		t.Errorf("got %s", got.body)
	}
	if !strings.Contains(site.log.String(), "bolt://db.internal") {
		t.Error("the log does not say why")
	}
}

func TestErrorsAreCapped(t *testing.T) {
	site := newSite(t)
	got := site.post(t, `{"query":"{fail(how:\"many\")}"}`)
	if n := strings.Count(got.body, `"message"`); n != 20 {
		t.Errorf("of execution: %d errors, want 20: %s", n, got.body)
	}
	// A refusal is short as a whole.
	got = site.post(t, `{"query":"{`+numbered("a%[1]d ", 50)+`}"}`)
	if n := strings.Count(got.body, `"message"`); n < 5 || n > 20 || len(got.body) > 2<<10 {
		t.Errorf("of validation: %d errors in %d bytes: %s", n, len(got.body), got.body)
	}
}

func TestPresent(t *testing.T) {
	p := presenter{slog.New(slog.DiscardHandler), time.Second}
	ctx := context.Background()
	path := ast.Path{ast.PathName("a"), ast.PathIndex(1)}
	invalid := &gqlerror.Error{Message: strings.Repeat("é", 1000), Extensions: map[string]any{"code": "GRAPHQL_VALIDATION_FAILED", "other": 1}}
	for _, c := range []struct {
		name          string
		err           error
		message, code string
	}{
		{"ours", kg.Errorf(kg.NotFound, "no such city"), "no such city", "NOT_FOUND"},
		{"ours in another", fmt.Errorf("reading: %w", kg.Errorf(kg.Conflict, "changed")), "changed", "CONFLICT"},
		{"ours on a path", gqlerror.WrapPath(path, kg.Errorf(kg.TooLarge, "too much")), "too much", "TOO_LARGE"},
		{"of validation, long", invalid, strings.Repeat("é", 150) + "…", "GRAPHQL_VALIDATION_FAILED"},
		{"given up", context.Canceled, "The request was given up by its caller.", "CANCELED"},
		{"late without a limit of ours", context.DeadlineExceeded, "The store does not answer; try again later.", "UNAVAILABLE"},
		{"a stranger", errors.New("x"), "internal error", "INTERNAL"},
		{"a stranger with a code of ours", &gqlerror.Error{Message: "x", Extensions: map[string]any{"code": "NOT_FOUND"}}, "internal error", "INTERNAL"},
	} {
		got := p.present(ctx, c.err)
		if got.Message != c.message || got.Extensions["code"] != c.code {
			t.Errorf("%s: got %q %v, want %q %s", c.name, got.Message, got.Extensions, c.message, c.code)
		}
		again := p.present(ctx, got)
		if again == got || again.Message != got.Message || again.Extensions["code"] != c.code {
			t.Errorf("%s: presented twice it is %v", c.name, again)
		}
	}
	if got := p.present(ctx, gqlerror.WrapPath(path, errors.New("x"))); got.Path.String() != "a[1]" {
		t.Errorf("the path is lost: %v", got.Path)
	}
	if invalid.Extensions["other"] != 1 || len(invalid.Message) != 2000 {
		t.Error("presenting changed the error")
	}
}

// TestPanicOutsideGraphQL: one that happens before anything is sent is a 500 in
// words, a later one cuts the answer off.
func TestPanicOutsideGraphQL(t *testing.T) {
	site := newSite(t, func(o *Options) {
		o.GraphiQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != pathGraphiQL {
				fmt.Fprint(w, strings.Repeat("half ", 10000))
			}
			panic(errDriver)
		})
	})
	got := site.send(t, "GET", pathGraphiQL, "")
	if got.status != 500 || !strings.Contains(got.body, got.header.Get("X-Request-Id")) || strings.Contains(got.body, "bolt") {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if !strings.Contains(site.log.String(), "bolt://db.internal") {
		t.Error("the log does not say why")
	}
	response, err := site.Client().Get(site.URL + pathGraphiQL + "/half")
	if err != nil {
		return // cut off before the header
	}
	defer response.Body.Close()
	if text, err := io.ReadAll(response.Body); err == nil {
		t.Errorf("half an answer of %d bytes came as a whole one", len(text))
	}
}
