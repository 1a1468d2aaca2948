package kg

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A gram is a piece of a name by which an engine finds it, as an index finds a word. It holds neither spaces nor any sign but a
// few of these, which tell the sorts apart:
//
//	^ji jin ina nan an$   three characters of a word of letters, with its ends
//	^j                    its first letter
//	-jian                 a word of 3 to 7 letters with one left out, or none
//	京 京都               a character, and two, of a script without spaces
//	<j <ji <jin <jina     how a name begins
//	=newyork =q90         a whole name without its spaces, or an identifier
//	~fr ~fran             how a word of a description begins; or a character or two of it
const (
	gramEdge, gramEnd, gramLeft = "^", "$", "-"
	gramBegins, gramWhole       = "<", "="
	gramSaid                    = "~"
)

const (
	// maxWords is how many words of a text are looked for, the first ones.
	maxWords = 12
	// maxWhole is how much of a name is one gram, in characters.
	maxWhole = 40
	// maxDescribed is how much of a description is searched, in characters.
	maxDescribed = 1_000
	// Words of these lengths are kept with one letter left out: those within a mistake of 4 to 6 letters.
	leastLeft, mostLeft = 3, 7
)

// said are the lengths to which the words of descriptions are kept; a single letter is kept where it is a word.
var said = [...]int{8, 4, 2}

// Sought is a text made ready to be searched for. Only [Seek] makes one.
type Sought struct {
	// Words are what an entity has to hold enough of, each of them.
	Words []SoughtWord
	// Also are further grams that count where all words are held.
	Also []Gram
	// Quoted are the grams that the quotes of a fact have to have, all of them; see [Sought.Hold].
	Quoted []QuoteGram

	in    SearchIn
	plain string
	words []word
}

// SearchIn says where a text is searched for; zero is names and descriptions.
type SearchIn uint8

// Where a text may be searched for: in names and identifiers, in descriptions, and in the quotes of accepted facts.
const (
	InNames SearchIn = 1 << iota
	InDescriptions
	InQuotes
)

// SoughtWord is one word of a text: an entity may be meant by it if the weights of those of its grams that the entity has come
// to Least or more. It is so for every name that fits the word, mistakes included, and for few others.
type SoughtWord struct {
	Grams []Gram // none twice
	Least int    // 1 or more
}

// Gram is a gram and how much it counts, 1 or more.
type Gram struct {
	Text   string
	Weight int
}

// Search asks a store what may be meant by a text.
type Search struct {
	*Sought
	Kinds KindSet // of the entities, zero for any
	Where Filter  // which entities, nil for all
	Today Day     // as in [Query]
	// Limit is how many entities are proposed by their grams at most, and Quotes how many facts by those of their quotes.
	Limit, Quotes int
}

// Candidates answer a [Search].
type Candidates struct {
	Entities []Candidate
	Facts    []CandidateFact
}

// Candidate is an entity that a store proposes, with its degree as in [Expanded].
type Candidate struct {
	ID     ID
	Degree int
}

// CandidateFact is a fact that a store proposes for its quotes, with those of its ends that are of the kinds and fit the filter,
// one at least, From before To.
type CandidateFact struct {
	ID   ID
	Ends []Candidate
}

// Grams lists the grams of an entity, each once, in no order: an engine keeps them to answer [Store.Candidates]. They rest on
// its names, its description and its identifiers alone. A name of 20 letters has about 30.
func Grams(e *Entity) []string {
	g := gramList{list: make([]string, 0, 64)}
	g.text.Grow(256)
	for _, n := range e.Names {
		folded := searched(n.Value)
		p := spaced(folded)
		for _, w := range namedWords(folded, p) {
			g.addWord(w)
		}
		if p == "" {
			continue
		}
		g.add(wholeGram(p))
		for _, n := range begun {
			g.add(beginGram(p, n))
		}
	}
	for _, w := range wordsOf(spaced(described(e))) {
		g.addSaid(w)
	}
	for _, id := range e.Identifiers() {
		if p := spaced(searched(id.Value)); p != "" {
			g.add(wholeGram(p))
		}
	}
	slices.Sort(g.list)
	return slices.Compact(g.list)
}

// gramList gathers grams. Those that are put together lie in one text, as there are many and an engine that opens asks for those
// of all entities.
type gramList struct {
	list []string
	text strings.Builder
}

// add adds a gram, of one part or put together of several.
func (g *gramList) add(parts ...string) {
	if len(parts) == 1 {
		g.list = append(g.list, parts[0])
		return
	}
	begin := g.text.Len()
	for _, part := range parts {
		g.text.WriteString(part)
	}
	g.list = append(g.list, g.text.String()[begin:])
}

// begun are the lengths to which the beginnings of names are kept.
var begun = [...]int{4, 3, 2, 1}

func beginGram(plain string, n int) string {
	return gramBegins + strings.ReplaceAll(cutTo(plain, n), " ", "_")
}

func wholeGram(plain string) string { return gramWhole + cutTo(unspaced(plain), maxWhole) }

func unspaced(plain string) string { return strings.ReplaceAll(plain, " ", "") }

// described gives the part of an entity's description that is searched, folded.
func described(e *Entity) string {
	if e.Description == "" {
		return ""
	}
	return Fold(cutTo(e.Description, maxDescribed))
}

// addWord adds the grams under which a word of a name is kept.
func (g *gramList) addWord(w word) {
	if w.run {
		g.addParts("", w.text, 1)
		g.addParts("", w.text, 2)
		return
	}
	g.add(gramEdge, cutTo(w.text, 1))
	g.addParts("", gramEdge+w.text+gramEnd, 3)
	if n := utf8.RuneCountInString(w.text); leastLeft <= n && n <= mostLeft {
		g.addLeft(w.text)
	}
}

// addSaid adds the grams under which a word of a description is kept.
func (g *gramList) addSaid(w word) {
	if w.run {
		g.addParts(gramSaid, w.text, 1)
		g.addParts(gramSaid, w.text, 2)
		return
	}
	letters := utf8.RuneCountInString(w.text)
	if letters == 1 {
		g.add(gramSaid, w.text)
	}
	for _, n := range said {
		if letters >= n {
			g.add(gramSaid, cutTo(w.text, n))
		}
	}
}

// partsOf lists all parts of a text of n characters.
func partsOf(sort, text string, n int) []string {
	var g gramList
	g.addParts(sort, text, n)
	return g.list
}

// addParts adds all parts of a text of n characters.
func (g *gramList) addParts(sort, text string, n int) {
	for rest := text; rest != ""; {
		part := cutTo(rest, n)
		if len(part) == len(rest) && utf8.RuneCountInString(part) < n {
			break
		}
		if sort == "" {
			g.add(part)
		} else {
			g.add(sort, part)
		}
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
}

// addLeft adds a word, and what remains of it without one of its letters.
func (g *gramList) addLeft(text string) {
	g.add(gramLeft, text)
	for i, r := range text {
		g.add(gramLeft, text[:i], text[i+utf8.RuneLen(r):])
	}
}

// Seek makes a text ready to be searched for: nothing is sought in a text without words.
func Seek(text string, in SearchIn) *Sought {
	if in == 0 {
		in = InNames | InDescriptions
	}
	p := spaced(searched(text))
	s := &Sought{in: in, plain: p, words: wordsOf(p)}
	s.words = s.words[:min(len(s.words), maxWords)]
	if in&InQuotes != 0 {
		s.Quoted = s.quoted()
	}
	if len(s.words) == 0 || in&(InNames|InDescriptions) == 0 {
		return s
	}
	for _, w := range s.words {
		s.Words = append(s.Words, w.sought(in))
	}
	if in&InNames == 0 {
		return s
	}
	// A name that is the text counts more than one that begins with it, and that more than all the rest.
	const whole, begins = 20_000, 10_000
	s.Also = []Gram{{wholeGram(p), whole}}
	for _, n := range begun {
		if utf8.RuneCountInString(p) >= n {
			s.Also = append(s.Also, Gram{beginGram(p, n), begins})
			break
		}
	}
	// What is given whole, as identifiers are, stands in for every word: it may be parted in another way than a name is.
	for i := range s.Words {
		s.Words[i].add(Gram{wholeGram(p), s.Words[i].Least})
	}
	return s
}

// add adds a gram that is not there yet.
func (s *SoughtWord) add(g Gram) {
	if !slices.ContainsFunc(s.Grams, func(other Gram) bool { return other.Text == g.Text }) {
		s.Grams = append(s.Grams, g)
	}
}

func (s *SoughtWord) addAll(texts []string, weight int) {
	for _, text := range texts {
		s.add(Gram{text, weight})
	}
}

// sought says what an entity has to hold of a word.
func (w word) sought(in SearchIn) SoughtWord {
	if w.run {
		return w.soughtRun(in)
	}
	s := SoughtWord{Least: 1}
	n := utf8.RuneCountInString(w.text)
	if in&InNames != 0 {
		s = w.soughtInNames(n)
	}
	if in&InDescriptions == 0 {
		return s
	}
	for _, most := range append(said[:], 1) {
		if n >= most {
			s.add(Gram{gramSaid + cutTo(w.text, most), s.Least})
			break
		}
	}
	return s
}

// soughtInNames says what an entity has to hold in its names of a word of n letters.
func (w word) soughtInNames(n int) (s SoughtWord) {
	parts := partsOf("", gramEdge+w.text+gramEnd, 3)
	switch first, last := parts[:1], parts[max(1, len(parts)-1):]; {
	case n == 1: // the beginning of a word
		s.add(Gram{gramEdge + w.text, 1})
		s.addAll(parts, 1)
		s.Least = 1
	case n == 2:
		s.addAll(first, 2)
		s.addAll(last, 1)
		s.Least = 2
	default:
		// What stands within a word has its inner parts; what begins or ends one, more. The ends alone are not enough.
		inner := parts[1 : len(parts)-1]
		weight := 1
		if n <= mostLeft-1 {
			weight = 3
		}
		s.addAll(inner, weight)
		s.Least = weight * len(s.Grams)
		switch {
		case w.mistakes() == 0:
		case n < mostLeft:
			// One mistake may spoil all parts of so short a word, but leaves it with a letter left out.
			var left gramList
			left.addLeft(w.text)
			s.addAll(left.list, s.Least)
		default:
			s.Least = len(distinct(parts)) - spoiled(w.mistakes())
		}
		s.addAll(first, 1)
		s.addAll(last, 1)
	}
	return s
}

// soughtRun is sought for a word of a script without spaces: the pairs of its characters.
func (w word) soughtRun(in SearchIn) SoughtWord {
	var s SoughtWord
	size := min(2, utf8.RuneCountInString(w.text))
	if in&InNames != 0 {
		s.addAll(partsOf("", w.text, size), 1)
		s.Least = len(s.Grams) - 2*w.mistakes()
	}
	if in&InDescriptions != 0 {
		s.addAll(partsOf(gramSaid, w.text, size), 1)
	}
	if in&InNames == 0 {
		s.Least = len(s.Grams)
	}
	return s
}

// spoiled is how many of the parts of a word of letters may be missing where it has its mistakes, and where one of them is made
// in a word whose end is still to be typed: a wrong letter spoils three, two letters swapped four, an end that is not there one.
func spoiled(mistakes int) int {
	if mistakes > 1 {
		return 6
	}
	return 5
}

func distinct(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}
