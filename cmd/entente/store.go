package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
	"github.com/ententegraph/entente/internal/sqlitestore"
)

// storeUsage is how the verbs that keep a graph are told where.
const storeUsage = `
  --store STORE    where the graph is kept: a file, such as graph.entente, which one program has open at a time; or a
                   Neo4j 5, such as neo4j://localhost:7687 (or bolt://, and +s or +ssc behind the scheme for TLS).
                   Without it, ENTENTE_STORE counts. Who you are to Neo4j is said by ENTENTE_NEO4J_USER,
                   ENTENTE_NEO4J_PASSWORD (or _PASSWORD_FILE) and ENTENTE_NEO4J_DATABASE.
`

// patience is how long the verbs that go through a graph as a whole wait for each answer of Neo4j's. Somebody who asks a server
// has less.
const patience = time.Minute

// openStore opens the graph that is kept in a file or a Neo4j, or where none is named an empty one that lasts as long as it is
// open. A file that is not there is made. wait bounds how long an answer of Neo4j's may take; 0 is the engine's own bound.
func openStore(ctx context.Context, p *program, name string, wait time.Duration) (*kg.Catalog, error) {
	store, err := openEngine(ctx, p, name, wait)
	if err != nil {
		return nil, err
	}
	return kg.NewCatalog(store, time.Now), nil
}

// openEngine is openStore without a catalog.
func openEngine(ctx context.Context, p *program, name string, wait time.Duration) (kg.Store, error) {
	switch {
	case name == "":
		return given(sqlitestore.Temporary(ctx))
	case neo4jstore.IsURI(name):
		return given(openNeo4j(ctx, p, name, wait))
	case !isFile(name):
		return nil, fmt.Errorf("%q is not a store: name a file, or a Neo4j such as neo4j://localhost:7687", name)
	}
	return given(sqlitestore.Open(ctx, name))
}

// given makes no store of a nil that has a type.
func given[S kg.Store](store S, err error) (kg.Store, error) {
	if err != nil {
		return nil, err
	}
	return store, nil
}

// collectLess lets garbage grow to twice what is kept before it is collected, until restore is called, unless GOGC says something
// else: an import and the answers of a server make garbage all the time, and beside a graph in memory it costs much to find it.
func (p *program) collectLess() (restore func()) {
	if p.getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(200)
	return func() { debug.SetGCPercent(before) }
}

// systemOf names the product that keeps a store, as OpenTelemetry does.
func systemOf(name string) string {
	if neo4jstore.IsURI(name) {
		return "neo4j"
	}
	return "sqlite"
}

// openKept is openStore for the verbs that only read, and have nothing to read from a file that is not there. open says how: most
// of them leave a file as it is to the byte.
func openKept(ctx context.Context, p *program, name string, open func(context.Context, string) (*sqlitestore.Store, error)) (*kg.Catalog, error) {
	if !isFile(name) {
		return openStore(ctx, p, name, patience)
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no store %s: make one by entente import --store %s FILE.jsonl", name, name)
	}
	store, err := open(ctx, name)
	if err != nil {
		return nil, err
	}
	return kg.NewCatalog(store, time.Now), nil
}

// isFile says whether a store is kept in a file.
func isFile(name string) bool { return name != "" && !strings.Contains(name, "://") }

func openNeo4j(ctx context.Context, p *program, uri string, wait time.Duration) (*neo4jstore.Store, error) {
	config, err := neo4jstore.FromEnv(uri, p.getenv)
	if err != nil {
		return nil, err
	}
	store, err := neo4jstore.Open(ctx, config)
	if err == nil && wait != 0 { // it is there: that was to be found out soon
		store.Close()
		config.ReadTimeout = wait
		store, err = neo4jstore.Open(ctx, config)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", uri, err)
	}
	return store, nil
}

// keptAt says where the graph of a store is, without what is secret.
func keptAt(name string, getenv func(string) string) string {
	switch {
	case name == "":
		return "in memory"
	case isFile(name):
		return "in " + name
	}
	config, err := neo4jstore.FromEnv(name, getenv)
	if err != nil {
		return "nowhere" // it has been opened, so it is somewhere
	}
	return "in " + config.String()
}

// isEmpty says whether a graph holds nothing yet.
func isEmpty(ctx context.Context, c *kg.Catalog) (bool, error) {
	page, err := c.Read(ctx, &kg.Query{List: kg.List{Kinds: kg.Entities | kg.SetOf(kg.SourceKind)}})
	return err == nil && !page.More, err
}
