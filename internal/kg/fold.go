package kg

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/rangetable"
)

// Fold makes the form of a text in which names are compared, found and sorted:
// two names that a reader takes for the same name have the same form. What it
// gives is for machines, never for display.
//
//   - Case is gone (full Unicode case folding: ß is ss, ς is σ), and so are
//     width, ligatures and the like (NFKD: ﬁ is fi, Ｊ is j, ① is 1, ｶﾞ is ガ).
//   - Accents are gone: every combining mark that scripts share, and the points
//     of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac, which may be left
//     out when writing (é is e, й is и, أ is ا, שָׁ is ש).
//   - Marks that are the letters themselves stay. These are the voicing marks
//     of kana (か and が are two consonants) and all marks of other scripts:
//     vowel signs, viramas and tones of Devanagari, Thai, Khmer, Tibetan and
//     so on, without which the text falls apart.
//   - Letters that do not decompose are mapped (ł is l, ø is o, þ is th, æ is
//     ae); see foldLetters. İ, I and ı are all i, as Turkish and other names
//     meet in one list.
//   - Kinds of apostrophe, of double quotation mark and of dash are one each: ' " -
//   - Control and format characters are dropped, soft hyphens and joiners among
//     them. White space of any kind and length is one space, and none at the ends.
//
// The result is NFC (Hangul are syllables again) and valid UTF-8; each invalid
// byte has become U+FFFD. Folding twice changes nothing. Simplified and
// traditional Chinese, hiragana and katakana, and digits of different scripts
// stay apart. A text of nothing but marks and spaces folds to the empty one.
func Fold(s string) string {
	if isASCII(s) {
		return foldASCII(s)
	}
	s = norm.NFKD.String(strings.Map(foldBefore, s))
	s = strings.Map(foldMark, s)
	s = cases.Fold().String(s)

	var b strings.Builder
	b.Grow(len(s))
	space := false // whether a space is due before the next letter
	for _, r := range s {
		if r == ' ' {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if letters, ok := foldLetters[r]; ok {
			b.WriteString(letters)
		} else {
			b.WriteRune(foldCherokee(r))
		}
	}
	return norm.NFC.String(b.String())
}

// foldBefore keeps NFKD from taking apart as a space and a mark what people
// write for an apostrophe, or for the voicing of a kana. Through strings.Map
// it also puts U+FFFD for every invalid byte.
func foldBefore(r rune) rune {
	switch r {
	case '´':
		return '\''
	case '゛':
		return '\u3099'
	case '゜':
		return '\u309A'
	}
	return r
}

// foldMark drops the marks and invisible characters that do not count and
// unifies punctuation and white space, on decomposed text.
func foldMark(r rune) rune {
	const drop = -1
	switch {
	case r < utf8.RuneSelf:
		return foldControl(r)
	case !unicode.Is(special, r):
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point):
		return drop
	case unicode.In(r, unicode.Mn, unicode.Me):
		if r == '\u3099' || r == '\u309A' || !unicode.In(r, optionalMarks...) {
			return r
		}
		return drop
	case strings.ContainsRune(apostrophes, r):
		return '\''
	case strings.ContainsRune(quotationMarks, r):
		return '"'
	case r == tatweel:
		return drop
	}
	return '-'
}

// special is everything that foldMark has to look at twice. The one look-up
// makes folding Chinese twice as fast as asking the tables in turn.
var special = rangetable.Merge(unicode.White_Space, unicode.Cc, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point,
	unicode.Mn, unicode.Me, unicode.Pd, rangetable.New([]rune(apostrophes+quotationMarks+dashes)...), rangetable.New(tatweel))

// foldCherokee folds small letters to the capitals, as Unicode has it for this
// script alone. cases.Fold swaps the two instead (golang.org/issue/46101); once
// that is mended, this can go.
func foldCherokee(r rune) rune {
	if 0xAB70 <= r && r <= 0xABBF || 0x13F8 <= r && r <= 0x13FD {
		return unicode.ToUpper(r)
	}
	return r
}

// optionalMarks are the scripts whose combining marks may be left out; Inherited
// and Common are the marks that scripts share.
var optionalMarks = []*unicode.RangeTable{
	unicode.Inherited, unicode.Common, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Syriac,
}

const (
	// The letters among them are the okina of Hawaiian, the ayn and hamza of
	// romanized Arabic and the saltillo of Mexico: whoever lacks the key writes
	// an apostrophe.
	apostrophes    = "‘’‚‛′‵ʹʻʼʽʾʿˈꞌꞋ՚׳"
	quotationMarks = "“”„‟«»″״"
	dashes         = "−⁃˗" // beside the category Pd: minus, hyphen bullet, modifier minus
	tatweel        = 'ـ'   // only widens an Arabic word
)

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldASCII is Fold for most names; one that is folded already is not copied.
func foldASCII(s string) string {
	if isFoldedASCII(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	space := false
	for i := range len(s) {
		c := foldControl(rune(s[i]))
		switch {
		case c == ' ':
			space = len(b) > 0
			continue
		case c < 0:
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if space {
			b = append(b, ' ')
			space = false
		}
		b = append(b, byte(c))
	}
	return string(b)
}

func isFoldedASCII(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == 0x7f || isUpper(c) || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// foldControl turns white space of ASCII into a space and drops other controls.
func foldControl(r rune) rune {
	switch {
	case r >= ' ' && r != 0x7f:
		return r
	case '\t' <= r && r <= '\r':
		return ' '
	}
	return -1
}
