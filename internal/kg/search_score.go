package kg

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// match says how a text stands in a name or a description; more is better.
type match int

const (
	matchNone        match = iota
	matchQuote             // all its words in a quote of a fact
	matchDescription       // all its words in a description
	matchFar               // all its words in a name, some with two mistakes
	matchNear              // or with one
	matchWithin            // somewhere in a name
	matchWord              // where a word of a name begins; or each of its words where one begins, in any order; or all of a name, but for spaces
	matchPrefix            // where a name begins
	matchExact             // all of a name, or an identifier
)

// Of names that a text matches alike, the one that is in use counts more than one that is not.
var nameWeights = map[NameKind]int{Former: 0, Alias: 1, Abbreviation: 1, Primary: 2}

// scorer says how well entities fit a text.
type scorer struct {
	in              SearchIn
	plain, unspaced string
	words           []soughtIn
}

func newScorer(s *Sought) *scorer {
	sc := &scorer{in: s.in, plain: s.plain, unspaced: unspaced(s.plain)}
	for _, w := range s.words {
		sc.words = append(sc.words, newSoughtIn(w))
	}
	return sc
}

// score says how well an entity fits, and which of its names, identifiers or sentences does: 0 if none, at most 1.
//
// What it is made of is compared in this order: how the text stands in the name; what kind of name that is; how important the
// entity is, which is how many facts it has, and then its population; and how short the name is. Each is one digit of a number,
// in a base large enough for it, so that no amount of one outweighs what comes before it. The number stays below 2^53 and so is
// exact, and the score is its part of the largest.
func (sc *scorer) score(e *Entity, facts int) (best float64, matched string) {
	if e == nil || len(sc.words) == 0 {
		return 0, ""
	}
	population := populationOf(e)
	if sc.in&InNames != 0 {
		for _, n := range e.Names {
			if m := sc.matchName(n.Value); m != matchNone {
				if s := scoreOf(m, nameWeights[n.Kind], facts, population, n.Value); s > best {
					best, matched = s, n.Value
				}
			}
		}
		for _, id := range e.Identifiers() {
			if sc.unspaced == unspaced(spaced(searched(id.Value))) {
				if s := scoreOf(matchExact, 0, facts, population, id.Value); s > best {
					best, matched = s, id.Value
				}
			}
		}
	}
	if best == 0 && sc.in&InDescriptions != 0 && sc.isSaidIn(described(e)) {
		matched = sc.sentence(e.Description)
		best = scoreOf(matchDescription, 0, facts, population, matched)
	}
	return best, matched
}

func scoreOf(m match, weight, facts int, population int64, name string) float64 {
	return packed(m, weight, facts, magnitude(population), name)
}

// packed makes a score of its digits; large and small stand for what is compared before the length of the text that matched.
func packed(m match, weight, large, small int, text string) float64 {
	const (
		kinds = 3
		most  = 1 << 17 // facts; with more, entities are alike
		steps = 1 << 8  // of population
		long  = 1 << 8  // in code points; longer names are alike
		all   = (int(matchExact) + 1) * kinds * most * steps * long
	)
	short := long - 1 - min(long-1, utf8.RuneCountInString(text))
	n := (((int(m)*kinds+weight)*most+min(large, most-1))*steps+small)*long + short
	return float64(n) / float64(all)
}

// matchOf gives the first digit of a score.
func matchOf(score float64) match { return match(score * float64(matchExact+1)) }

// magnitude gives four steps for every doubling of a number: populations that differ by less are alike.
func magnitude(n int64) int {
	if n < 4 {
		return int(max(n, 0))
	}
	log := bits.Len64(uint64(n)) - 1
	return 4*log - 4 + int(n>>(log-2)&3)
}

// matchName says how the text stands in a name.
func (sc *scorer) matchName(value string) match {
	folded := searched(value)
	name := spaced(folded)
	switch {
	case name == "":
		return matchNone
	case name == sc.plain:
		return matchExact
	case strings.HasPrefix(name, sc.plain):
		return matchPrefix
	}
	if m := sc.matchWords(namedWords(folded, name)); m != matchNone || len(name) < len(sc.unspaced) || unspaced(name) != sc.unspaced {
		return m
	}
	return matchWord
}

// matchWords says how the words of the text stand among those of a name: as its worst word does. Each takes one of the name.
func (sc *scorer) matchWords(names []word) match {
	var buffer [64]bool
	taken := buffer[:]
	if len(names) > len(taken) {
		taken = make([]bool, len(names))
	}
	worst := fitWhole
	for i := range sc.words {
		best, at := fitNone, 0
		for j, name := range names {
			if !taken[j] {
				if f := sc.words[i].fitIn(name); f > best {
					best, at = f, j
				}
			}
		}
		if best == fitNone {
			return matchNone
		}
		taken[at] = true
		worst = min(worst, best)
	}
	return [...]match{fitFar: matchFar, fitNear: matchNear, fitWithin: matchWithin, fitBegin: matchWord, fitWhole: matchWord}[worst]
}

// isSaidIn says whether a folded text holds all words that are sought, as a description does.
func (sc *scorer) isSaidIn(folded string) bool {
	return folded != "" && sc.allFit(wordsOf(spaced(folded)), sc.fitSaid)
}

// fitSaid says how a word of the text stands in a word of a description: where that begins, without mistakes, or anywhere in
// what is written without spaces.
func (sc *scorer) fitSaid(i int, said word) fit {
	w := &sc.words[i]
	return w.fitText(said, len(w.runes) > 1)
}

// fitText says how a word that is sought stands in one of a text, without mistakes: whole, anywhere in what is written without
// spaces, or, where that will do, as its beginning.
func (w word) fitText(said word, begins bool) fit {
	switch {
	case said.run != w.run:
	case said.text == w.text:
		return fitWhole
	case w.run && strings.Contains(said.text, w.text):
		return fitWithin
	case begins && strings.HasPrefix(said.text, w.text):
		return fitBegin
	}
	return fitNone
}

// allFit says whether each word of the text fits in one of some words; two may fit in the same.
func (sc *scorer) allFit(words []word, fits func(i int, w word) fit) bool {
	for i := range sc.words {
		if !slices.ContainsFunc(words, func(w word) bool { return fits(i, w) != fitNone }) {
			return false
		}
	}
	return true
}

// sentence gives the first sentence of a text that holds all words that are sought; all of it, if they are in several.
func (sc *scorer) sentence(text string) string {
	for rest := text; rest != ""; {
		end := sentenceEnd(rest)
		if s := strings.TrimSpace(rest[:end]); sc.isSaidIn(Fold(s)) {
			return s
		}
		rest = rest[end:]
	}
	return text
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
