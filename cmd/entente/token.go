package main

import (
	"context"
	"fmt"
	"time"

	"github.com/ententegraph/entente/internal/server"
)

const tokenUsage = `usage: entente token [--role reader|writer] [--expires YYYY-MM-DD] NAME

Makes a token for a person or program. It prints the line for the tokens file of entente serve, which holds the hash alone, so that
>> adds it there; and on standard error the token, which is nowhere else and is never shown again. It is sent as the header
"Authorization: Bearer TOKEN". To take it back, take out its line.

  --role ROLE          reader asks queries; writer may also change the graph, once there is a way to. Default: reader
  --expires DATE       the last day on which it counts, in UTC. Default: a year from now
`

func makeToken(_ context.Context, p *program, args []string) error {
	f := flags("token")
	role := f.String("role", string(server.Reader), "")
	expires := f.String("expires", time.Now().UTC().AddDate(1, 0, 0).Format(time.DateOnly), "")
	names, err := parse(f, args)
	if err != nil {
		return err
	}
	if len(names) != 1 {
		return usageError("name one whom the token is for")
	}
	token, secret, err := server.NewToken(names[0], *role, *expires)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "The token of %s, which is not shown again:\n%s\n", token.Name, secret)
	if !token.Expires.After(time.Now()) {
		fmt.Fprintf(p.stderr, "It counts no more, as %s has gone by: --expires names its last day.\n", *expires)
	}
	fmt.Fprintln(p.stderr, "Its line for the tokens file goes to standard output.")
	_, err = fmt.Fprintln(p.stdout, token)
	return err
}
