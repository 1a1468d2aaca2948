package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/table"
)

const healthUsage = `usage: entente health [--listen HOST:PORT]

Asks a server on this machine whether it is ready, which is whether its store answers, and fails if it is not or does not say within
5 seconds. It is for the checks of containers and services.

  --listen HOST:PORT   where the server was told to listen. Default 127.0.0.1:8080

Without the flag, ENTENTE_LISTEN counts, as it does for the server.
`

// healthWithin is more than a server waits for its store.
const healthWithin = 5 * time.Second

func health(ctx context.Context, p *program, args []string) error {
	f := flags("health")
	address := f.String("listen", cmp.Or(p.getenv("ENTENTE_LISTEN"), defaultListen), "")
	if args, err := parse(f, args); err != nil {
		return err
	} else if len(args) > 0 {
		return usageError("it takes no arguments")
	}
	listens, err := net.ResolveTCPAddr("tcp", *address)
	if err != nil {
		return notAnAddress(*address)
	}
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+loopback(listens).String()+"/readyz", nil)
	if err != nil {
		return err
	}
	transport := &http.Transport{DisableKeepAlives: true} // and no proxy: it is this machine that is asked
	response, err := transport.RoundTrip(request)
	if err != nil {
		return fmt.Errorf("no server answers on %s: %w", *address, err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, 1000))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %d %s", response.StatusCode, oneLine(said))
	}
	_, err = fmt.Fprintln(p.stdout, oneLine(said))
	return err
}

// loopback is where this machine itself reaches who listens on an address: by number, as a container need not have a file that says
// what localhost is.
func loopback(listens *net.TCPAddr) *net.TCPAddr {
	reached := *listens
	switch {
	case listens.IP == nil || listens.IP.Equal(net.IPv4zero):
		reached.IP = net.IPv4(127, 0, 0, 1)
	case listens.IP.Equal(net.IPv6unspecified):
		reached.IP = net.IPv6loopback
	}
	return &reached
}

func oneLine(text []byte) string { return strings.TrimSpace(table.Printable(string(text))) }
