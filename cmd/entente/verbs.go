package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// verb is what the program can be told to do.
type verb struct {
	name, line, usage string // line says what it does, usage how to call it
	run               func(context.Context, *program, []string) error
}

// verbs are in the order in which the overview shows them.
func verbs() []verb {
	return []verb{
		{"serve", "answer GraphQL, and show GraphiQL to write it in", serveUsage, serve},
		{"query", "run an operation and print its answer", queryUsage, query},
		{"import", "bring files of any size into a store", importUsage, importFiles},
		{"export", "write a graph, all of it, to a file: JSON Lines, tables, GraphML, a map", exportUsage, exportGraph},
		{"copy", "bring all that one store holds into another, and prove it", copyUsage, copyGraph},
		{"backup", "copy the store in a file, also while it is served", backupUsage, backup},
		{"restore", "bring back the store that backup copied", restoreUsage, restore},
		{"forget", "take a source out for good, and what rests on it alone", forgetUsage, forgetSource},
		{"generate", "make a synthetic graph, to try a store under load", generateUsage, generateGraph},
		{"verify", "find every quote in its source again, and check every record", verifyUsage, verify},
		{"token", "make a token for somebody who may ask a server", tokenUsage, makeToken},
		{"health", "ask a server on this machine whether it is ready", healthUsage, health},
		{"licences", "show the licences of all that is in the program, or list what that is", licencesUsage, showLicences},
		{"version", "say which build this is", versionUsage, version},
		{"help", "say this, or more about one verb", helpUsage, help},
	}
}

func findVerb(name string) (verb, bool) {
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version":
		name = "version"
	case "licenses":
		name = "licences"
	}
	for _, v := range verbs() {
		if v.name == name {
			return v, true
		}
	}
	return verb{}, false
}

const helpUsage = `usage: entente help [VERB]
`

func help(_ context.Context, p *program, args []string) error {
	args, err := parse(flags("help"), args)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		fmt.Fprint(p.stdout, overview())
		return nil
	}
	v, ok := findVerb(args[0])
	if !ok {
		return noVerb(args[0])
	}
	fmt.Fprint(p.stdout, v.usage)
	return nil
}

func overview() string {
	var b strings.Builder
	b.WriteString("Entente answers who is connected with whom, since when, and on which sentence of which document that rests.\n\n" +
		"usage: entente VERB [ARGUMENTS]\n\n")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "  %-8s  %s\n", v.name, v.line)
	}
	b.WriteString("\n`entente help VERB` says more. To begin with: entente serve\n")
	return b.String()
}

func noVerb(name string) usageError {
	var names []string
	for _, v := range verbs() {
		names = append(names, v.name)
	}
	meant := ""
	if near := kg.Nearest(name, names); near != "" {
		meant = "did you mean " + near + "? "
	}
	return usageError(fmt.Sprintf("there is no verb %q: %sentente help lists them", name, meant))
}

// flags makes a verb's empty set of flags. It prints nothing: run does.
func flags(verb string) *flag.FlagSet {
	f := flag.NewFlagSet(verb, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	return f
}

// misread says of an option what package flag says of a flag with one dash, and what the option takes.
func misread(f *flag.FlagSet, err error) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return "there is no option --" + name
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return "--" + name + " needs a value"
	}
	if m := invalid.FindStringSubmatch(text); m != nil {
		value, name, why := m[1], m[2], m[3]
		if why == "parse error" || why == "value out of range" {
			why = takes(f.Lookup(name).Value)
		}
		return fmt.Sprintf("invalid value %s for --%s: %s", value, name, why)
	}
	return text
}

var invalid = regexp.MustCompile(`^invalid (?:boolean )?value (.*) for (?:flag )?-([a-z-]+): (.*)$`)

const takesDuration, takesBool = "write a duration, such as 500ms or 2s", "write true or false"

// takes says what would be right for an option of one of package flag's own types.
func takes(option flag.Value) string {
	if getter, ok := option.(flag.Getter); ok {
		switch getter.Get().(type) {
		case time.Duration:
			return takesDuration
		case bool:
			return takesBool
		case uint64:
			return "write a whole number from 0"
		}
	}
	return "write a whole number"
}

// parse reads flags wherever they stand among the arguments, not only before the first other one, and gives the others.
// After -- everything is an argument.
func parse(f *flag.FlagSet, args []string) ([]string, error) {
	var others []string
	for {
		switch err := f.Parse(args); {
		case err == flag.ErrHelp:
			return nil, err
		case err != nil:
			return nil, usageError(misread(f, err))
		case f.NArg() == 0:
			return others, nil
		}
		if read := len(args) - f.NArg(); read > 0 && args[read-1] == "--" {
			return append(others, f.Args()...), nil
		}
		others = append(others, f.Arg(0))
		args = f.Args()[1:]
	}
}

// appendTo is the flag that may be given several times.
func appendTo(list *[]string) func(string) error {
	return func(value string) error {
		*list = append(*list, value)
		return nil
	}
}
