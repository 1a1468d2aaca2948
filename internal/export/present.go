package export

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Graph is what a graph is read from; a [kg.Catalog] is one.
type Graph interface {
	Records(ctx context.Context, each func(kg.Record) error) error
	Read(ctx context.Context, q *kg.Query) (*kg.Page, error)
}

// Part writes what a graph holds now, for programs that know no history: sources and entities, then the facts that it asserts, each by
// id. What a file can't say twice, such as a header, is for its maker and its End.
type Part interface {
	Source(*kg.Source) error
	Entity(*kg.Entity) error
	Fact(*kg.Fact) error
	End() error
}

// factsAtOnce is how many facts are read together.
const factsAtOnce = 1_000

// WritePresent goes through a graph and hands its parts on. No more is kept in memory than a few facts. While others write, a fact may
// come whose ends were not there before.
func WritePresent(ctx context.Context, g Graph, to Part) error {
	var ids []kg.ID
	var last kg.ID // of a fact; its assertions follow each other
	facts := func() error {
		if len(ids) == 0 {
			return nil
		}
		page, err := g.Read(ctx, &kg.Query{IDs: ids, List: kg.List{Kinds: kg.Facts, States: kg.OnlyAccepted, First: -1}})
		if err != nil {
			return err
		}
		ids = ids[:0]
		for i := range page.Rows {
			if f := page.Rows[i].Fact; f != nil {
				if err := to.Fact(f); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err := g.Records(ctx, func(r kg.Record) error {
		switch {
		case r.Source != nil:
			return to.Source(r.Source)
		case r.Entity != nil:
			return to.Entity(r.Entity)
		case r.Fact != nil && r.Fact.ID != last:
			last = r.Fact.ID
			if ids = append(ids, last); len(ids) == factsAtOnce {
				return facts()
			}
		}
		return nil
	})
	if err == nil {
		err = facts()
	}
	if err == nil {
		err = to.End()
	}
	return err
}

// ownFields lists the names of the fields that kinds have of their own, each once, in the order of their declaration.
func ownFields(kinds kg.KindSet) []*kg.Field {
	var out []*kg.Field
	for _, k := range kinds.Kinds() {
		for _, f := range k.Decl().Fields {
			if !slices.ContainsFunc(out, func(o *kg.Field) bool { return o.Name == f.Name }) {
				out = append(out, f)
			}
		}
	}
	return out
}

// held gives what a thing holds in the field of its kind that has a name; nil where it has none.
func held(k kg.Kind, values []kg.Value, name string) kg.Value {
	for i, f := range k.Decl().Fields {
		if f.Name == name {
			return values[i]
		}
	}
	return nil
}

// plain writes a value as text.
func plain(v kg.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case kg.ID:
		return string(v)
	case []kg.ID:
		ids := make([]string, len(v))
		for i, id := range v {
			ids[i] = string(id)
		}
		return strings.Join(ids, ";")
	case kg.Date:
		return v.Text
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case float64:
		return decimal(v)
	}
	return fmt.Sprint(v) // whole numbers
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// sourcesOf lists the sources of the evidence that speaks for a fact, each once.
func sourcesOf(f *kg.Fact) []string {
	var out []string
	for i := range f.Evidence {
		if id := string(f.Evidence[i].Source); !f.Evidence[i].Disputes && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
