package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// columnsOf says how many columns of a terminal a text takes: East Asian characters two, marks that combine none.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n += columnsOfRune(r)
	}
	return n
}

func columnsOfRune(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cut shortens a text to at most n columns, and shows by an ellipsis that it did.
func cut(text string, n int) string {
	if columnsOf(text) <= n {
		return text
	}
	used := 0
	for i, r := range text {
		if used += columnsOfRune(r); used > n-1 {
			return text[:i] + "…"
		}
	}
	return text
}

// wrap breaks a text at its spaces into lines of at most n columns, the second and later ones indented. A word that is
// longer stays whole, so that an id or an address can be copied. There is always a line.
func wrap(text string, n int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && columnsOf(line)+1+columnsOf(word) > n {
			lines = append(lines, line)
			line = " "
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
