package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
	"github.com/ententegraph/entente/internal/server"
)

// config is what a server can be told. A flag outdoes a variable, and a variable the default.
type config struct {
	Listen        string   // host:port
	AllowOrigins  []string // whose pages may ask from a browser, besides the server's own
	PublicRead    bool     // whoever reaches it may read
	TokensFile    string   // who else may, "" for nobody
	Proxies       []string // whose word counts for who sends a request
	Documents     string   // a folder or file of documents that are asked for by id, "" for none
	DocumentsOnly bool     // no others are answered
	Limits        server.Limits
	Timeouts      server.Timeouts
	Store         string // where the graph is kept; "" is in memory
	watching
	Files []string // what is brought into the graph; none is the demo graph, where there is nothing yet
}

// defaultListen is where a server listens that is told nothing: to this machine alone.
const defaultListen = "127.0.0.1:8080"

func notAnAddress(text string) error {
	return fmt.Errorf("can't listen on %q: write an address and a port, such as %s", text, defaultListen)
}

// newConfig reads a server's arguments and environment, and checks what they say.
func newConfig(args []string, getenv func(string) string) (config, error) {
	c := config{Listen: cmp.Or(getenv("ENTENTE_LISTEN"), defaultListen), Store: getenv("ENTENTE_STORE"),
		TokensFile: getenv("ENTENTE_TOKENS_FILE"), Documents: getenv("ENTENTE_DOCUMENTS")}
	for name, value := range map[string]*bool{"ENTENTE_PUBLIC_READ": &c.PublicRead, "ENTENTE_DOCUMENTS_ONLY": &c.DocumentsOnly} {
		if text := getenv(name); text != "" {
			var err error
			if *value, err = strconv.ParseBool(text); err != nil {
				return c, fmt.Errorf("%s is %q: %s", name, text, takesBool)
			}
		}
	}
	f := flags("serve")
	c.Limits, c.Timeouts = server.Defaults()
	for _, limit := range server.Settings(&c.Limits, &c.Timeouts) {
		if text := getenv(limitVariable(limit.Name)); text != "" {
			if err := limit.Set(text); err != nil {
				return c, fmt.Errorf("%s is %q: %w", limitVariable(limit.Name), text, err)
			}
		}
		f.Var(limit, limitFlag(limit.Name), "")
	}
	f.StringVar(&c.TokensFile, "tokens-file", c.TokensFile, "")
	f.StringVar(&c.Documents, "documents", c.Documents, "")
	f.BoolVar(&c.DocumentsOnly, "documents-only", c.DocumentsOnly, "")
	f.Func("trusted-proxy", "", appendTo(&c.Proxies))
	f.StringVar(&c.Listen, "listen", c.Listen, "")
	f.StringVar(&c.Store, "store", c.Store, "")
	f.BoolVar(&c.PublicRead, "public-read", c.PublicRead, "")
	f.Func("allow-origin", "", appendTo(&c.AllowOrigins))
	err := c.watching.register(f, getenv)
	if err != nil {
		return c, err
	}
	if c.Files, err = parse(f, args); err != nil {
		return c, err
	}
	if c.AllowOrigins == nil {
		c.AllowOrigins = split(getenv("ENTENTE_ALLOW_ORIGIN"))
	}
	if c.Proxies == nil {
		c.Proxies = split(getenv("ENTENTE_TRUSTED_PROXY"))
	}
	if err := c.check(); err != nil {
		return c, err
	}
	rated := getenv(limitVariable("rate")) != ""
	f.Visit(func(given *flag.Flag) { rated = rated || given.Name == limitFlag("rate") })
	if !rated && c.reached() {
		c.Limits.Rate = server.SharedRate
	}
	return c, nil
}

// reached says whether clients on other machines ask, each under an address or a token of their own. On loopback that takes a
// proxy that is named; behind one that is not, all would count as one client, and a rate would bound them together.
func (c config) reached() bool {
	address, err := net.ResolveTCPAddr("tcp", c.Listen)
	return err == nil && !address.IP.IsLoopback() || len(c.Proxies) > 0
}

// check holds what can be said before anything is opened. What an origin may look like is the server's to say.
func (c config) check() error {
	address, err := net.ResolveTCPAddr("tcp", c.Listen)
	if err != nil {
		return notAnAddress(c.Listen)
	}
	if !address.IP.IsLoopback() && !c.PublicRead && c.TokensFile == "" {
		return fmt.Errorf("other machines can reach %s, and whoever does may read the whole graph: give a token to each who may, by "+
			"`entente token` and --tokens-file, add --public-read if it is for everybody, or listen on 127.0.0.1:%d", c.Listen, address.Port)
	}
	if c.DocumentsOnly && c.Documents == "" {
		return errors.New("--documents-only answers nothing but the documents that --documents names: name a folder or file of them")
	}
	return c.watching.check()
}

// String shows the settings but where the graph is kept, which [keptAt] says; there is no secret among them.
func (c config) String() string {
	readers, origins := "this machine alone", "no other site"
	switch {
	case c.PublicRead:
		readers = "whoever reaches it"
	case c.TokensFile != "":
		readers = "whoever has a token of " + c.TokensFile
	}
	if len(c.AllowOrigins) > 0 {
		origins = strings.Join(c.AllowOrigins, ", ")
	}
	text := fmt.Sprintf("listen on %s, read by %s, from the pages of %s", c.Listen, readers, origins)
	if len(c.Proxies) > 0 {
		text += ", behind " + strings.Join(c.Proxies, ", ")
	}
	switch {
	case c.DocumentsOnly:
		text += ", only the documents of " + c.Documents
	case c.Documents != "":
		text += ", with the documents of " + c.Documents
	}
	limits, timeouts := server.Defaults()
	usual := server.Settings(&limits, &timeouts)
	for i, limit := range server.Settings(&c.Limits, &c.Timeouts) {
		if limit.String() != usual[i].String() {
			text += fmt.Sprintf(", %s %s", limit.Name, limit)
		}
	}
	return text
}

// limitFlag and limitVariable name the flag and the variable of a limit: --limit-query-bytes and ENTENTE_LIMIT_QUERY_BYTES.
func limitFlag(name string) string { return "limit-" + name }

func limitVariable(name string) string {
	return "ENTENTE_" + strings.ToUpper(strings.ReplaceAll(limitFlag(name), "-", "_"))
}

// limitsUsage lists the limits for the help.
func limitsUsage() string {
	limits, timeouts := server.Defaults()
	limits.Rate = server.SharedRate // the default where others can ask, as its meaning says
	var b strings.Builder
	for _, limit := range server.Settings(&limits, &timeouts) {
		fmt.Fprintf(&b, "  --%-26s %s. Default %s\n", limitFlag(limit.Name), limit.Meaning, limit)
	}
	return b.String()
}

// misspelt says which variables of an environment count for nothing, but are near one that does. What is near none may be somebody
// else's: those of tests, or what Kubernetes says of a service that is called entente.
func misspelt(environ []string) []string {
	const ours = "ENTENTE_"
	var known, says []string
	note := func(name string) string {
		known = append(known, strings.TrimPrefix(name, ours))
		return ""
	}
	_, _ = newConfig(nil, note)                          // of what it finds, here nothing, only the names matter
	_, _ = neo4jstore.FromEnv("neo4j://localhost", note) // so here
	for _, variable := range environ {
		name, _, _ := strings.Cut(variable, "=")
		own, is := strings.CutPrefix(name, ours)
		if !is || slices.Contains(known, own) {
			continue
		}
		if near := kg.Nearest(own, known); near != "" {
			says = append(says, fmt.Sprintf("%s counts for nothing: did you mean %s?", name, ours+near))
		}
	}
	return says
}

// split reads a list whose parts are separated by commas.
func split(list string) []string {
	var parts []string
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
