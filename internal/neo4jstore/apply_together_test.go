package neo4jstore

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// What batches make of a graph does not depend on whether they came one after another or all at once, from two programs: no
// fact is lost or there twice, no name of an entity, no source, and what is derived of them is right.
func TestApplyTogether(t *testing.T) {
	t.Parallel()
	uri := neo4jtest.Lend(t)
	const workers = 6
	for seed := range uint64(max(1, stories(t).Count/4)) {
		m := crowd{rand.New(rand.NewPCG(seed, 1))}
		rounds := [][]*kg.Batch{{m.founding()}, m.batches(40, false), m.batches(30, true)}
		s := openEmptyAt(t, uri)
		for _, round := range rounds {
			for _, b := range round {
				if err := s.Apply(t.Context(), b); err != nil {
					t.Fatal(err)
				}
			}
		}
		want := everything(t, uri)
		s = openEmptyAt(t, uri)
		other, err := Open(t.Context(), patient(uri))
		if err != nil {
			t.Fatal(err)
		}
		for _, round := range rounds {
			queue := make(chan *kg.Batch)
			var wait sync.WaitGroup
			for i := range workers {
				wait.Go(func() {
					for b := range queue {
						if err := []*Store{s, other}[i%2].Apply(t.Context(), b); err != nil {
							t.Error(err)
						}
					}
				})
			}
			for _, b := range round {
				queue <- b
			}
			close(queue)
			wait.Wait()
		}
		other.Close()
		got := everything(t, uri)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("seed %d: of %d lines, %d when they came one after another, the first that differs is\n%s\nwant\n%s",
					seed, len(got), len(want), strings.Join(got[i:min(i+1, len(got))], ""), strings.Join(want[i:min(i+1, len(want))], ""))
			}
		}
	}
}

// everything writes all that is in the database, as far as it does not depend on the order of batches.
func everything(t *testing.T, uri string) []string {
	t.Helper()
	var lines []string
	for _, r := range neo4jtest.Run(t, uri, "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS p") {
		lines = append(lines, fmt.Sprint(r.Values...))
	}
	for _, r := range neo4jtest.Run(t, uri, "MATCH (n) WHERE NOT n:Entente RETURN labels(n) AS labels, properties(n) AS p") {
		p := r.Values[1].(map[string]any)
		for _, name := range []string{"names", "changed_at", "changed_type", "changed_field", "changed_before", "changed_after"} {
			if text, ok := p[name].(string); ok { // their order is that of the records
				parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("{}\n", r) })
				slices.Sort(parts)
				p[name] = strings.Join(slices.Compact(parts), " ")
			} else {
				delete(p, name)
			}
		}
		lines = append(lines, fmt.Sprint(r.Values...))
	}
	slices.Sort(lines)
	return lines
}

// crowd makes up batches that all want the same few things.
type crowd struct{ *rand.Rand }

func (m crowd) id(k kg.Kind) kg.ID { return kg.ID(fmt.Sprintf("%s:%d", k.Decl().Prefix, m.IntN(5))) }

func (m crowd) at() time.Time {
	return time.Date(2020, 1, 1+m.IntN(300), 0, 0, m.IntN(3600), 0, time.UTC)
}

func (m crowd) date() kg.Date {
	d, _ := kg.ParseDate(fmt.Sprint(1990 + m.IntN(30)))
	return d
}

func (m crowd) source(id string) *kg.Source {
	return &kg.Source{ID: kg.ID("source:" + id), Title: id, Key: kg.SortKey(id), Class: "NEWS", Reliability: 0.8, RecordedAt: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
}

func (m crowd) entity(k kg.Kind, id kg.ID) *kg.Entity {
	e := &kg.Entity{ID: id, Kind: k, Names: []kg.Name{{Value: string(id), Kind: kg.Primary}}, Key: kg.SortKey(string(id)), Values: make([]kg.Value, len(k.Decl().Fields))}
	for i, f := range k.Decl().Fields {
		if f.Required {
			e.Values[i] = f.Enum[0]
		}
	}
	return e
}

func (m crowd) founding() *kg.Batch {
	b := &kg.Batch{Sources: []*kg.Source{m.source("a"), m.source("b")}}
	for _, k := range []kg.Kind{kg.Country, kg.City, kg.Company, kg.Agreement} {
		for i := range 5 {
			b.Entities = append(b.Entities, m.entity(k, kg.ID(fmt.Sprintf("%s:%d", k.Decl().Prefix, i))))
		}
	}
	return b
}

// batches bring new things, the same ones several times, facts of all states, and, where it is known which there are, changes
// of sources and retractions.
func (m crowd) batches(n int, later bool) []*kg.Batch {
	var out []*kg.Batch
	for i := range n {
		b := &kg.Batch{}
		if m.IntN(2) == 0 {
			b.Sources = append(b.Sources, m.source(fmt.Sprint("new-", m.IntN(4))))
		}
		if m.IntN(2) == 0 {
			k := []kg.Kind{kg.City, kg.Zone, kg.Institution}[m.IntN(3)]
			e := m.entity(k, m.id(k))
			e.Names = append(e.Names, kg.Name{Value: fmt.Sprint("name ", i), Kind: kg.Alias})
			b.Entities = append(b.Entities, e)
		}
		for range 1 + m.IntN(4) {
			r := m.fact(m.link())
			b.Facts = append(b.Facts, r)
			if later && m.IntN(3) == 0 {
				// It is there: it comes with the batch.
				b.Retract = append(b.Retract, kg.RetractRecord{Fact: r.ID, At: m.at(), Reason: "withdrawn", Dated: true})
			}
		}
		if later && i == n/2 {
			s := m.source("a")
			s.Reliability = 0.3
			b.Sources = append(b.Sources, s)
		}
		out = append(out, b)
	}
	return out
}

func (m crowd) link() (k kg.Kind, from, to kg.ID, identity string) {
	switch m.IntN(5) {
	case 0:
		return kg.LocatedIn, m.id(kg.Company), m.id(kg.City), ""
	case 1:
		return kg.LocatedIn, m.id(kg.City), m.id(kg.Country), ""
	case 2:
		return kg.RelatesTo, "agreement:0", kg.ID(fmt.Sprint("agreement:", 1+m.IntN(2))), "REPLACES"
	case 3:
		return kg.PartyTo, m.id(kg.Country), m.id(kg.Agreement), "SIGNATORY"
	}
	return kg.InvestsIn, m.id(kg.Company), m.id(kg.City), ""
}

func (m crowd) fact(k kg.Kind, from, to kg.ID, identity string) kg.FactRecord {
	d := k.Decl()
	r := kg.FactRecord{ID: kg.FactID(k, from, to, identity, ""), Kind: k, From: from, To: to, Identity: identity, Assertion: kg.Assertion{
		RecordedAt: m.at(), Dated: true, State: []kg.State{kg.Accepted, kg.Accepted, kg.Proposed, kg.Rejected}[m.IntN(4)],
		Values: make([]kg.Value, len(d.Fields)), Evidence: []kg.Evidence{{Source: kg.ID("source:" + []string{"a", "b"}[m.IntN(2)]), Locator: fmt.Sprint(m.IntN(50)), Confidence: 0.9, Method: "IMPORTED"}},
	}}
	for i, f := range d.Fields {
		switch {
		case f == d.Identity:
			r.Values[i] = identity
		case f.Type == kg.Dated && f.Name != "withdrewOn":
			r.Values[i] = m.date()
		}
	}
	if len(d.Since) == 0 {
		r.Since = m.date()
	}
	return r
}
