// Package bench measures Entente on Neo4j beside Cypher written by hand, in one run on one loaded database: throughput and
// latency of the questions, what a slow wire adds, and how fast a graph is imported. `make bench` runs it, and
// internal/docs/neo4j.md has the last figures.
//
// It is all in tests, as it needs a Neo4j of its own. Ratios decide, not absolute figures: both sides take turns, so that
// whatever else the machine does meets both.
package bench
