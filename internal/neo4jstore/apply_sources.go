package neo4jstore

import (
	"fmt"
	"reflect"

	"github.com/ententegraph/entente/internal/kg"
)

// applySources writes the sources of a batch that are new or have changed. A source that is judged anew makes its facts more
// or less sure, so that they are read to be made anew.
func (a *applying) applySources() error {
	if len(a.batch.Sources) == 0 {
		return nil
	}
	given := map[kg.ID]*kg.Source{}
	for _, s := range a.batch.Sources {
		given[s.ID] = s
	}
	known, err := a.readSources(sorted(given), nil)
	if err != nil {
		return err
	}
	var created, updated []any
	var changed []kg.ID
	for _, id := range sorted(given) {
		s := given[id]
		a.sources[id] = s
		old := known[id]
		if old != nil && sameSource(old, s) {
			continue
		}
		if row := map[string]any(sourceProps(s)); old == nil {
			created = append(created, row)
		} else {
			updated, changed = append(updated, row), append(changed, id)
		}
	}
	if len(created) > 0 {
		if _, err := a.ask("UNWIND $rows AS row CREATE (s:Source) SET s = row RETURN count(*)", map[string]any{"rows": created}); err != nil {
			return err
		}
	}
	if len(updated) == 0 {
		return nil
	}
	if err := a.beAlone(); err != nil {
		return err
	}
	if _, err := a.ask("UNWIND $rows AS row MATCH (s:Source {id: row.id}) SET s = row RETURN count(*)", map[string]any{"rows": updated}); err != nil {
		return err
	}
	return a.readResting(changed)
}

func sameSource(a, b *kg.Source) bool {
	x, y := *a, *b
	x.RecordedAt, y.RecordedAt = x.RecordedAt.UTC(), y.RecordedAt.UTC()
	return x.RecordedAt.Equal(y.RecordedAt) && reflect.DeepEqual(&x, &y)
}

// readSources reads those of some sources that there are.
func (a *applying) readSources(ids []kg.ID, sel *kg.Select) (map[kg.ID]*kg.Source, error) {
	c := newCompiler(nil, endOfTime, 0)
	n := node{name: "s", class: aSource, kinds: kg.SetOf(kg.SourceKind)}
	row := c.sourceRow(n, sel)
	values, err := a.ask(fmt.Sprintf("UNWIND $ids AS id MATCH (s:Source {id: id}) RETURN collect(%s)", row.expr), map[string]any{"ids": texts(ids)})
	if err != nil {
		return nil, err
	}
	found := map[kg.ID]*kg.Source{}
	for _, v := range values[0].([]any) {
		s := row.read(v).Source
		found[s.ID] = s
	}
	return found, nil
}

// source finds a source that some evidence names, see [applying.needSources].
func (a *applying) source(id kg.ID) *kg.Source { return a.sources[id] }

// needSources notes the sources that evidence names, as far as they are not read yet. Those of new evidence have to be there.
func (a *applying) needSources(evidence []kg.Evidence, required bool, need map[kg.ID]bool) {
	for i := range evidence {
		id := evidence[i].Source
		if _, read := a.sources[id]; !read {
			need[id] = need[id] || required
		}
	}
}

// fetchSources reads what needSources has gathered. Those that are not there are nil.
func (a *applying) fetchSources(need map[kg.ID]bool) error {
	if len(need) == 0 {
		return nil
	}
	found, err := a.readSources(sorted(need), &kg.Select{Without: kg.PartText})
	if err != nil {
		return err
	}
	for id := range need {
		a.sources[id] = found[id]
	}
	return nil
}
