package export_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// What a store gives of itself is written as it comes, line for line what WriteJSONL writes.
func TestStreamOfAStore(t *testing.T) {
	c := kg.NewCatalog(storetest.Reference(), func() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) })
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	if _, err := ingest.Load(t.Context(), c, files...); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	stream := export.NewStream(&out)
	var records []kg.Record
	if err := c.Records(t.Context(), func(r kg.Record) error {
		records = append(records, r)
		return stream.Write(r)
	}); err != nil {
		t.Fatal(err)
	}
	sum, err := stream.End()
	if err != nil {
		t.Fatal(err)
	}
	lines := func(text []byte) []string { return slices.Sorted(strings.Lines(string(text))) }
	if !slices.Equal(lines(out.Bytes()), lines(write(t, records))) {
		t.Error("it wrote other lines than WriteJSONL")
	}
	if of := sha256.Sum256(out.Bytes()); sum != hex.EncodeToString(of[:]) {
		t.Errorf("it gave the hash %s of what has %x", sum, of)
	}
	if n := stream.Counts; n.Sources+n.Entities+n.Aliases+n.Facts+n.Retractions != len(records) || n.Facts == 0 {
		t.Errorf("it counted %+v of %d records", n, len(records))
	}
}

func TestStreamSaysThatItFailed(t *testing.T) {
	stream := export.NewStream(full{})
	if err := stream.Write(kg.Record{Alias: &kg.AliasRecord{Alias: "city:a", Of: "city:b"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.End(); !errors.Is(err, errFull) {
		t.Errorf("End() = %v, want %v", err, errFull)
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }
