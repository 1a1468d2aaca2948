package neo4jstore

import (
	"cmp"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Config says where a Neo4j is and how long Entente waits for it.
type Config struct {
	// URI is where it is: bolt://host:7687 for one server, neo4j://host:7687 for a cluster, with +s behind the scheme for
	// TLS and +ssc for TLS with a certificate that nobody vouches for. Several hosts of a cluster are separated by commas.
	URI string
	// User and Password are whom the server knows; both are empty for a server without authentication.
	User, Password string
	// Database is the database's name; "" is the server's default.
	Database string

	// ReadTimeout is how long a read may take in all, retries included, where its context gives no less, and how long a
	// write waits for a Neo4j that can't be heard. 4 s if it is 0.
	ReadTimeout time.Duration
	// WriteTimeout is how long a batch may take in all. 5 minutes if it is 0.
	WriteTimeout time.Duration
	// Connections bounds how many calls are on their way at once, each on a connection of its own. Others wait, for some seconds.
	// 64 if it is 0.
	Connections int
}

// FromEnv makes the configuration of a URI: who one is comes from the environment (ENTENTE_NEO4J_USER,
// ENTENTE_NEO4J_PASSWORD or ENTENTE_NEO4J_PASSWORD_FILE, ENTENTE_NEO4J_DATABASE), so that no password stands on a command line.
func FromEnv(uri string, getenv func(string) string) (Config, error) {
	c := Config{
		URI: uri, User: getenv("ENTENTE_NEO4J_USER"), Password: getenv("ENTENTE_NEO4J_PASSWORD"), Database: getenv("ENTENTE_NEO4J_DATABASE"),
	}
	if file := getenv("ENTENTE_NEO4J_PASSWORD_FILE"); file != "" {
		if c.Password != "" {
			return c, kg.Errorf(kg.BadInput, "both ENTENTE_NEO4J_PASSWORD and ENTENTE_NEO4J_PASSWORD_FILE are set: keep one of them")
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return c, kg.Errorf(kg.BadInput, "ENTENTE_NEO4J_PASSWORD_FILE can't be read: %w", err)
		}
		c.Password = strings.TrimRight(string(text), "\r\n")
	}
	if c.Password != "" && c.User == "" {
		c.User = "neo4j" // as the server itself names its first user
	}
	_, err := c.servers()
	return c, err
}

// IsURI says whether a store is named by the address of a Neo4j.
func IsURI(store string) bool {
	scheme, _, found := strings.Cut(store, "://")
	return found && slices.Contains(schemes, scheme)
}

var schemes = []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}

// servers proves the URI and gives one for each host that it names.
func (c *Config) servers() ([]string, error) {
	scheme, rest, _ := strings.Cut(c.URI, "://")
	if !slices.Contains(schemes, scheme) {
		return nil, kg.Errorf(kg.BadInput, "the scheme of %s is not one of %s: write for example neo4j://localhost:7687", hideUser(c.URI), strings.Join(schemes, ", "))
	}
	hosts := strings.Split(rest, ",")
	if len(hosts) > 1 && strings.HasPrefix(scheme, "bolt") {
		return nil, kg.Errorf(kg.BadInput, "%s names several servers, and bolt:// speaks to one: write neo4j:// for a cluster", hideUser(c.URI))
	}
	var uris []string
	for _, host := range hosts {
		u, err := url.Parse(scheme + "://" + strings.TrimSpace(host))
		switch {
		case err != nil || u.Hostname() == "":
			return nil, kg.Errorf(kg.BadInput, "%s is no address of a Neo4j: write for example neo4j://localhost:7687", hideUser(c.URI))
		case u.User != nil:
			return nil, kg.Errorf(kg.BadInput, "%s has a user in it: set ENTENTE_NEO4J_USER and ENTENTE_NEO4J_PASSWORD, and leave it out of the address", hideUser(c.URI))
		case strings.Trim(u.Path, "/") != "" || u.Fragment != "" || u.RawQuery != "" && !c.routed():
			return nil, kg.Errorf(kg.BadInput, "%s says more than where a server is: end it after the port, and name a database by ENTENTE_NEO4J_DATABASE", hideUser(c.URI))
		}
		uris = append(uris, u.String())
	}
	return uris, nil
}

// routed says whether the driver chooses among several servers.
func (c *Config) routed() bool { return strings.HasPrefix(c.URI, "neo4j") }

// String shows the configuration without what is secret.
func (c Config) String() string {
	return hideUser(c.URI) + ", database " + cmp.Or(c.Database, "of the server's choice") + ", user " + cmp.Or(c.User, "none")
}

// hideUser takes out of a URI what may be a password.
func hideUser(uri string) string {
	if at := strings.LastIndexByte(uri, '@'); at >= 0 {
		scheme, _, _ := strings.Cut(uri, "://")
		return scheme + "://…@" + uri[at+1:]
	}
	return uri
}

func (c *Config) readTimeout() time.Duration  { return cmp.Or(c.ReadTimeout, 4*time.Second) }
func (c *Config) connections() int            { return cmp.Or(c.Connections, 64) }
func (c *Config) writeTimeout() time.Duration { return cmp.Or(c.WriteTimeout, 5*time.Minute) }
