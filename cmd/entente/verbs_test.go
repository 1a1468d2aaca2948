package main

import (
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	for _, v := range verbs() {
		call(t, "", "help").check(t, 0, "  "+v.name+" ", v.line)
		for _, args := range [][]string{{"help", v.name}, {v.name, "--help"}, {v.name, "-h"}} {
			if r := call(t, "", args...); r.code != 0 || r.stderr != "" || !strings.HasPrefix(r.stdout, "usage: entente "+v.name) {
				t.Errorf("%q: exit code %d, %s%s", args, r.code, r.stdout, r.stderr)
			}
		}
	}
	call(t, "", "--help").check(t, 0, "entente VERB")
	call(t, "", "version").check(t, 0, "Entente ", "go1.")
	call(t, "", "--version").check(t, 0, "Entente ", "go1.")
}

func TestMisuse(t *testing.T) {
	for _, test := range []struct{ args, says string }{
		{"", "usage: entente VERB"},
		{"frobnicate", `there is no verb "frobnicate"`},
		{"help frobnicate", "there are serve, query, import, export, generate, verify"},
		{"version now", "usage: entente version"},
		{"verify --fast", "flag provided but not defined: -fast"},
		{"query", "name one file"},
		{"query a b", "name one file"},
		{"query --format xml a", `there is no format "xml"`},
		{"query --variables [1] a", "write one JSON object"},
	} {
		t.Run(test.args, func(t *testing.T) {
			r := call(t, "", strings.Fields(test.args)...)
			r.check(t, 2, test.says, "usage: ")
			if r.stdout != "" {
				t.Errorf("on standard output: %s", r.stdout)
			}
		})
	}
}
