package sqlitestore

import (
	"testing"

	"github.com/ententegraph/entente/graph/graphtest"
)

func TestGoldens(t *testing.T) {
	s, err := Temporary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	graphtest.LoadDemo(t, s)
	graphtest.Goldens(t, s)
}
