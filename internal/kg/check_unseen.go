package kg

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters that nobody sees are kept where they mean something, and refused where they mean nothing or change how the text
// looks that stands around a name:
//
//   - Control characters, as a terminal obeys them. A text keeps those that are space, as its quotes rest on it byte for byte.
//   - What ends a line, in a name.
//   - What turns the direction of writing, in a name: overrides show letters in an order in which they do not stand (what
//     reads as photo.jpg may end in .exe), and embeddings reach past the end of a name that does not close them. Arabic and
//     Hebrew need neither: where both directions meet in a name there are isolates (U+2066 to U+2068, closed by U+2069), which
//     are kept where each is closed, and marks (U+200E, U+200F, U+061C), which turn nothing else. Texts and descriptions keep
//     what somebody's word processor put there; programs that show them make it visible.

// checkSeen proves that a text of one line has nothing in it that ends the line, that a terminal obeys, or that turns what
// stands around the text.
func checkSeen(s string) *Error {
	open := 0
	for i, r := range s {
		switch {
		case unicode.IsControl(r):
			return controlCharacter(s, i)
		case unicode.In(r, unicode.Zl, unicode.Zp):
			return Errorf(BadInput, "%s has the end of a line %U in it: leave it out", quoteShort(s), r)
		case '\u202a' <= r && r <= '\u202e':
			return Errorf(BadInput, "%s has %U in it, which turns the direction of what stands around it: leave it out, or where both directions meet write U+2068 before the part and U+2069 after it", quoteShort(s), r)
		case '\u2066' <= r && r <= '\u2068':
			open++
		case r == '\u2069':
			if open--; open < 0 {
				return Errorf(BadInput, "%s has U+2069 in it without a U+2066, U+2067 or U+2068 before it: leave it out", quoteShort(s))
			}
		}
	}
	if open > 0 {
		return Errorf(BadInput, "%s has a U+2066, U+2067 or U+2068 in it that no U+2069 closes: close it, or leave it out", quoteShort(s))
	}
	return nil
}

// checkWriting proves that a text of many lines has no control character in it but space.
func checkWriting(s string) *Error {
	if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }); i >= 0 {
		return controlCharacter(s[i:], 0)
	}
	return nil
}

func controlCharacter(s string, at int) *Error {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return Errorf(BadInput, "%s has the control character %U in it: leave it out", quoteShort(s), r)
}
