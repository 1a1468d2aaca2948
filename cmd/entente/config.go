package main

import (
	"cmp"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// config is what a server can be told. A flag outdoes a variable, and a variable the default.
type config struct {
	Listen       string   // host:port
	AllowOrigins []string // whose pages may ask from a browser, besides the server's own
	PublicRead   bool     // whoever reaches it may read
	Store        string   // where the graph is kept; "" is in memory
	watching
	Files []string // what is brought into the graph; none is the demo graph, where there is nothing yet
}

// newConfig reads a server's arguments and environment, and checks what they say.
func newConfig(args []string, getenv func(string) string) (config, error) {
	c := config{Listen: cmp.Or(getenv("ENTENTE_LISTEN"), "127.0.0.1:8080"), Store: getenv("ENTENTE_STORE")}
	if text := getenv("ENTENTE_PUBLIC_READ"); text != "" {
		var err error
		if c.PublicRead, err = strconv.ParseBool(text); err != nil {
			return c, fmt.Errorf("ENTENTE_PUBLIC_READ is %q: write true or false", text)
		}
	}
	f := flags("serve")
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
	return c, c.check()
}

// check holds what can be said before anything is opened. What an origin may look like is the server's to say.
func (c config) check() error {
	address, err := net.ResolveTCPAddr("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("can't listen on %q: write an address and a port, such as 127.0.0.1:8080", c.Listen)
	}
	if !address.IP.IsLoopback() && !c.PublicRead {
		return fmt.Errorf("other machines can reach %s, and whoever does may read the whole graph: "+
			"add --public-read if that is what you want, or listen on 127.0.0.1:%d", c.Listen, address.Port)
	}
	return c.watching.check()
}

// String shows the settings but where the graph is kept, which [keptAt] says; there is no secret among them.
func (c config) String() string {
	readers, origins := "this machine alone", "no other site"
	if c.PublicRead {
		readers = "whoever reaches it"
	}
	if len(c.AllowOrigins) > 0 {
		origins = strings.Join(c.AllowOrigins, ", ")
	}
	return fmt.Sprintf("listen on %s, read by %s, from the pages of %s", c.Listen, readers, origins)
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
