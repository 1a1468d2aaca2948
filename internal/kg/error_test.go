package kg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestErrorSaysWhereAndWhat(t *testing.T) {
	for _, c := range []struct {
		err  *Error
		want string
	}{
		{&Error{Code: BadInput, Message: "no such month"}, "no such month"},
		{&Error{Code: BadInput, Message: "no such month", Field: "since"}, "since: no such month"},
		{&Error{Code: Internal}, "INTERNAL"},
		{&Error{Code: Internal, Field: "x"}, "x: INTERNAL"},
		{Errorf(TooLarge, "%d of at most %d", 7, 5), "7 of at most 5"},
		{Errorf(Unavailable, "reading the graph: %w", io.EOF), "reading the graph: EOF"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%#v.Error() = %q, want %q", c.err, got, c.want)
		}
	}
}

func TestErrorfKeepsCauses(t *testing.T) {
	if e := Errorf(BadInput, "plain: %v", io.EOF); e.Cause != nil {
		t.Errorf("%%v made a cause: %v", e.Cause)
	}
	if e := Errorf(BadInput, "nothing to format"); e.Cause != nil || e.Code != BadInput {
		t.Errorf("got %#v", e)
	}
	if e := Errorf(Unavailable, "reading: %w", io.EOF); e.Cause != io.EOF {
		t.Errorf("Cause = %v, want io.EOF", e.Cause)
	}
	both := Errorf(Unavailable, "%w and %w", io.EOF, context.Canceled)
	if !errors.Is(both, io.EOF) || !errors.Is(both, context.Canceled) {
		t.Errorf("two causes: %#v does not show both", both)
	}
	if got, want := both.Error(), "EOF and context canceled"; got != want {
		t.Errorf("two causes: %q, want %q", got, want)
	}
}

func TestErrorIn(t *testing.T) {
	base := &Error{Code: NotFound, Message: "is missing", Cause: io.EOF}
	for _, c := range []struct {
		path []string // innermost first
		want string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{"since"}, "since"},
		{[]string{"since", "facts[3]"}, "facts[3].since"},
		{[]string{"[3]", "facts", "batch"}, "batch.facts[3]"},
		{[]string{"since", "", "fact"}, "fact.since"},
	} {
		e := base
		for _, p := range c.path {
			e = e.In(p)
		}
		if e.Field != c.want {
			t.Errorf("In %q: Field = %q, want %q", c.path, e.Field, c.want)
		}
		if e.Code != NotFound || e.Cause != io.EOF || e.Message != "is missing" {
			t.Errorf("In %q lost something: %#v", c.path, e)
		}
	}
	if base.Field != "" {
		t.Errorf("In changed its receiver: %#v", base)
	}
	var none *Error
	if none.In("x") != nil {
		t.Error("a nil error placed somewhere is not nil any more")
	}
}

func TestCodeOf(t *testing.T) {
	var typedNil *Error
	for _, c := range []struct {
		name string
		err  error
		want Code
	}{
		{"nil", nil, ""},
		{"ours", &Error{Code: Conflict}, Conflict},
		{"ours, wrapped by another", fmt.Errorf("while writing: %w", &Error{Code: TooLarge}), TooLarge},
		{"the outermost wins", &Error{Code: BadInput, Cause: &Error{Code: Internal}}, BadInput},
		{"ours wins over its cause", Errorf(Internal, "closing: %w", context.Canceled), Internal},
		{"gave up", context.Canceled, Canceled},
		{"gave up, wrapped", fmt.Errorf("reading: %w", context.Canceled), Canceled},
		{"too late", context.DeadlineExceeded, Unavailable},
		{"a stranger", io.ErrUnexpectedEOF, Internal},
		{"ours without a code", &Error{Message: "?"}, Internal},
		{"a nil *Error in an error", typedNil, Internal},
	} {
		if got := CodeOf(c.err); got != c.want {
			t.Errorf("CodeOf(%s) = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQuoteShort(t *testing.T) {
	for _, c := range [][2]string{
		{"", `""`},
		{"Jinan", `"Jinan"`},
		{"a\n\"b\"", `"a\n\"b\""`},
		{"\xff\x00", `"\xff\x00"`},
		{"濟南", `"濟南"`},
		{strings.Repeat("南", 40), `"` + strings.Repeat("南", 40) + `"`},
		{strings.Repeat("南", 41), `"` + strings.Repeat("南", 40) + `…"`},
	} {
		if got := quoteShort(c[0]); got != c[1] {
			t.Errorf("quoteShort(%q) = %s, want %s", c[0], got, c[1])
		}
	}
}
