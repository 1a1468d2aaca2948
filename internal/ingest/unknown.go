package ingest

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// unknown says which key of the object nobody has asked for, and which one may have been meant.
func (f *fields) unknown() *kg.Error {
	for _, key := range f.keys {
		if slices.Contains(f.known, key) {
			continue
		}
		if near := kg.Nearest(key, f.known); near != "" {
			return kg.Errorf(kg.BadInput, "%s is not a key of %s: did you mean %s?", short(key), f.what, near)
		}
		return kg.Errorf(kg.BadInput, "%s is not a key of %s: the keys are %s", short(key), f.what, listed(f.known))
	}
	return nil
}

// maxListed bounds the keys that are listed; no kind has as many.
const maxListed = 40

func listed(keys []string) string {
	if more := len(keys) - maxListed; more > 0 {
		return strings.Join(keys[:maxListed], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(keys, ", ")
}

// asError gives an error of kg as its type.
func asError(err error) *kg.Error {
	var e *kg.Error
	if errors.As(err, &e) {
		return e
	}
	return kg.Errorf(kg.Internal, "%w", err)
}
