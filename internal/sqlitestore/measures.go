package sqlitestore

import (
	"os"

	"github.com/ententegraph/entente/internal/kg"
)

// Measures implements kg.Measured.
func (s *Store) Measures() []kg.Measure {
	var entities, facts, sources uint32
	if g := s.graph.Load(); g != nil { // it is open
		entities, facts, sources = g.entities.n, g.facts.n, g.sources.n
	}
	return []kg.Measure{
		{Name: "graph_entities", Help: "Entities in the graph.", Value: float64(entities)},
		{Name: "graph_facts", Help: "Facts in the graph, whatever their state.", Value: float64(facts)},
		{Name: "graph_sources", Help: "Sources in the graph.", Value: float64(sources)},
		{Name: "store_file_bytes", Help: "Size of the file that keeps the graph.", Value: bytesOf(s.path)},
		{Name: "store_log_bytes", Help: "Size of the log beside the file, which SQLite empties into it from time to time.", Value: bytesOf(s.path + "-wal")},
		{Name: "store_commits_total", Help: "Commits since the store was opened, each of one batch or of several.", Value: float64(s.commits.Load())},
		{Name: "store_last_commit_timestamp_seconds", Help: "When the last commit since the store was opened was on disk; 0 before the first.", Value: float64(s.committed.Load()) / 1000},
		{Name: "store_readers", Help: "Questions that are being answered from the newest state of the graph.", Value: float64(s.readers())},
	}
}

func (s *Store) readers() int64 {
	if g := s.graph.Load(); g != nil {
		return g.readers.Load()
	}
	return 0
}

// bytesOf is 0 where there is no file.
func bytesOf(path string) float64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return float64(info.Size())
}
