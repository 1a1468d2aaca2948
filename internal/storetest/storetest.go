// Package storetest says what a [kg.Store] is.
//
// [Run] is the conformance suite: whatever passes it is a store, and a fault found in one engine becomes a case that all of
// them run. [Reference] is the plainest engine there is, slices and loops over maps, and the measure of truth where two
// engines disagree. [Counting] and [Faulty] wrap a store for the tests of what stands above it.
//
// The package measures no speed and knows no engine but its own.
package storetest
