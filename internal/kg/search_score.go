package kg

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// match says how a text stands in a name or a description; more is better.
type match int

const (
	matchNone match = iota
	matchDescription
	matchWithin // somewhere in a name
	matchWord   // where a word of a name begins
	matchPrefix // where a name begins
	matchExact  // all of a name
)

// Of names that a text matches alike, the one that is in use counts more than one that is not.
var nameWeights = map[NameKind]int{Former: 0, Alias: 1, Abbreviation: 1, Primary: 2}

// score says how well an entity fits a folded text, and which of its names or sentences does: 0 if none, at most 1.
//
// What it is made of is compared in this order: how the text stands in the name; what kind of name that is; how important the
// entity is, which is its population where that is known; and how short the name is. Each is one digit of a number, in a base
// large enough for it, so that no amount of one outweighs what comes before it. The number stays below 2^53 and so is exact,
// and the score is its part of the largest.
func score(e *Entity, text string) (best float64, matched string) {
	if e == nil {
		return 0, ""
	}
	important := populationOf(e)
	for _, n := range e.Names {
		if m := matchName(Fold(n.Value), text); m != matchNone {
			if s := scoreOf(m, nameWeights[n.Kind], important, n.Value); s > best {
				best, matched = s, n.Value
			}
		}
	}
	if best == 0 && strings.Contains(Fold(e.Description), text) {
		matched = sentenceHolding(e.Description, text)
		best = scoreOf(matchDescription, 0, important, matched)
	}
	return best, matched
}

func scoreOf(m match, weight int, important int64, name string) float64 {
	const (
		kinds = 3
		most  = math.MaxInt32 + 1 // populations
		long  = 1 << 8            // in code points; longer names are alike
		all   = (int(matchExact) + 1) * kinds * most * long
	)
	short := int64(long - min(long, utf8.RuneCountInString(name)))
	n := ((int64(m)*kinds+int64(weight))*most+important)*long + short
	return float64(n) / float64(all)
}

// matchName says how a folded text stands in a folded name.
func matchName(name, text string) match {
	switch {
	case name == text:
		return matchExact
	case strings.HasPrefix(name, text):
		return matchPrefix
	}
	m := matchNone
	for from := 0; ; {
		at := strings.Index(name[from:], text)
		if at < 0 {
			return m
		}
		at += from
		if before, size := utf8.DecodeLastRuneInString(name[:at]); size > 0 && !isWordPart(before) {
			return matchWord
		}
		m = matchWithin
		_, size := utf8.DecodeRuneInString(name[at:])
		from = at + size
	}
}

func isWordPart(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// populationOf gives how many people live in an entity, 0 where that is unknown.
func populationOf(e *Entity) int64 {
	for i, f := range e.Kind.Decl().Fields {
		if f.Name == "population" {
			n, _ := e.Values[i].(int64)
			return n
		}
	}
	return 0
}
