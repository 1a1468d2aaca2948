// Package licences says what the program is made of besides itself: the Go modules that it links and the npm packages of its pages,
// each with its licence. Somebody who passes the program on has to pass the licences on with it, so they are in it.
//
// modules.txt is made by the package's test, from what the go command says is linked on any of the systems that Entente is built for.
// The licences of npm packages come with the pages, from package web. Which of the modules a program really links, its own build
// info says.
package licences

import (
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Component is a Go module or an npm package.
type Component struct {
	Name, Version string
	// Licence is an expression of SPDX, such as "MIT" or "BSD-3-Clause AND MIT".
	Licence string
}

// Std is the name of Go's standard library among the modules. Its version is that of the language that the program is written in.
const Std = "std"

//go:embed modules.txt
var modules string

// Modules lists the Go modules that the program may link, by name.
func Modules() []Component { return list(modules) }

// Packages lists the npm packages whose licences a text holds, as package web has it, by name.
func Packages(text string) []Component { return list(text) }

// Write writes the licence of everything, each text once under the names of what it is for. pages is the text of package web.
func Write(w io.Writer, pages string) error {
	_, err := fmt.Fprintf(w, "Entente is under the Apache License 2.0. It is built from the Go modules below.\n\n%s\n%s", modules, pages)
	return err
}

// rule begins and ends the names above each text.
const rule = "================================================================================"

var named = regexp.MustCompile(`^(\S+) (\S+) \((.+)\)$`)

// list reads the names above the texts. What has several texts is listed once.
func list(text string) []Component {
	var all []Component
	seen := map[Component]bool{}
	inNames := false
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line == rule {
			inNames = !inNames
			continue
		}
		if found := named.FindStringSubmatch(line); inNames && found != nil {
			c := Component{Name: found[1], Version: found[2], Licence: found[3]}
			if !seen[c] {
				seen[c] = true
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, func(a, b Component) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Version, b.Version))
	})
	return all
}
