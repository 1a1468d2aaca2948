package kg

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Span is a part of a text, in Unicode code points: its first, and one past its last.
type Span struct{ Start, End int }

// foldedRune is a character of a folded text with the part of the text that it was made of. One may be made of several, and
// several of one.
type foldedRune struct {
	r rune
	Span
}

// foldPlaces folds a text as Fold does, and says where each character comes from. What was dropped, as accents are that stand
// for themselves, belongs to what stands before it.
func foldPlaces(s string) []foldedRune {
	var folded []foldedRune
	fold, space := cases.Fold(), false
	add := func(r rune, at Span) {
		if space { // which may be within one character, as some are words
			end := folded[len(folded)-1].End
			folded, space = append(folded, foldedRune{' ', Span{min(end, at.Start), max(end, at.Start)}}), false
		}
		folded = append(folded, foldedRune{r, at})
	}
	at := 0
	for _, r := range s {
		here := Span{at, at + 1}
		at++
		before := len(folded)
		for _, r := range norm.NFKD.String(string(foldBefore(r))) {
			if r = foldMark(r); r < 0 {
				continue
			}
			for _, r := range fold.String(string(r)) {
				if r == ' ' {
					space = len(folded) > 0
				} else if letters, ok := foldLetters[r]; ok {
					for _, r := range letters {
						add(r, here)
					}
				} else {
					add(foldCherokee(r), here)
				}
			}
		}
		if before > 0 && before == len(folded) && !space {
			folded[before-1].End = at
		}
	}
	return composed(folded)
}

// composed puts together what is one character, as Fold does at its end.
func composed(parts []foldedRune) []foldedRune {
	var b strings.Builder
	for _, p := range parts {
		b.WriteRune(p.r)
	}
	text, whole := b.String(), make([]foldedRune, 0, len(parts))
	for text != "" {
		n := norm.NFC.NextBoundaryInString(text, true)
		chunk := text[:n]
		text = text[n:]
		of := parts[:utf8.RuneCountInString(chunk)]
		parts = parts[len(of):]
		if norm.NFC.IsNormalString(chunk) {
			whole = append(whole, of...)
			continue
		}
		all := Span{of[0].Start, of[0].End}
		for _, p := range of {
			all = Span{min(all.Start, p.Start), max(all.End, p.End)}
		}
		for _, r := range norm.NFC.String(chunk) {
			whole = append(whole, foldedRune{r, all})
		}
	}
	return whole
}
