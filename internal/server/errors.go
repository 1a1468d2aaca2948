package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"runtime/debug"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ententegraph/entente/internal/kg"
)

// codeTimeout says that an operation passed the time it may take. It is apart
// from kg.Unavailable because the remedy is: ask for less, not try again.
const codeTimeout = "TIMEOUT"

// messageBytes is the longest message from gqlparser that is shown. It quotes
// what the client wrote, which may be a name of 32 KB.
const messageBytes = 300

// errPresented, as the Err of a gqlerror.Error, marks one whose every word is meant
// for clients. It is no part of the JSON.
var errPresented = errors.New("presented")

// refuse makes an error of the guard: a stable code, the limit as a number, and
// one sentence with that limit in it.
func refuse(code string, limit int, at *ast.Position, sentence string) *gqlerror.Error {
	err := &gqlerror.Error{
		Err:        errPresented,
		Message:    fmt.Sprintf(sentence, limit),
		Extensions: map[string]any{"code": code, "limit": limit},
	}
	if at != nil {
		err.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return err
}

// presenter decides what a client learns of an error. It lets through what was
// written for clients, by a list: the errors of kg whose codes speak about the
// request, those of gqlparser, and this package's own. Of all else, in which
// there may be Cypher or an address, the log gets everything and the client an id.
type presenter struct {
	log     *slog.Logger
	timeout time.Duration // of an operation
}

// present is gqlgen's error presenter, and is applied once more to whatever an
// answer carries when it is written; a second time changes nothing. It never
// hands out the error it was given, since gqlgen writes paths into errors and
// the same one may be shared.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{Err: errPresented, Path: graphql.GetPath(ctx)}
	var written *gqlerror.Error
	if errors.As(err, &written) {
		if written.Err == errPresented {
			again := *written
			return &again
		}
		shown.Path, shown.Locations = written.Path, written.Locations
		if code := written.Extensions["code"]; code == errcode.ParseFailed || code == errcode.ValidationFailed {
			shown.Message = brief(written.Message)
			shown.Extensions = map[string]any{"code": code}
			return shown
		}
	}
	code := kg.CodeOf(err)
	var ours *kg.Error
	switch {
	case code == kg.Unavailable && errors.Is(ctx.Err(), context.DeadlineExceeded):
		shown.Message = "The query took too long and was stopped; ask for less at a time."
		shown.Extensions = map[string]any{"code": codeTimeout, "limit": p.timeout.String()}
	case code == kg.Unavailable: // its text may name the database
		p.log.WarnContext(ctx, "the store is unavailable", "id", requestID(ctx), "error", err)
		shown.Message = "The store does not answer; try again later."
		shown.Extensions = map[string]any{"code": string(code)}
	case code == kg.Canceled:
		shown.Message = "The request was given up by its caller."
		shown.Extensions = map[string]any{"code": string(code)}
	case code != kg.Internal && errors.As(err, &ours):
		shown.Message = ours.Error()
		shown.Extensions = map[string]any{"code": string(code)}
		if ours.Field != "" {
			shown.Extensions["field"] = ours.Field
		}
		if ours.Limit > 0 {
			shown.Extensions["limit"] = ours.Limit
		}
	default:
		p.log.ErrorContext(ctx, "internal error", "id", requestID(ctx), "error", err)
		p.hide(ctx, shown)
	}
	return shown
}

// recover is gqlgen's recover function. The panic is logged here, with the stack
// that only this moment has.
func (p presenter) recover(ctx context.Context, cause any) error {
	p.log.ErrorContext(ctx, "panic", "id", requestID(ctx), "cause", cause, "stack", string(debug.Stack()))
	shown := &gqlerror.Error{Err: errPresented, Path: graphql.GetPath(ctx)}
	p.hide(ctx, shown)
	return shown
}

func (presenter) hide(ctx context.Context, shown *gqlerror.Error) {
	shown.Message = "internal error"
	shown.Extensions = map[string]any{"code": string(kg.Internal), "id": requestID(ctx)}
}

// refusalBytes bounds the errors of an answer without data, about as they are in JSON.
const refusalBytes = 1800

// presentAll presents an answer's errors, and no more than limit of them. Those of an answer without data, which is a refusal, are
// short together as well.
func (p presenter) presentAll(ctx context.Context, response *graphql.Response, limit int) gqlerror.List {
	errs := response.Errors
	shown := make(gqlerror.List, 0, min(len(errs), limit))
	size := 0
	for _, err := range errs[:cap(shown)] {
		one := p.present(ctx, err)
		if response.Data == nil {
			if text, err := json.Marshal(one); err == nil {
				size += len(text)
			}
			if size > refusalBytes && len(shown) > 0 {
				break
			}
		}
		shown = append(shown, one)
	}
	return shown
}

// quoted is what gqlparser's messages repeat of a document.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*(?:"|$)`)

// brief shortens what a message repeats, and then the message.
func brief(message string) string {
	if len(message) > quotedBytes {
		message = quoted.ReplaceAllStringFunc(message[:min(len(message), 10*messageBytes)], func(q string) string {
			if len(q) <= quotedBytes+2 {
				return q
			}
			return cut(q, quotedBytes+1) + `"`
		})
	}
	return cut(message, messageBytes)
}

// cut shortens s to at most n bytes and an ellipsis, at the edge of a rune.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
