package kg

import (
	"cmp"
	"slices"
)

// places gives the parts of a text that matched, in order, none touching another. how says as what it matched.
func (sc *scorer) places(text string, how match) []Span {
	folded := foldPlaces(text)
	fits, every := sc.fitInName, false
	switch how {
	case matchDescription:
		fits, every = sc.fitSaid, true
	case matchQuote:
		fits, every = sc.fitQuoted, true
	}
	words := placedWords(folded)
	var spans []Span
	for i := range sc.words {
		best := fitNone
		for _, w := range words {
			best = max(best, fits(i, w.word))
		}
		if best == fitNone {
			// The text is the name but for its spaces, or an identifier, and parted otherwise: all of it matched.
			return wholeOf(words)
		}
		for _, w := range words {
			if f := fits(i, w.word); f == best || every && f != fitNone {
				for _, part := range sc.words[i].partsIn(w.word, f) {
					spans = append(spans, Span{w.at[part.Start].Start, w.at[part.End-1].End})
				}
			}
		}
	}
	return joinedSpans(spans)
}

func (sc *scorer) fitInName(i int, name word) fit { return sc.words[i].fitIn(name) }

// placedWord is a word of a text with where each of its characters comes from.
type placedWord struct {
	word
	at []foldedRune
}

// placedWords lists the words of a text in each of the ways in which it may be parted, see namedWords.
func placedWords(folded []foldedRune) (words []placedWord) {
	text := make([]rune, len(folded))
	var parts []foldedRune // of words, which are the same whichever way the text is parted
	for i, f := range folded {
		text[i] = f.r
		if isWordPart(f.r) {
			parts = append(parts, f)
		}
	}
	for _, left := range []string{`'.`, "", `'.-`} {
		rest := parts
		for _, w := range wordsOf(unsigned(string(text), left)) {
			n := len([]rune(w.text))
			words = append(words, placedWord{w, rest[:n]})
			rest = rest[n:]
		}
	}
	return words
}

// wholeOf gives all of a text from its first word to its last.
func wholeOf(words []placedWord) []Span {
	if len(words) == 0 {
		return nil
	}
	last := words[len(words)-1].at
	return []Span{{words[0].at[0].Start, last[len(last)-1].End}}
}

// partsIn gives the parts of a word, by its characters, in which the one that is sought fits.
func (w *soughtIn) partsIn(in word, f fit) []Span {
	runes := []rune(in.text)
	switch {
	case w.run && f == fitNear || w.run && f == fitFar:
		return []Span{w.mistakenPart(runes)}
	case f == fitNear || f == fitFar || f == fitWhole:
		return []Span{{0, len(runes)}}
	case f == fitBegin && !w.run:
		return []Span{{0, len(w.runes)}}
	}
	var parts []Span
	for i := 0; i+len(w.runes) <= len(runes); {
		if slices.Equal(runes[i:i+len(w.runes)], w.runes) {
			parts = append(parts, Span{i, i + len(w.runes)})
			i += len(w.runes)
		} else {
			i++
		}
	}
	return parts
}

// mistakenPart gives the part of a text without spaces that is the word but for the fewest mistakes, the first and shortest.
func (w *soughtIn) mistakenPart(text []rune) Span {
	best, part := len(w.runes)+1, Span{0, len(text)}
	for from := range text {
		to := min(len(text), from+len(w.runes)+w.allowed)
		row := make([]int, len(w.runes)+1)
		for i := range row {
			row[i] = i
		}
		for at, r := range text[from:to] {
			corner := row[0]
			row[0] = at + 1
			for i, wanted := range w.runes {
				cost := 1
				if r == wanted {
					cost = 0
				}
				corner, row[i+1] = row[i+1], min(corner+cost, row[i+1]+1, row[i]+1)
			}
			if d := row[len(w.runes)]; d < best {
				best, part = d, Span{from, from + at + 1}
			}
		}
	}
	return part
}

// joinedSpans puts spans in order, and those together that touch.
func joinedSpans(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	joined := spans[:0]
	for _, s := range spans {
		if n := len(joined); n > 0 && s.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, s.End)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}
