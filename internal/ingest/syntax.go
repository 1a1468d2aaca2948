package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/internal/kg"
)

// syntaxError says where a line is not JSON.
func syntaxError(line []byte, err error) *kg.Error {
	var at *json.SyntaxError
	if !errors.As(err, &at) {
		return kg.Errorf(kg.BadInput, "the line is not JSON: %w", err)
	}
	if at.Offset >= int64(len(line)) && strings.Contains(at.Error(), "unexpected end") {
		return kg.Errorf(kg.BadInput, "the JSON object does not end on this line: write each record on one line")
	}
	column := utf8.RuneCount(line[:max(at.Offset-1, 0)]) + 1
	return kg.Errorf(kg.BadInput, "the line is not JSON at column %d: %v", column, err)
}

// loneSurrogate finds an escape that is one half of a pair without the other. encoding/json would put U+FFFD in its place.
func loneSurrogate(line []byte) string {
	first := bytes.IndexByte(line, '\\')
	if first < 0 {
		return ""
	}
	for i := first; i+1 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		i++ // whatever is escaped is no backslash of an escape of its own
		if line[i] != 'u' {
			continue
		}
		switch half(line[i-1:]) {
		case 'h':
			if half(line[min(i+5, len(line)):]) != 'l' {
				return string(line[i-1 : i+5])
			}
			i += 10
		case 'l':
			return string(line[i-1 : i+5])
		}
	}
	return ""
}

// half says whether text begins with the escape of a high (h) or low (l) surrogate, or of neither (0).
func half(s []byte) byte {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	switch {
	case err != nil:
		return 0
	case 0xd800 <= n && n < 0xdc00:
		return 'h'
	case 0xdc00 <= n && n < 0xe000:
		return 'l'
	}
	return 0
}

// short quotes what somebody wrote, no more than its first 40 characters of it.
func short(s string) string { return strconv.Quote(first40(s)) }

// first40 cuts a text to 40 characters, and shows that it did.
func first40(s string) string {
	n := 0
	for i := range s {
		if n == 40 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
