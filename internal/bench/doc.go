// Package bench measures Entente on both engines. On Neo4j, beside Cypher written by hand in one run on one loaded database:
// throughput and latency of the questions, what a slow wire adds, and how fast a graph is imported. On the embedded engine, beside a
// handler written by hand over it, beside Neo4j with the same graph, and on graphs of several sizes beside plain SQL on SQLite.
// `make bench` runs it; internal/docs/neo4j.md, embedded.md and growth.md have the last figures.
//
// It is all in tests, as it needs a Neo4j of its own. Ratios decide, not absolute figures: both sides take turns, so that
// whatever else the machine does meets both.
package bench
