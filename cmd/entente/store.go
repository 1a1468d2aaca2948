package main

import (
	"context"
	"fmt"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
	"github.com/ententegraph/entente/internal/storetest"
)

// storeUsage is how the verbs that keep a graph are told where.
const storeUsage = `
  --store ADDRESS  where the graph is kept: a Neo4j 5, such as neo4j://localhost:7687 (or bolt://, and +s or +ssc behind
                   the scheme for TLS). Without it, ENTENTE_STORE counts. Who you are there is said by
                   ENTENTE_NEO4J_USER, ENTENTE_NEO4J_PASSWORD (or _PASSWORD_FILE) and ENTENTE_NEO4J_DATABASE.
`

// patience is how long the verbs that go through a graph as a whole wait for each answer. Somebody who asks a server has less.
const patience = time.Minute

// openStore opens the graph at an address, or an empty one in memory where there is none. wait bounds how long an answer may
// take; 0 is the store's own bound.
func openStore(ctx context.Context, p *program, address string, wait time.Duration) (*kg.Catalog, error) {
	if address == "" {
		return newCatalog(), nil
	}
	if !neo4jstore.IsURI(address) {
		return nil, fmt.Errorf("%q is not the address of a store: write one such as neo4j://localhost:7687", address)
	}
	config, err := neo4jstore.FromEnv(address, p.getenv)
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
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return kg.NewCatalog(store, time.Now), nil
}

// keptAt says where the graph at an address is, without what is secret.
func keptAt(address string, getenv func(string) string) string {
	if address == "" {
		return "in memory"
	}
	config, err := neo4jstore.FromEnv(address, getenv)
	if err != nil {
		return "nowhere" // it has been opened, so it is somewhere
	}
	return "in " + config.String()
}

// newCatalog makes an empty graph in memory, by the system's clock.
func newCatalog() *kg.Catalog { return kg.NewCatalog(storetest.Reference(), time.Now) }

// isEmpty says whether a graph holds nothing yet.
func isEmpty(ctx context.Context, c *kg.Catalog) (bool, error) {
	page, err := c.Read(ctx, &kg.Query{List: kg.List{Kinds: kg.Entities | kg.SetOf(kg.SourceKind)}})
	return err == nil && !page.More, err
}
