package kg

import (
	"strings"
	"unicode/utf8"
)

// maxSortKey is how much of a folded name decides its place, in bytes.
const maxSortKey = 1000

// SortKey makes the key by which names are ordered, the same on every engine:
// the folded name, cut at a whole character to at most 1,000 bytes, in an
// encoding whose order is the same whether an engine compares bytes of UTF-8,
// code points, or code units of UTF-16. Keys of equal names are equal; ties are
// for the caller to break, by id. The key of a name that folds to nothing is
// empty, and comes before all others.
//
// UTF-16 disagrees with the other two only above U+FFFF, since surrogates are
// smaller than U+E000 to U+FFFF. So each character above is written as U+FFFF
// and two characters below U+D800: with v = character - U+FFFF, these are
// U+0020 + v/1024 and U+0020 + v%1024. U+FFFF itself has v = 0, so that nothing
// collides and the order of the code points is kept. At its longest a key has
// 1,750 bytes.
func SortKey(s string) string {
	s = Fold(s)
	if len(s) > maxSortKey {
		cut := maxSortKey
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	if strings.IndexFunc(s, isEscaped) < 0 {
		return s
	}
	b := make([]byte, 0, 2*len(s))
	for _, r := range s {
		if isEscaped(r) {
			v := r - sortEscape
			b = utf8.AppendRune(b, sortEscape)
			b = utf8.AppendRune(b, ' '+v>>10)
			b = utf8.AppendRune(b, ' '+v&0x3ff)
		} else {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// sortEscape is the largest character of a key.
const sortEscape = '\uFFFF'

func isEscaped(r rune) bool { return r >= sortEscape }

// PrefixEnd gives the smallest text greater than every text that begins with
// prefix, so that a search by prefix is a range: prefix <= key < PrefixEnd(prefix).
// It is empty if there is none: every text begins with an empty prefix, and
// nothing is greater than the largest character. The prefix has to be the
// beginning of a SortKey, cut at a whole character; the result is valid UTF-8.
func PrefixEnd(prefix string) string {
	for prefix != "" {
		r, size := utf8.DecodeLastRuneInString(prefix)
		prefix = prefix[:len(prefix)-size]
		switch {
		case r == 0xD7FF: // what follows are the surrogates, which are no characters
			return prefix + "\uE000"
		case r < sortEscape:
			return prefix + string(r+1)
		}
	}
	return ""
}
