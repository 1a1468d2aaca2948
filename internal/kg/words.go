package kg

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of a folded text: letters, digits and marks of one sort.
type word struct {
	text string
	// run says that it is of a script written without spaces between words, as Chinese and Japanese are, so that any part of
	// it may be what somebody calls a word. Korean is among them, as its names grow by syllables.
	run bool
}

// spaced gives a folded text as words with a space between them. An apostrophe or full stop within a word is left out, and so
// Xi'an is xian, and E.D.F. is edf; all other signs part words.
func spaced(folded string) string {
	return strings.Join(strings.Fields(unsigned(folded, `'.`)), " ")
}

// unsigned leaves some signs out where they stand between parts of words, and puts a space in place of every other sign.
func unsigned(folded, left string) string {
	if strings.IndexFunc(folded, func(r rune) bool { return !isWordPart(r) && r != ' ' }) < 0 {
		return folded
	}
	var b strings.Builder
	b.Grow(len(folded))
	inside := false // whether the last character was part of a word
	for i, r := range folded {
		switch {
		case isWordPart(r):
			b.WriteRune(r)
			inside = true
			continue
		case inside && strings.ContainsRune(left, r):
			if next, _ := utf8.DecodeRuneInString(folded[i+utf8.RuneLen(r):]); isWordPart(next) {
				continue
			}
		}
		b.WriteByte(' ')
		inside = false
	}
	return b.String()
}

// wordsOf lists the words of a plain text in their order.
func wordsOf(plain string) []word {
	var words []word
	for _, w := range strings.Fields(plain) {
		words = appendWords(words, w)
	}
	return words
}

// appendWords adds what stands between two spaces: JR東日本 is two words.
func appendWords(words []word, chunk string) []word {
	if isASCII(chunk) {
		return append(words, word{text: chunk})
	}
	from, run := 0, false
	for i, r := range chunk {
		if unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me) {
			continue // goes with what it stands on
		}
		if now := isRun(r); i == 0 {
			run = now
		} else if now != run {
			words = append(words, word{chunk[from:i], run})
			from, run = i, now
		}
	}
	return append(words, word{chunk[from:], run})
}

// namedWords lists the words by which a folded name may be found: its own, those into which apostrophes and full stops part
// it, and those which hyphens join in it, so that Aquila finds L'Aquila, and hightech a High-Tech Zone.
func namedWords(folded, plain string) []word {
	words := wordsOf(plain)
	if !joinsWords(folded) {
		return words
	}
	for _, other := range []string{unsigned(folded, ""), unsigned(folded, `'.-`)} {
		for _, w := range wordsOf(other) {
			if !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	return words
}

// joinsWords says whether an apostrophe, full stop or hyphen stands within a word. At its end it makes no difference.
func joinsWords(folded string) bool {
	for i := 1; i < len(folded)-1; i++ {
		if c := folded[i]; c == '\'' || c == '.' || c == '-' {
			before, _ := utf8.DecodeLastRuneInString(folded[:i])
			after, _ := utf8.DecodeRuneInString(folded[i+1:])
			if isWordPart(before) && isWordPart(after) {
				return true
			}
		}
	}
	return false
}

// isWordPart says whether a character belongs to a word. Signs that stand for things, as emoji do, count as words too.
func isWordPart(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return r != utf8.RuneError && unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So)
}

// isRun says whether a character is of a script that puts no spaces between words.
func isRun(r rune) bool {
	const longVowel = 'ー' // of katakana, but common to scripts by Unicode
	return r >= 0x0E00 && (r == longVowel || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Yi, unicode.So))
}
