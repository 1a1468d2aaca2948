package kg

import (
	"context"
	"errors"
	"fmt"
	"strconv"
)

// Code says to a program what kind of failure an error is. The set is closed:
// every error that leaves the package, or an engine, maps to one of these.
type Code string

const (
	// BadInput: what was asked or given is not right, and would not be right later either.
	BadInput Code = "BAD_INPUT"
	// NotFound: something that was required to exist does not. Missing on a plain lookup is no error.
	NotFound Code = "NOT_FOUND"
	// Conflict: the change contradicts what is stored; read again, then decide.
	Conflict Code = "CONFLICT"
	// TooLarge: the question or the record passes a limit that the message names.
	TooLarge Code = "TOO_LARGE"
	// Unavailable: the store did not answer, or not in time; the same call may work later.
	Unavailable Code = "UNAVAILABLE"
	// Canceled: the caller gave up.
	Canceled Code = "CANCELED"
	// Internal: a fault of the program. Log it in full and show a client nothing of it.
	Internal Code = "INTERNAL"
)

// Error is the one error type that crosses package borders: a code for
// programs, a sentence for people, and a cause for the log.
type Error struct {
	Code    Code
	Message string // a sentence for a person, without a final full stop
	Field   string // what it is about (an argument, a field, the key of a record) as a dotted path; may be empty
	Limit   int    // the most that is allowed, of what was passed; 0 where nothing was
	Cause   error  // what lay beneath, for the log; may be nil
}

// Errorf makes an Error of a code and a sentence. The error given to a %w verb
// becomes the Cause; its text stands in the sentence where the verb stands.
// With several %w verbs all of them are reachable through Cause.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	e := &Error{Code: code, Message: err.Error()}
	switch err.(type) {
	case interface{ Unwrap() error }:
		e.Cause = errors.Unwrap(err)
	case interface{ Unwrap() []error }:
		e.Cause = err
	}
	return e
}

// Error is the sentence, after "Field: " if the error is about a field.
func (e *Error) Error() string {
	message := e.Message
	if message == "" {
		message = string(e.Code)
	}
	if e.Field == "" {
		return message
	}
	return e.Field + ": " + message
}

// Unwrap gives the cause, so that errors.Is and errors.As see through.
func (e *Error) Unwrap() error { return e.Cause }

// In returns a copy that is about a place inside field: an error about "since"
// put In "facts[3]" is about "facts[3].since". The receiver is not changed, so
// a shared error can be placed anywhere. A nil error stays nil.
func (e *Error) In(field string) *Error {
	if e == nil {
		return nil
	}
	placed := *e
	switch {
	case field == "":
	case e.Field == "":
		placed.Field = field
	case e.Field[0] == '[': // an index hangs on its list without a dot
		placed.Field = field + e.Field
	default:
		placed.Field = field + "." + e.Field
	}
	return &placed
}

// Over returns a copy that names the limit which was passed.
func (e *Error) Over(limit int) *Error {
	over := *e
	over.Limit = limit
	return &over
}

// CodeOf says what kind of failure any error is: the code of the outermost
// Error within it; Canceled for context.Canceled; Unavailable for
// context.DeadlineExceeded; "" for nil; and Internal for everything else.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		if e == nil || e.Code == "" {
			return Internal
		}
		return e.Code
	}
	switch {
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return Unavailable
	}
	return Internal
}

// quoteShort shows what somebody wrote in an error: quoted, control characters
// and broken UTF-8 escaped, and no more than its first 40 characters.
func quoteShort(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n == most {
			return strconv.Quote(s[:i] + "…")
		}
		n++
	}
	return strconv.Quote(s)
}
