package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// slowWire asks over a wire to Neo4j on which everything takes 5 ms more, back and forth: one round trip makes an answer that
// much later, not four.
func (b *bench) slowWire(ctx context.Context, t testing.TB, uri string) error {
	const more = 5 * time.Millisecond
	proxy := neo4jtest.NewProxy(t, uri)
	catalog, slow, err := serve(ctx, proxy.URI())
	if err != nil {
		return err
	}
	defer catalog.Close()
	defer slow.Close()
	p := pairs[1]
	near := func(ctx context.Context, i int) error { return b.ask(ctx, b.http.URL, p.graphql, p.vars(&b.sample, i)) }
	far := func(ctx context.Context, i int) error { return b.ask(ctx, slow.URL, p.graphql, p.vars(&b.sample, i)) }
	for i := range 5 {
		if err := far(ctx, i); err != nil {
			return err
		}
	}
	proxy.Delay(more / 2) // each way
	a, err := measure(ctx, 1, 2*time.Second, near)
	if err != nil {
		return err
	}
	z, err := measure(ctx, 1, 2*time.Second, far)
	if err != nil {
		return err
	}
	fmt.Printf("%s at 1 client: p50 %s on the machine's own wire, %s on one with %v more a round trip\n", p.name, ms(a.p50), ms(z.p50), more)
	return nil
}
