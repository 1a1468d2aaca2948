package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"

	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/server"
)

const queryUsage = `usage: entente query [--data FILE.jsonl]... [--store STORE] [--variables JSON] [--operation NAME] [--format json|table|csv] FILE|-

Runs the GraphQL operation in FILE, or on standard input for -, over the data, or over the demo graph if none is named, or
over what a store holds, under the limits of the server. The exit code is 1 if the answer has errors, or if a line of the
data was left out.

  --data FILE.jsonl  the graph to ask; may be repeated
  --variables JSON   the operation's variables, as one object
  --operation NAME   which operation to run, where FILE has several
  --format FORMAT    json, table, or csv for a spreadsheet. Default: table on a terminal, else json

CSV is of operations with one root field. Where that is a connection and the operation takes its cursor as a variable, as in
query($after: String) { cities(after: $after, first: 100) { nodes { id name } pageInfo { hasNextPage endCursor } } }, all of
its pages are asked for, one after the other, and written as one table.
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
		return usageError("name one file that holds the operation, or - for standard input")
	case *address != "" && len(data) > 0:
		return usageError("--data asks files and --store what is kept: give one of them, or import the files first")
	case *format == "" && onTerminal:
		*format = "table"
	case *format == "":
		*format = "json"
	case *format != "json" && *format != "table" && *format != "csv":
		return usageError(fmt.Sprintf("there is no format %q: write json, table or csv", *format))
	}
	if q.Query, err = p.readText(args[0]); err != nil {
		return err
	}
	if len(data) == 0 {
		*address = cmp.Or(*address, p.getenv("ENTENTE_STORE"))
	}
	catalog, err := openKept(ctx, p, *address)
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
	if *format == "csv" {
		err := p.writeCSV(ctx, handler, q)
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

func (p *program) readText(path string) (string, error) {
	if path == "-" {
		text, err := io.ReadAll(p.stdin)
		return string(text), err
	}
	text, err := os.ReadFile(path)
	return string(text), err
}
