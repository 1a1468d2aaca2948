// Package storetest says what a [kg.Store] is.
//
// [Run] is the conformance suite: whatever passes it is a store, and a fault found in one engine becomes a case that all of
// them run. [Reference] is the plainest engine there is, slices and loops over maps, and the measure of truth where two
// engines disagree; [Differ] looks for where an engine disagrees with it, in stories made up by chance. [Counting] and
// [Faulty] wrap a store for the tests of what stands above it.
//
// The package measures no speed and knows no engine but its own.
package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// Run proves that an engine is a store. open gives an empty one, for as long as the test that it is handed lasts; Run closes
// it. It is called once for every topic, and a few times more by the topics that fill their store anew.
func Run(t *testing.T, open func(t *testing.T) kg.Store) {
	for _, topic := range []struct {
		name string
		test func(t *testing.T, open opener)
	}{
		{"get", testGet},
		{"list", testList},
		{"order", testOrder},
		{"filter", testFilter},
		{"has", testHas},
		{"relation", testRelation},
		{"single", testSingle},
		{"chain", testChain},
		{"page", testPage},
		{"facet", testFacet},
		{"identified", testIdentified},
		{"status", testStatus},
		{"lineage", testLineage},
		{"changes", testChanges},
		{"time", testTime},
		{"knowledge", testKnowledge},
		{"evidence", testEvidence},
		{"alias", testAlias},
		{"around", testAround},
		{"comparing", testComparing},
		{"happening", testHappening},
		{"differing", testDiffering},
		{"counts", testCounts},
		{"candidates", testCandidates},
		{"quoted", testQuoted},
		{"search", testSearch},
		{"expand", testExpand},
		{"apply", testApply},
		{"records", testRecords},
		{"life", testLife},
	} {
		t.Run(topic.name, func(t *testing.T) { topic.test(t, open) })
	}
}

// opener gives an empty store.
type opener = func(t *testing.T) kg.Store
