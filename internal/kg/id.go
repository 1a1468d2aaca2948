package kg

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
)

// ID names an entity, a fact or a source: a prefix that says of which kind it
// is, a colon, and a key (city:cn-jinan). Ids are the same on every engine and
// never the database's own. They are compared byte by byte.
type ID string

const (
	maxPrefix = 40  // bytes of a prefix
	maxKey    = 120 // bytes of a key
)

// ParseID splits an id into its prefix and its key and checks the form of both:
// the prefix is lower-case words of a to z joined by single underscores, at most
// 40 characters; the key is as CheckKey has it. Whether such a prefix exists is
// not asked here. The error is a BadInput that shows the right form.
func ParseID(s string) (prefix, key string, err error) {
	prefix, key, found := strings.Cut(s, ":")
	switch {
	case !found || prefix == "" || key == "":
		return "", "", badID(s, "")
	case !isPrefix(prefix):
		return "", "", badID(s, "what stands before the colon is lower-case words with underscores; ")
	case !isKey(key):
		return "", "", badID(s, "what stands after the colon is "+keyForm+"; ")
	}
	return prefix, key, nil
}

// CheckKey says whether a key may stand in an id: 1 to 120 of the characters
// a-z, 0-9, hyphen, full stop, underscore and tilde (the unreserved characters
// of RFC 3986 without capitals, so that an id never needs escaping in a URL), the first a letter
// or a digit. The error is a BadInput.
func CheckKey(key string) error {
	if !isKey(key) {
		return Errorf(BadInput, "%s is not a key: write %s, for example cn-jinan", quoteShort(key), keyForm)
	}
	return nil
}

// FactHash condenses parts into 16 characters: the first 80 bits of the SHA-256
// of the parts, each preceded by its length in bytes as an unsigned varint
// (encoding/binary), in the alphabet of RFC 4648's base32 in lower case, without padding.
// The lengths keep ("ab", "c") and ("a", "bc") apart. It is part of stored ids
// and of exported files, so it must never change. Eighty bits make an accidental
// clash among a billion facts a matter of one in two million.
func FactHash(parts ...string) string {
	var buf []byte
	for _, p := range parts {
		buf = binary.AppendUvarint(buf, uint64(len(p)))
		buf = append(buf, p...)
	}
	sum := sha256.Sum256(buf)
	return factEncoding.EncodeToString(sum[:10])
}

var factEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

const keyForm = "1 to 120 of a-z, 0-9 and - . _ ~, beginning with a letter or a digit"

func badID(s, why string) error {
	return Errorf(BadInput, "%s is not an id: %swrite kind:key, for example city:cn-jinan", quoteShort(s), why)
}

func isPrefix(s string) bool {
	if s == "" || len(s) > maxPrefix {
		return false
	}
	word := false // whether the last character was a letter
	for i := range len(s) {
		switch {
		case isLower(s[i]):
			word = true
		case s[i] == '_' && word:
			word = false
		default:
			return false
		}
	}
	return word
}

func isKey(s string) bool {
	if s == "" || len(s) > maxKey || !isLower(s[0]) && !isDigit(s[0]) {
		return false
	}
	for i := range len(s) {
		if !isLower(s[i]) && !isDigit(s[i]) && strings.IndexByte("-._~", s[i]) < 0 {
			return false
		}
	}
	return true
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
