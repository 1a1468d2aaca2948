// Package neo4jstore keeps a graph in Neo4j.
//
// A question is compiled into one Cypher statement whose text depends on the question's shape alone, and answered by one
// record: see [compile]. A batch is one transaction: see [Store.Apply]. The graph in Neo4j reads naturally: entities are nodes
// (:Entity:City), facts are relationships named as the facts, fields are properties; internal/docs/neo4j.md describes it for
// those who come with Cypher.
//
// What the package does not do: it runs no Cypher of a user's, and it changes nothing in a database that is not Entente's.
package neo4jstore

import (
	"cmp"
	"context"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/ententegraph/entente/internal/kg"
)

// Store is a graph in a Neo4j database. It is safe for use by several goroutines.
type Store struct {
	driver    neo4j.DriverWithContext
	config    Config
	bookmarks neo4j.BookmarkManager // so that one reads what one wrote, whichever server answers
	closed    atomic.Bool
	wrote     atomic.Bool // whether there are bookmarks
}

// How long the driver waits for single steps. All of them are shorter than the time that a read has, so that a server which
// is dead, or does not answer, is found out in it.
const (
	connectTimeout = 2 * time.Second
	acquireTimeout = 3 * time.Second
	livenessCheck  = 30 * time.Second // a connection that was idle for as long is tried before it is used
)

// Open connects to a database and prepares it: it makes what is missing of constraints and indexes. It refuses a database
// that holds something else, and one that a newer Entente has written.
func Open(ctx context.Context, c Config) (*Store, error) {
	s, err := connect(c)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		s.driver.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return s, nil
}

func connect(c Config) (*Store, error) {
	servers, err := c.servers()
	if err != nil {
		return nil, err
	}
	auth := neo4j.NoAuth()
	if c.User != "" {
		auth = neo4j.BasicAuth(c.User, c.Password, "")
	}
	driver, err := neo4j.NewDriverWithContext(servers[0], auth, func(d *config.Config) {
		d.MaxConnectionPoolSize = cmp.Or(c.Connections, 64)
		d.SocketConnectTimeout = connectTimeout
		d.ConnectionAcquisitionTimeout = acquireTimeout
		d.ConnectionLivenessCheckTimeout = livenessCheck
		d.MaxTransactionRetryTime = c.readTimeout() * 3
		d.TelemetryDisabled = true
		d.UserAgent = "entente"
		d.FetchSize = neo4j.FetchAll // an answer is one record
		if len(servers) > 1 {
			d.AddressResolver = func(config.ServerAddress) []config.ServerAddress { return addresses(servers) }
		}
	})
	if err != nil {
		return nil, translate(err, "connecting")
	}
	return &Store{driver: driver, config: c, bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{})}, nil
}

// addresses lists the hosts of a cluster.
func addresses(servers []string) []config.ServerAddress {
	var list []config.ServerAddress
	for _, s := range servers {
		if u, err := url.Parse(s); err == nil {
			list = append(list, neo4j.NewServerAddress(u.Hostname(), cmp.Or(u.Port(), "7687")))
		}
	}
	return list
}

// Close lets go of the connections. A second Close does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), connectTimeout)
	defer cancel()
	if err := s.driver.Close(ctx); err != nil {
		return translate(err, "closing")
	}
	return nil
}

// open says whether the store may still be used, and the caller still waits.
func (s *Store) open(ctx context.Context) error {
	if s.closed.Load() {
		return kg.Errorf(kg.Unavailable, "the store is closed")
	}
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.CodeOf(err), "the store stopped: %w", err)
	}
	return nil
}
