package export

import (
	"encoding/json"
	"strings"
)

// Harmless keeps a spreadsheet from taking a text for a formula, which may send what the sheet holds elsewhere: a quotation mark
// before it, as spreadsheets know it, makes it text, and another one keeps a text that begins like that as it is. A number is none.
func Harmless(cell string) string {
	inner := strings.TrimLeft(cell, "'")
	if inner == "" || strings.IndexByte("=+-@\t\r", inner[0]) < 0 || json.Valid([]byte(cell)) {
		return cell
	}
	return "'" + cell
}
