package storetest_test

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

func TestReference(t *testing.T) {
	storetest.Run(t, func(*testing.T) kg.Store { return storetest.Reference() })
}

func TestReferenceLetsGo(t *testing.T) {
	storetest.LetsGo(t, func(*testing.T) kg.Store { return storetest.Reference() }, 16)
}
