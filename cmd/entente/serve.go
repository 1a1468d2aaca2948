package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"syscall"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
	"github.com/ententegraph/entente/internal/recent"
	"github.com/ententegraph/entente/internal/server"
	"github.com/ententegraph/entente/internal/telemetry"
	"github.com/ententegraph/entente/internal/web"
	"github.com/ententegraph/entente/schema"
)

var serveUsage = `usage: entente serve [--listen HOST:PORT] [--store STORE] [--tokens-file FILE | --public-read] [--allow-origin ORIGIN]... [FILE.jsonl...]

Answers GraphQL at /graphql over the files, or over the demo graph if there is none, and shows GraphiQL at /graphiql.
Lines that are not right are reported and left out. Ctrl-C stops it, once the requests in flight are answered.

With --store the graph is kept there: the files are added to what it holds, and without files the demo graph is added to a
store that is empty, so that there is something to ask.

  --listen HOST:PORT     where to listen; port 0 is any free one. Default 127.0.0.1:8080
  --allow-origin ORIGIN  whose pages may ask from a browser, such as https://maps.example.org; may be repeated
  --tokens-file FILE     answer who sends a token that has a line in the file, see entente help token; the file is read again when it changes
  --public-read          let whoever reaches the server read the graph. One of the two is needed to listen for other machines
  --documents PATH       documents that clients may ask for by id: a folder of files .graphql, one such file, or a .json of texts by id
  --documents-only       answer no others
  --trusted-proxy NET    an address or network of proxies whose X-Forwarded-For counts; may be repeated
` + watchingUsage + storeUsage + `
What one request, one client and all of them may take (internal/docs/limits.md says more):

` + limitsUsage() + `
Without --public-read and without tokens it answers under the names localhost and 127.0.0.1, and those of the origins, so that no other site
can lead a browser to it by a name of its own.

Figures for Prometheus are at /metrics, with --public-read for who has a token alone. Traces go to where OTEL_EXPORTER_OTLP_ENDPOINT says, as
the other OTEL_… variables have it.

Without a flag, ENTENTE_LISTEN, ENTENTE_STORE, ENTENTE_ALLOW_ORIGIN and ENTENTE_TRUSTED_PROXY (separated by commas), ENTENTE_TOKENS_FILE,
ENTENTE_PUBLIC_READ, ENTENTE_DOCUMENTS, ENTENTE_DOCUMENTS_ONLY, ENTENTE_LIMIT_DEPTH and so on, ENTENTE_LOG_FORMAT, ENTENTE_SLOW, ENTENTE_DRAIN and ENTENTE_DEBUG_LISTEN count.
`

func serve(ctx context.Context, p *program, args []string) error {
	c, err := newConfig(args, p.getenv)
	if err != nil {
		return err
	}
	log := c.log(p)
	measured, err := telemetryOf(ctx, p, log)
	if err != nil {
		return err
	}
	defer handOver(ctx, measured)
	store, err := openEngine(ctx, p, c.Store, 0)
	if err != nil {
		return err
	}
	catalog := kg.NewCatalog(measured.Store(store, systemOf(c.Store)), time.Now)
	defer catalog.Close()
	options := serverOptions(catalog, log, c.AllowOrigins, web.GraphiQL(questions()))
	options.Schema = graph.New(catalog, time.Now, graph.MaxNodes(c.Limits.Nodes))
	options.Limits, options.Timeouts = c.Limits, c.Timeouts
	options.PublicRead, options.TrustedProxies = c.PublicRead, c.Proxies
	options.ThisMachineAlone = !c.PublicRead && c.TokensFile == ""
	if c.TokensFile != "" {
		if options.Tokens, err = server.OpenTokens(c.TokensFile, log, time.Now); err != nil {
			return err
		}
	}
	if c.Documents != "" {
		if options.Persisted, err = server.ReadPersisted(c.Documents, schema.Load(), c.Limits); err != nil {
			return err
		}
		options.Persisted.Only = c.DocumentsOnly
	}
	if !neo4jstore.IsURI(c.Store) {
		// What answers probes and refuses what is too much always has a thread, while operations keep every core busy; the system
		// shares the cores out among them.
		options.Cores = runtime.GOMAXPROCS(0)
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2 * options.Cores))
	}
	options.Telemetry, options.Slow, options.Stopping = measured, c.Slow, ctx
	measured.Cache("operations", func() recent.Stats { return graph.Compiled(options.Schema) })
	handler, err := server.New(options)
	if err != nil {
		return err
	}
	// The port is taken before the files are read, so that nobody waits for a large one to learn that it is in use.
	// Whoever asks meanwhile is answered when it has been read.
	listener, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	report, err := p.fill(ctx, catalog, c.Store, c.Files)
	switch {
	case err != nil:
		return err
	case report == nil:
		fmt.Fprintf(p.stdout, "%s serves what %s holds.\n", buildName(), c.Store)
	case c.Store == "": // so that the graph is what was read
		held, err := holding(ctx, catalog)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s serves %s: %s.\n", buildName(), nameOf(c.Files), held)
	default:
		fmt.Fprintf(p.stdout, "%s serves %s: %s.\n", buildName(), nameOf(c.Files), showCounts(report))
	}
	fmt.Fprintf(p.stdout, "Settings: %s, kept %s.\n", c, keptAt(c.Store, p.getenv))
	base := baseURL(listener.Addr())
	fmt.Fprintf(p.stdout, "\n  GraphiQL  %[1]s/graphiql\n  GraphQL   %[1]s/graphql\n  schema    %[1]s/schema.graphql\n  health    %[1]s/healthz, and /readyz\n", base)
	if !c.PublicRead { // then they are for who has a token, if there are any, or at --debug-listen
		fmt.Fprintf(p.stdout, "  metrics   %s/metrics\n", base)
	}
	fmt.Fprintln(p.stdout)
	endDebug, err := c.debug(ctx, p, measured, log)
	if err != nil {
		return err
	}
	defer endDebug()
	if neo4jstore.IsURI(c.Store) {
		warm(ctx, handler)
	}
	defer p.collectLess()()
	fmt.Fprintln(p.stdout, "Ready. Ctrl-C stops.")
	return server.Serve(ctx, listener, handler, log, c.timeouts())
}

// timeouts are those that are set, and how long the server waits before it stops.
func (c config) timeouts() server.Timeouts {
	t := c.Timeouts
	t.Drain = c.Drain
	return t
}

// handOver ends what takes the traces, which gets a few seconds for those that it has not handed over.
func handOver(ctx context.Context, t *telemetry.Telemetry) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	_ = t.Close(ctx) // what could not be handed over, the log has
}

// warm asks a database the questions that GraphiQL offers, once and one after another: it plans a statement when it first comes,
// which takes as long as some hundred answers; so those who come first need not wait for that. What is answered does not matter.
func warm(ctx context.Context, handler http.Handler) {
	for _, q := range questions() {
		if _, err := ask(ctx, handler, question{Query: q.Query}); ctx.Err() != nil || err != nil {
			return
		}
	}
}

func serverOptions(c *kg.Catalog, log *slog.Logger, origins []string, graphiql http.Handler) server.Options {
	return server.Options{
		Schema: graph.New(c, time.Now), SDL: schema.SDL(), Ready: c.Ping, GraphiQL: graphiql, Log: log, AllowedOrigins: origins,
	}
}

// opened is how many of the questions GraphiQL opens at first: those that show the API, one for each thing that it can do. The
// others, which analysts ask, are in its panel of questions.
const opened = 14

// questions are offered over every graph: they name things of the demo graph, but as defaults of variables.
func questions() []web.Tab {
	var tabs []web.Tab
	for i, q := range demo.Questions() {
		tabs = append(tabs, web.Tab{Title: q.Title, Asks: q.Asks, Query: q.Query, Open: i < opened})
	}
	return tabs
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("something listens on %s already: stop it, or choose another port by --listen or ENTENTE_LISTEN (port 0 is any free one)", address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user may not listen on %s: choose a port from 1024 up by --listen", address)
	}
	return listener, err
}

// baseURL is where a browser on this machine finds the server.
func baseURL(address net.Addr) string {
	host, port, err := net.SplitHostPort(address.String())
	if err != nil {
		panic(err) // it is the address of a TCP listener
	}
	if net.ParseIP(host).IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
