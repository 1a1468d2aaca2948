package export

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Harmless keeps a spreadsheet from taking a text for a formula, which may send what the sheet holds elsewhere: a quotation mark
// before it, as spreadsheets know it, makes it text, and another one keeps a text that begins like that as it is. A number is none.
func Harmless(cell string) string {
	if !isFormula(strings.TrimLeft(cell, "'")) || json.Valid([]byte(cell)) {
		return cell
	}
	return "'" + cell
}

// Original gives the text that Harmless has made a cell of.
func Original(cell string) string {
	if inner := strings.TrimLeft(cell, "'"); len(inner) < len(cell) && isFormula(inner) {
		return cell[1:]
	}
	return cell
}

// isFormula says whether a text begins as a formula does. The wide forms are to a spreadsheet in Japanese or Chinese what the
// others are.
func isFormula(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", first)
}
