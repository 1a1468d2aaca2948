// Package docs is pages for people who use Entente. Its tests run what the pages show.
package docs

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// TestPressRelease loads the records that the page has its reader write: every line is right, and the quotes are found.
func TestPressRelease(t *testing.T) {
	page, err := os.ReadFile("press-release.md")
	if err != nil {
		t.Fatal(err)
	}
	var records bytes.Buffer
	for _, block := range regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(page, -1) {
		records.Write(block[1])
	}
	c := kg.NewCatalog(storetest.Reference(), time.Now)
	report, err := ingest.Load(context.Background(), c, ingest.Bytes("lyon.jsonl", records.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Errorf("%v\n%s", p, p.Text)
	}
	if report.Facts != 9 || report.Entities != 7 {
		t.Errorf("loaded %d facts and %d entities, want 9 and 7", report.Facts, report.Entities)
	}
}
