// Entente serves, asks and proves a knowledge graph of international partnerships. `entente help` lists its verbs.
//
// The package turns arguments into calls, and answers into text; what is true of the graph is decided below it. It keeps
// nothing between two verbs, and nothing in it is global, so that tests can call run with pieces of their own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/ententegraph/entente/internal/table"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks for an orderly stop; a second one, no longer caught, ends the process whatever it does.
	context.AfterFunc(ctx, stop)
	for _, mistake := range misspelt(os.Environ()) {
		fmt.Fprintln(os.Stderr, "entente: "+mistake)
	}
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// program is what a verb may use of the system it runs on.
type program struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// The exit codes. A verb that did what it was asked gives 0.
const (
	exitFailed = 1
	exitUsage  = 2
)

// run is the program: it does what the arguments say and gives the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{getenv, stdin, stdout, stderr}
	if len(args) == 0 {
		fmt.Fprint(stderr, overview())
		return exitUsage
	}
	v, ok := findVerb(args[0])
	if !ok {
		fmt.Fprintf(stderr, "entente: %v\n", noVerb(args[0]))
		return exitUsage
	}
	err := v.run(ctx, p, args[1:])
	var misused usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, v.usage)
		return 0
	case errors.As(err, &misused):
		synopsis, _, _ := strings.Cut(v.usage, "\n\n")
		fmt.Fprintf(stderr, "entente %s: %v\n\n%s\n\nentente help %[1]s says more.\n", v.name, err, strings.TrimSpace(synopsis))
		return exitUsage
	case errors.Is(err, errReported):
	case ctx.Err() != nil:
		fmt.Fprintf(stderr, "entente %s: interrupted\n", v.name)
	default:
		fmt.Fprintf(stderr, "entente %s: %s\n", v.name, table.Printable(err.Error()))
	}
	return exitFailed
}

// errReported says that a verb failed and that everything about it has been said.
var errReported = errors.New("reported")

// usageError is a call that the verb does not understand.
type usageError string

func (e usageError) Error() string { return string(e) }
