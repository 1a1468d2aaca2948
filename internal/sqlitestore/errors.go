package sqlitestore

import (
	"context"
	"errors"

	"github.com/ententegraph/entente/internal/kg"
)

// translate turns an error of SQLite's, or of our own reading of it, into one that says what to do. doing says what failed
// where the error is none that was to be expected.
func (s *Store) translate(err error, doing string) error {
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*kg.Error](err); ok {
		return own
	}
	if errors.Is(err, errDamaged) {
		return s.damaged(err)
	}
	switch faultOf(err) {
	case damaged:
		return s.damaged(err)
	case full:
		return &kg.Error{Code: kg.Unavailable, Cause: err,
			Message: "there is no room left for " + s.path + ": make some, and try again; what was there before is whole, and nothing of this was added"}
	case busy:
		return &kg.Error{Code: kg.Unavailable, Cause: err, Message: s.path + " is being written to by another program: let it end, and try again"}
	}
	return &kg.Error{Code: kg.Internal, Message: doing + " failed", Cause: err}
}

func (s *Store) damaged(err error) error {
	return &kg.Error{Code: kg.Internal, Cause: err,
		Message: s.path + " is damaged, and is left as it is: bring back a copy that is whole, or import again into another file"}
}

// gaveUp gives the error of a context that has ended, else nil.
func gaveUp(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.CodeOf(err), "the store stopped: %w", err)
	}
	return nil
}

var errClosed = kg.Errorf(kg.Unavailable, "the store is closed")
