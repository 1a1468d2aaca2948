package ingest_test

import (
	"context"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

func TestLoadDemo(t *testing.T) {
	c := kg.NewCatalog(storetest.Reference(), func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) })
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	r, err := ingest.Load(context.Background(), c, files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Errorf("%v\n\t%s", p, p.Text)
	}
	t.Logf("%+v", r)
}
