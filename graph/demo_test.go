package graph

import (
	"context"
	"sync"
	"testing"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

var loadDemo = sync.OnceValues(func() (*kg.Catalog, error) {
	c := kg.NewCatalog(storetest.Reference(), testNow)
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	_, err := ingest.Load(context.Background(), c, files...)
	return c, err
})

// demoCatalog gives the demo graph on the reference engine. Tests only read it.
func demoCatalog(t testing.TB) *kg.Catalog {
	t.Helper()
	c, err := loadDemo()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
