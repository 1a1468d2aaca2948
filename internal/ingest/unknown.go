package ingest

import (
	"errors"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// unknown says which key of the object nobody has asked for, and which one may have been meant.
func (f *fields) unknown() *kg.Error {
	for _, key := range f.keys {
		if slices.Contains(f.known, key) {
			continue
		}
		if near := nearest(key, f.known); near != "" {
			return kg.Errorf(kg.BadInput, "%s is not a key of %s: did you mean %s?", short(key), f.what, near)
		}
		return kg.Errorf(kg.BadInput, "%s is not a key of %s: the keys are %s", short(key), f.what, strings.Join(f.known, ", "))
	}
	return nil
}

// nearest gives the word that a misspelt one may have been, "" if none is near.
func nearest(s string, words []string) string {
	best, near := "", 1+min(len(s), 12)/4 // a slip in a short word, a few in a long one
	for _, w := range words {
		if d := distance(strings.ToLower(s), strings.ToLower(w), near); d <= near {
			best, near = w, d-1
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace to make b of a; what is more than most is not counted exactly.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// asError gives an error of kg as its type.
func asError(err error) *kg.Error {
	var e *kg.Error
	if errors.As(err, &e) {
		return e
	}
	return kg.Errorf(kg.Internal, "%w", err)
}
