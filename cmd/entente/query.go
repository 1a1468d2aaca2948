package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"

	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/server"
	"github.com/ententegraph/entente/internal/sqlitestore"
	"github.com/ententegraph/entente/internal/table"
)

const queryUsage = `usage: entente query [--data FILE.jsonl]... [--store STORE] [--variables JSON] [--operation NAME] [--format json|table|csv|jsonl|geojson] FILE|-|'{ ... }'

Runs the GraphQL operation in FILE, or on standard input for -, or the one that is written out, over the data, or over the
demo graph if none is named, or over what a store holds, under the limits of the server. The exit code is 1 if the answer has
errors, or if a line of the data was left out.

  --data FILE.jsonl  the graph to ask; may be repeated
  --variables JSON   the operation's variables, as one object
  --operation NAME   which operation to run, where FILE has several
  --format FORMAT    json, table, csv for a spreadsheet, jsonl for programs, or geojson for a map. Default: table on a
                     terminal, else json

The last three make a file of an operation with one root field, as /export does over HTTP. Where that is a connection, such as
{ cities { nodes { id name location { lat lon } } } }, all of its pages are asked for, one after the other, and written as they
come; first is how many are asked for at once. A file whose operation fails is not whole, and the exit code says so.
` + storeUsage

func query(ctx context.Context, p *program, args []string) error {
	var data []string
	var q question
	f := flags("query")
	f.Func("data", "", appendTo(&data))
	address := f.String("store", "", "")
	f.Func("variables", "", q.setVariables)
	f.StringVar(&q.OperationName, "operation", "", "")
	width, onTerminal := terminalWidth(p.stdout)
	format := f.String("format", "", "")
	args, err := parse(f, args)
	switch {
	case err != nil:
		return err
	case len(args) != 1:
		return usageError("name one file that holds the operation, or - for standard input, or write it out: '{ statistics { facts } }'")
	case *address != "" && len(data) > 0:
		return usageError("--data asks files and --store what is kept: give one of them, or import the files first")
	case *format == "" && onTerminal:
		*format = "table"
	case *format == "":
		*format = "json"
	case *format != "json" && *format != "table" && table.Formats[*format] == "":
		return usageError(fmt.Sprintf("there is no format %q: write json, table, csv, jsonl or geojson", *format))
	}
	if q.Query, err = p.readText(args[0]); err != nil {
		return err
	}
	if strings.TrimSpace(q.Query) == "" {
		return fmt.Errorf("there is no operation in %s: write one, such as { statistics { facts } }", args[0])
	}
	if len(data) == 0 {
		*address = cmp.Or(*address, p.getenv("ENTENTE_STORE"))
	}
	catalog, err := openKept(ctx, p, *address, sqlitestore.Open)
	if err != nil {
		return err
	}
	defer catalog.Close()
	report := &ingest.Report{}
	if *address == "" {
		if report, err = p.loadFor(ctx, catalog, data); err != nil {
			return err
		}
	}
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	handler, err := server.New(serverOptions(catalog, log, nil, http.NotFoundHandler()))
	if err != nil {
		return err
	}
	if table.Formats[*format] != "" {
		err := p.writeFile(ctx, handler, q, *format)
		if err == nil && len(report.Problems) > 0 {
			err = errReported
		}
		return err
	}
	answer, err := ask(ctx, handler, q)
	if err != nil {
		return err
	}
	answer.writeErrors(p.stderr)
	if answer.Data != nil {
		show := answer.writeJSON
		if *format == "table" {
			show = func(w io.Writer) error { return answer.writeTables(w, width) }
		}
		if err := show(p.stdout); err != nil {
			return err
		}
	}
	if len(answer.Errors) > 0 || len(report.Problems) > 0 {
		return errReported
	}
	return nil
}

// readText gives an operation: of a file, of standard input for -, or itself, which no file's name looks like.
func (p *program) readText(arg string) (string, error) {
	switch {
	case arg == "-":
		text, err := io.ReadAll(p.stdin)
		return string(text), err
	case strings.Contains(arg, "{"):
		return arg, nil
	}
	text, err := os.ReadFile(arg)
	return string(text), err
}
