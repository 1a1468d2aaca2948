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
	"math/rand/v2"
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
	bookmarks neo4j.BookmarkManager // so that one reads what one wrote, whichever server answers; nil where there is one server
	calls     chan struct{}         // holds one for each call on its way
	closed    atomic.Bool
	// turn is held by the write on its way, of which there is one in each process: two would wait for each other's locks at
	// every hub, which takes longer than one after the other. What comes before, reading and checking, goes side by side.
	turn  chan struct{}
	wrote atomic.Bool // whether there are bookmarks

	retries atomic.Int64
}

// How long the driver waits for single steps. All of them are shorter than the time that a read has, so that a server which
// is dead, or does not answer, is found out in it.
const (
	connectTimeout = 1500 * time.Millisecond
	acquireTimeout = 3 * time.Second  // a connection in all, greetings and the wait for one of the pool's included
	livenessCheck  = 30 * time.Second // a connection that was idle for as long is tried before it is used
)

// Open connects to a database and prepares it: it makes what is missing of constraints and indexes. It refuses a database
// that holds something else, and one that a newer Entente has written.
func Open(ctx context.Context, c Config) (*Store, error) {
	s, err := connect(c)
	if err != nil {
		return nil, err
	}
	if err = s.prepare(ctx); err == nil {
		err = s.stay(ctx)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// stay keeps to the database that has been prepared, by its name: a driver that is left to find it out asks the cluster for it
// beside each read, unless the server is new enough to tell it.
func (s *Store) stay(ctx context.Context) error {
	if !s.config.routed() || s.config.Database != "" {
		return nil
	}
	values, err := s.query(ctx, "CALL db.info() YIELD name RETURN name", nil)
	if err == nil {
		s.config.Database, _ = values[0].(string)
	}
	return err
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
		d.MaxConnectionPoolSize = 2 * c.connections() // one for each call, and one to see whether Neo4j is alive
		d.SocketConnectTimeout = connectTimeout
		d.ConnectionAcquisitionTimeout = acquireTimeout
		d.ConnectionLivenessCheckTimeout = livenessCheck
		d.MaxTransactionRetryTime = 0 // trying again is ours, see Store.persist
		d.TelemetryDisabled = true
		d.UserAgent = "entente"
		d.FetchSize = neo4j.FetchAll // an answer is one record
		if len(servers) > 1 {
			d.AddressResolver = func(config.ServerAddress) []config.ServerAddress { return addresses(servers) } // when the first does not answer
		}
	})
	if err != nil {
		return nil, translate(err, "connecting")
	}
	s := &Store{driver: driver, config: c, calls: make(chan struct{}, c.connections()), turn: make(chan struct{}, 1)}
	if c.routed() {
		s.bookmarks = neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{})
	}
	return s, nil
}

// addresses lists the hosts of a cluster, each time in another order: there is not always time to try them all.
func addresses(servers []string) []config.ServerAddress {
	var list []config.ServerAddress
	for _, s := range servers {
		if u, err := url.Parse(s); err == nil {
			list = append(list, neo4j.NewServerAddress(u.Hostname(), cmp.Or(u.Port(), "7687")))
		}
	}
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
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
