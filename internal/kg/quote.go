package kg

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// quotable is a source's text made ready to have many quotes found in it. Quotes are found byte for byte: what looks alike
// but is written in other code points is another text.
type quotable struct {
	text string
	// starts[i] is how many code points begin before byte i*textBlock, so that an offset costs one block and not the text.
	starts []int
}

const textBlock = 1 << 10

// newQuotable makes a text ready; it has to be valid UTF-8.
func newQuotable(text string) *quotable {
	t := &quotable{text: text, starts: make([]int, 0, len(text)/textBlock+1)}
	n := 0
	for at := 0; at <= len(text); at += textBlock {
		t.starts = append(t.starts, n)
		n += countStarts(text[at:min(at+textBlock, len(text))])
	}
	return t
}

// countStarts counts the code points that begin in a piece of text; a piece may begin or end within one.
func countStarts(s string) int {
	n := 0
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

// find gives the code points at which a quote first begins and ends in the text.
func (t *quotable) find(quote string) (start, end int, ok bool) {
	at := strings.Index(t.text, quote)
	if at < 0 {
		return 0, 0, false
	}
	start = t.codePoint(at)
	return start, start + utf8.RuneCountInString(quote), true
}

// standsAt says whether a quote begins at a code point of the text.
func (t *quotable) standsAt(quote string, start int) bool {
	at, ok := t.byteAt(start)
	return ok && strings.HasPrefix(t.text[at:], quote)
}

// codePoint gives how many code points begin before a byte.
func (t *quotable) codePoint(at int) int {
	block := at / textBlock
	return t.starts[block] + countStarts(t.text[block*textBlock:at])
}

// byteAt gives the byte at which a code point begins, or the end of the text for the one past the last.
func (t *quotable) byteAt(codePoint int) (int, bool) {
	if codePoint < 0 {
		return 0, false
	}
	// It is in the last block before which no more begin.
	block := sort.Search(len(t.starts), func(i int) bool { return t.starts[i] > codePoint }) - 1
	n := t.starts[block]
	for i := block * textBlock; i < len(t.text); i++ {
		if utf8.RuneStart(t.text[i]) {
			if n == codePoint {
				return i, true
			}
			n++
		}
	}
	return len(t.text), n == codePoint
}

// inCommon gives the longest beginning of a quote that stands in the text, to say where the two part.
func (t *quotable) inCommon(quote string) string {
	n := sort.Search(len(quote), func(n int) bool { return !strings.Contains(t.text, quote[:n+1]) })
	for n > 0 && n < len(quote) && !utf8.RuneStart(quote[n]) {
		n--
	}
	return quote[:n]
}
