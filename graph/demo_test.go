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

var loadDemo = sync.OnceValues(func() (kg.Store, error) {
	store := storetest.Reference()
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	_, err := ingest.Load(context.Background(), kg.NewCatalog(store, testNow), files...)
	return store, err
})

// demoStore gives the demo graph on the reference engine. Tests only read it.
func demoStore(t testing.TB) kg.Store {
	t.Helper()
	store, err := loadDemo()
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func demoCatalog(t testing.TB) *kg.Catalog { return kg.NewCatalog(demoStore(t), testNow) }
