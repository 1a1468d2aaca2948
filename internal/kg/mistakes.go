package kg

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// From how many letters, or characters of a script without spaces, a word may have mistakes. From the length that allows two
// on, a word that is still being typed may have one.
const (
	oneMistake, twoMistakes = 4, 8
	mistypedBeginning       = 7
	// leastWithin is how many letters are looked for in the middle of words.
	leastWithin = 3
	// longestMistaken bounds the words in which mistakes are looked for.
	longestMistaken = 40
)

// mistakes gives how many mistakes a word may have: a letter that is wrong, missing or too many, anywhere in it; or, as the only
// mistake, two neighbouring letters swapped. Numbers, and what holds any, are to be right, as 2010 is not 2011; and so is a word
// of the same few letters over and over, in which no part is left to find it by.
func (w word) mistakes() int {
	n := utf8.RuneCountInString(w.text)
	if n < oneMistake || n > longestMistaken || strings.IndexFunc(w.text, unicode.IsDigit) >= 0 {
		return 0
	}
	allowed := 1
	if n >= twoMistakes {
		allowed = twice
	}
	for ; allowed > 0; allowed-- {
		if w.run {
			if len(distinct(partsOf("", w.text, 2))) > 2*allowed {
				break
			}
		} else if n < mostLeft || len(distinct(partsOf("", gramEdge+w.text+gramEnd, 3))) > spoiled(allowed) {
			break
		}
	}
	return allowed
}

// A fit says how a word of a text stands in a word of a name; more is better.
type fit int

const (
	fitNone   fit = iota
	fitFar        // with two mistakes, or with one where it begins
	fitNear       // with one
	fitWithin     // in its middle
	fitBegin      // where it begins
	fitWhole      // all of it
)

// soughtIn is a word of a text with what is asked of it once, not for every name.
type soughtIn struct {
	word
	runes   []rune
	allowed int // mistakes
}

func newSoughtIn(w word) soughtIn { return soughtIn{w, []rune(w.text), w.mistakes()} }

// fitIn says how the word fits in a word of a name.
func (w *soughtIn) fitIn(name word) fit {
	switch {
	case name.text == w.text:
		return fitWhole
	case name.run != w.run:
		return fitNone
	case strings.HasPrefix(name.text, w.text):
		return fitBegin
	case (w.run || len(w.runes) >= leastWithin) && strings.Contains(name.text, w.text):
		return fitWithin
	case w.allowed == 0:
		return fitNone
	case w.run:
		return w.mistakenRun(name.text)
	}
	return w.mistaken(name.text)
}

// mistaken says whether a name's word is the one that is sought but for mistakes.
func (w *soughtIn) mistaken(name string) fit {
	var buffer [longestMistaken + twice + 1]rune
	runes := buffer[:0]
	for _, r := range name {
		if len(runes) > len(w.runes)+w.allowed {
			break // whatever comes, it is too long
		}
		runes = append(runes, r)
	}
	if len(runes) < len(w.runes)-w.allowed {
		return fitNone
	}
	plain, swapped, begin := distances(w.runes, runes)
	switch {
	case swapped <= 1:
		return fitNear
	case plain <= w.allowed, len(w.runes) >= mistypedBeginning && begin <= 1:
		return fitFar
	}
	return fitNone
}

// twice is the most mistakes that a word may have.
const twice = 2

// distances gives the least number of letters to change, add or take away to come from one word to another; the same where two
// neighbours may also be swapped; and the latter to the beginning of the other that is nearest.
func distances(from, to []rune) (plain, swapped, begin int) {
	// Rows of the usual tables: one of the plain distance, and the last three of that with swaps.
	var rows [4][longestMistaken + twice + 2]int
	row, older, old, next := rows[0][:len(to)+1], rows[1][:len(to)+1], rows[2][:len(to)+1], rows[3][:len(to)+1]
	for j := range row {
		row[j], old[j] = j, j
	}
	for i := range from {
		corner := row[0]
		row[0], next[0] = i+1, i+1
		for j := range to {
			cost := 1
			if from[i] == to[j] {
				cost = 0
			}
			corner, row[j+1] = row[j+1], min(corner+cost, row[j+1]+1, row[j]+1)
			next[j+1] = min(old[j]+cost, old[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				next[j+1] = min(next[j+1], older[j-1]+1)
			}
		}
		older, old, next = old, next, older
	}
	begin = len(from)
	for _, d := range old {
		begin = min(begin, d)
	}
	return row[len(to)], old[len(to)], begin
}

// Nearest gives the word that a misspelt one may have been, "" if none is near: a slip for every three letters at most, and three
// in all. Of equally near ones it is the first of the alphabet, in whichever order they come. A misspelt word of any length costs
// no more than the words do, and none that is longer than 40 letters is found.
func Nearest(misspelt string, words []string) string {
	best, least := "", 0
	for _, w := range words {
		near := min(max(len(misspelt), len(w))/3, 3)
		if len(misspelt)-len(w) > near || len(w)-len(misspelt) > near || len(w) > longestMistaken {
			continue
		}
		_, d, _ := distances([]rune(strings.ToLower(misspelt)), []rune(strings.ToLower(w)))
		if d <= near && (best == "" || d < least || d == least && w < best) {
			best, least = w, d
		}
	}
	return best
}

// mistakenRun says whether some part of a name's word is the one that is sought but for mistakes. Swapping counts as two.
func (w *soughtIn) mistakenRun(name string) fit {
	var buffer [longestMistaken + 1]int
	row := buffer[:len(w.runes)+1] // of the distance between beginnings of the word and parts of the name that end here
	for i := range row {
		row[i] = i
	}
	best := len(w.runes)
	for _, r := range name {
		corner := 0
		for i, wanted := range w.runes {
			cost := 1
			if r == wanted {
				cost = 0
			}
			corner, row[i+1] = row[i+1], min(corner+cost, row[i+1]+1, row[i]+1)
		}
		best = min(best, row[len(w.runes)])
	}
	switch {
	case best > w.allowed:
		return fitNone
	case best == 1:
		return fitNear
	}
	return fitFar
}
