package kg

import (
	"slices"
	"strings"
)

// maxQuoted is how much of a quote is searched, in characters.
const maxQuoted = 2_000

// QuoteGram is a gram that one of a fact's quotes has to have, see [QuoteGrams].
type QuoteGram struct {
	Text string
	// Begins says that a gram which begins with the text will do.
	Begins bool
}

// QuoteGrams lists the grams of the quotes of a fact, those against it too, each once and in order: an engine keeps an index of
// them to answer [Store.Candidates]. They are the quotes' words, of which 40 characters count; of what is written without spaces
// each character, and each two that stand side by side. None holds a sign or a space.
func QuoteGrams(evidence []Evidence) []string {
	var g gramList
	for i := range evidence {
		for _, w := range quotedWords(evidence[i].Quote) {
			if w.run {
				g.addParts("", w.text, 1)
				g.addParts("", w.text, 2)
			} else {
				g.add(cutTo(w.text, maxWhole))
			}
		}
	}
	slices.Sort(g.list)
	return slices.Compact(g.list)
}

// Hold says whether grams, in order as QuoteGrams gives them, are all that is sought in quotes.
func (s *Sought) Hold(grams []string) bool {
	for _, sought := range s.Quoted {
		i, found := slices.BinarySearch(grams, sought.Text)
		if !found && !(sought.Begins && i < len(grams) && strings.HasPrefix(grams[i], sought.Text)) {
			return false
		}
	}
	return len(s.Quoted) > 0
}

// quotedWords lists the words by which a quote may be found, as those of a name.
func quotedWords(quote string) []word {
	if quote == "" {
		return nil
	}
	folded := foldedQuote(quote)
	return namedWords(folded, spaced(folded))
}

func foldedQuote(quote string) string { return Fold(cutTo(quote, maxQuoted)) }

// quoted lists the grams that the quotes of a fact need to have for all words of a text to be in one of them.
func (s *Sought) quoted() []QuoteGram {
	var grams []QuoteGram
	for i, w := range s.words {
		if !w.run {
			grams = append(grams, QuoteGram{cutTo(w.text, maxWhole), i == len(s.words)-1 && w.begins()})
			continue
		}
		var parts gramList
		parts.addParts("", w.text, min(2, len([]rune(w.text))))
		for _, part := range parts.list {
			grams = append(grams, QuoteGram{Text: part})
		}
	}
	slices.SortFunc(grams, func(a, b QuoteGram) int { return strings.Compare(a.Text, b.Text) })
	return slices.Compact(grams)
}

// begins says whether the word is long enough to be looked for as the beginning of one in quotes, which are many and long.
func (w word) begins() bool { return len([]rune(w.text)) >= leastWithin }

// fitQuoted says how a word of the text stands in a word of a quote: without mistakes, whole or, if it is the last, as its
// beginning, or anywhere in what is written without spaces.
func (sc *scorer) fitQuoted(i int, said word) fit {
	w := &sc.words[i]
	return w.fitText(said, i == len(sc.words)-1 && w.begins())
}

// quote gives the first quote of a fact that holds all words of the text; "" if none does.
func (sc *scorer) quote(f *Fact) string {
	for i := range f.Evidence {
		quote := f.Evidence[i].Quote
		if quote == "" {
			continue
		}
		folded := foldedQuote(quote)
		plain := spaced(folded)
		// Most quotes have the words as they stand, without those into which signs part them.
		if sc.allFit(wordsOf(plain), sc.fitQuoted) || sc.allFit(namedWords(folded, plain), sc.fitQuoted) {
			return quote
		}
	}
	return ""
}

// scoreQuote says how well an entity fits that a quote of one of its facts leads to. It is compared in this order: how sure the
// fact is, how many facts the entity has, in steps of about a fifth, and how short the quote is.
func scoreQuote(f *Fact, facts int, quote string) float64 {
	return packed(matchQuote, 0, int(f.Confidence*1e4+0.5), magnitude(int64(facts)), quote)
}
