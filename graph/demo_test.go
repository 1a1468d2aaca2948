package graph

import (
	"sync"
	"testing"

	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

var loadDemo = sync.OnceValues(func() (kg.Store, error) {
	store := storetest.Reference()
	return store, graphtest.LoadDemo(store)
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
