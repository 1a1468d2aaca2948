package export

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Visible escapes in a JSON text what a terminal or an editor would obey instead of showing it: control characters and what
// turns the direction of writing. To a program the text says the same. What has nothing of it is given back as it is.
func Visible(text []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && c != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == 0x7f || 0x80 <= r && r < 0xa0 || unicode.Is(unicode.Bidi_Control, r) {
			out = fmt.Appendf(append(out, text[done:i]...), `\u%04x`, r)
			done = i + size
		}
		i += size
	}
	if out == nil {
		return text
	}
	return append(out, text[done:]...)
}
