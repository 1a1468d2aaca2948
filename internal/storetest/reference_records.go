package storetest

import (
	"context"
	"maps"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// records gives one state of the graph whole.
func (g *graph) records(ctx context.Context, each func(kg.Record) error) error {
	give := func(records ...kg.Record) error {
		for _, r := range records {
			if err := gaveUp(ctx); err != nil {
				return err
			}
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(g.sources)) {
		if err := give(kg.Record{Source: g.sources[id]}); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(g.entities)) {
		if err := give(g.entities[id].Record(g.changes[id])); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(g.aliases)) {
		if err := give(kg.Record{Alias: &kg.AliasRecord{Alias: id, Of: g.aliases[id]}}); err != nil {
			return err
		}
	}
	facts := slices.Sorted(maps.Keys(g.histories))
	for _, id := range facts {
		if err := give(g.histories[id].Records()...); err != nil {
			return err
		}
	}
	for _, id := range facts {
		if err := give(g.histories[id].RetractionRecords()...); err != nil {
			return err
		}
	}
	return nil
}
