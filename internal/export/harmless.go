package export

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Harmless keeps a spreadsheet from taking a text for a formula, which may send what the sheet holds elsewhere: a quotation mark
// before it, as spreadsheets know it, makes it text, and another one keeps a text that begins like that as it is. A number is none.
func Harmless(cell string) string {
	inner := strings.TrimLeft(cell, "'")
	first, _ := utf8.DecodeRuneInString(inner)
	// The wide forms are to a spreadsheet in Japanese or Chinese what the others are.
	if inner == "" || !strings.ContainsRune("=+-@\t\r＝＋－＠", first) || json.Valid([]byte(cell)) {
		return cell
	}
	return "'" + cell
}
