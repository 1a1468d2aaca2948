package neo4jstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// recordsAtOnce bounds how much is read in one statement.
const recordsAtOnce = 2_000

// Records gives all that the database holds, some thousands at a time by id, so that neither side keeps all of it at once. What
// is applied meanwhile may be given or not.
func (s *Store) Records(ctx context.Context, each func(kg.Record) error) error {
	c := newCompiler(nil, endOfTime, 0)
	source, entity := c.sourceRow(node{name: "n", class: aSource, kinds: kg.SetOf(kg.SourceKind)}, nil), c.knownEntity()
	if err := s.byID(ctx, "MATCH (n:Source) WHERE n.id > $after", "n.id", source.expr, func(v any) error {
		return each(kg.Record{Source: source.read(v).Source})
	}); err != nil {
		return err
	}
	if err := s.byID(ctx, "MATCH (n:Entity) USING INDEX n:Entity(id) WHERE n.id > $after", "n.id", entity.expr, func(v any) error {
		known := entity.read(v)
		return each(known.entity.Record(known.changes))
	}); err != nil {
		return err
	}
	if err := s.byID(ctx, "MATCH (n:Alias)-[:ALIAS_OF]->(m) WHERE n.id > $after", "n.id", "[n.id, m.id]", func(v any) error {
		pair := v.([]any)
		return each(kg.Record{Alias: &kg.AliasRecord{Alias: kg.ID(pair[0].(string)), Of: kg.ID(pair[1].(string))}})
	}); err != nil {
		return err
	}
	if err := s.histories(ctx, "", func(h *kg.History) []kg.Record { return h.Records() }, each); err != nil {
		return err
	}
	return s.histories(ctx, " AND r.history IS NOT NULL", func(h *kg.History) []kg.Record { return h.RetractionRecords() }, each)
}

// histories goes through the facts by id, which begins with the kind.
func (s *Store) histories(ctx context.Context, condition string, records func(*kg.History) []kg.Record, each func(kg.Record) error) error {
	kinds := kg.Facts.Kinds()
	slices.SortFunc(kinds, func(a, b kg.Kind) int { return strings.Compare(a.Decl().Prefix+":", b.Decl().Prefix+":") })
	for _, k := range kinds {
		c := newCompiler(nil, endOfTime, 0)
		row := c.factRow(node{name: "r", class: aFact, kinds: kg.SetOf(k)}, nil)
		var arms []string
		for _, t := range typesOf(k, present) {
			arms = append(arms, fmt.Sprintf("MATCH ()-[r:%s]->() WHERE r.id > $after%s RETURN r ORDER BY r.id LIMIT $most", ident(t), condition))
		}
		match := "CALL () { " + strings.Join(arms, " UNION ALL ") + " } WITH r"
		err := s.byID(ctx, match, "r.id", "["+row.expr+", r.history]", func(v any) error {
			pair := v.([]any)
			h, err := historyOf(row.read(pair[0]).Fact, str(pair[1]))
			if err != nil {
				return err
			}
			for _, r := range records(h) {
				if err := each(r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// byID reads nodes or relationships page by page in the order of their ids.
func (s *Store) byID(ctx context.Context, match, id, row string, each func(v any) error) (err error) {
	defer caught(&err)
	text := fmt.Sprintf("RETURN COLLECT { %s WITH * ORDER BY %s LIMIT $most RETURN [%[2]s, %s] } AS rows", match, id, row)
	if !strings.Contains(match, "USING INDEX") && !strings.Contains(match, "CALL") {
		text = fmt.Sprintf("%s WITH * ORDER BY %s LIMIT $most RETURN collect([%[2]s, %s]) AS rows", match, id, row)
	}
	for after := ""; ; {
		values, err := s.patient(ctx, text, map[string]any{"after": after, "most": int64(recordsAtOnce)})
		if err != nil {
			return err
		}
		rows := values[0].([]any)
		for _, v := range rows {
			pair := v.([]any)
			if err := each(pair[1]); err != nil {
				return err
			}
			after = pair[0].(string)
		}
		if len(rows) < recordsAtOnce {
			return nil
		}
	}
}

// patient is query with the time that a batch has.
func (s *Store) patient(ctx context.Context, cypher string, params map[string]any) ([]any, error) {
	return s.within(ctx, max(s.config.readTimeout(), time.Minute), language+cypher, params)
}
