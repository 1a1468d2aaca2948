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
		if near := nearest(key, f.known); near != "" {
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

// nearest gives the word that a misspelt one may have been, "" if none is near: a slip for every three letters at most.
func nearest(s string, words []string) string {
	best, least := "", 0
	for _, w := range words {
		near := min(max(len(s), len(w))/3, 3)
		if d := distance(strings.ToLower(s), strings.ToLower(w), near); d <= near && (best == "" || d < least) {
			best, least = w, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with the next one to make b of a; what is more than most is
// not counted exactly.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	// The distances of what b begins with from what a begins with: two letters ago, one ago, and now.
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
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
