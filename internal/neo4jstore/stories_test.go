package neo4jstore

import (
	"os"
	"strconv"
	"testing"

	"github.com/ententegraph/entente/internal/storetest"
)

// stories says how many stories the comparison tells: a few, always the same, or as many as ENTENTE_STORIES says, from the seed
// in ENTENTE_SEED on.
func stories(t *testing.T) storetest.Stories {
	number := func(name string, otherwise uint64) uint64 {
		text := os.Getenv(name)
		if text == "" {
			return otherwise
		}
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			t.Fatalf("%s is %q: write a number", name, text)
		}
		return n
	}
	return storetest.Stories{Seed: number("ENTENTE_SEED", 1), Count: int(number("ENTENTE_STORIES", 4)), Steps: 30}
}
