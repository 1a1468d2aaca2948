package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// defaultWidth is for what is no terminal, or does not say.
const defaultWidth = 120

// terminalWidth gives how many columns there are to write in, and says whether they are a terminal's.
func terminalWidth(w io.Writer) (columns int, is bool) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return defaultWidth, false
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns <= 0 {
		return defaultWidth, true
	}
	return columns, true
}
