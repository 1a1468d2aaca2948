package kg_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newCatalog(s kg.Store) *kg.Catalog { return kg.NewCatalog(s, func() time.Time { return today }) }

// The records that most tests begin with: two cities and a text about them.

const reportText = "Jinan and Rennes became friends in 2002. Jinan and Rennes met again."

func source(id, text string) kg.Record {
	return kg.Record{Source: &kg.Source{ID: kg.ID("source:" + id), Title: id, Class: "NEWS", Text: text}}
}

func entity(id, name string, values ...kg.Value) kg.Record {
	return kg.Record{Entity: &kg.Entity{ID: kg.ID(id), Names: []kg.Name{{Value: name, Kind: kg.Primary}}, Values: values}}
}

func partners(from, to string, ev ...kg.Evidence) kg.Record {
	return kg.Record{Fact: &kg.FactRecord{Kind: kg.PartnersWith, From: kg.ID(from), To: kg.ID(to),
		Assertion: kg.Assertion{State: kg.Accepted, Values: []kg.Value{"FRIENDSHIP", nil, nil}, Evidence: ev}}}
}

func quote(s string) kg.Evidence { return kg.Evidence{Source: "source:report", Quote: s} }

func alias(id, of string) kg.Record {
	return kg.Record{Alias: &kg.AliasRecord{Alias: kg.ID(id), Of: kg.ID(of)}}
}

var friends = kg.FactID(kg.PartnersWith, "city:cn-jinan", "city:fr-rennes", "FRIENDSHIP", "")

func twoCities() []kg.Record {
	return []kg.Record{
		source("report", reportText), entity("city:cn-jinan", "Jinan"), entity("city:fr-rennes", "Rennes"),
		partners("city:cn-jinan", "city:fr-rennes", quote("Jinan and Rennes became friends")),
	}
}

// apply applies records and gives why each was refused, nil where none was.
func apply(t *testing.T, c *kg.Catalog, records ...kg.Record) map[int]string {
	t.Helper()
	report, err := c.Apply(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	var refused map[int]string
	for _, r := range report.Refused {
		if refused == nil {
			refused = map[int]string{}
		}
		refused[r.Record] = r.Err.Error()
	}
	return refused
}

// get reads nodes of any class by their ids.
func get(t *testing.T, c *kg.Catalog, ids ...kg.ID) []kg.Row {
	t.Helper()
	page, err := c.Read(t.Context(), &kg.Query{IDs: ids, List: kg.List{States: kg.AnyState, First: -1}})
	if err != nil {
		t.Fatal(err)
	}
	return page.Rows
}

func TestReadIsAsOfToday(t *testing.T) {
	var got kg.Query
	c := newCatalog(spy{storetest.Reference(), func(q *kg.Query) { got = *q }})
	asked := kg.Query{List: kg.List{Kinds: kg.Entities}}
	if _, err := c.Read(t.Context(), &asked); err != nil {
		t.Fatal(err)
	}
	if got.Today != kg.DayOf(today) || asked.Today != 0 {
		t.Errorf("the store was asked as of %v, and the caller's query says %v", got.Today, asked.Today)
	}
	day := kg.DayOf(today) - 100
	asked.AsOf = &day
	if _, err := c.Read(t.Context(), &asked); err != nil || got.AsOf != &day {
		t.Errorf("asked as of %v: %v, %v", day, got.AsOf, err)
	}
}

func TestApplyGivesARecordWhatItLeavesOut(t *testing.T) {
	c := newCatalog(storetest.Reference())
	records := twoCities()
	records[3].Fact.From, records[3].Fact.To = records[3].Fact.To, records[3].Fact.From
	if refused := apply(t, c, records...); refused != nil {
		t.Fatal(refused)
	}
	rows := get(t, c, "source:report", "city:cn-jinan", friends)
	s, e, f := rows[0].Source, rows[1].Entity, rows[2].Fact
	if s.Reliability != 0.8 || len(s.SHA256) != 64 || s.Key != "report" || !s.RecordedAt.Equal(today) {
		t.Errorf("the source is %+v", s)
	}
	if e.Kind != kg.City || e.Key != "jinan" || !slices.Equal(e.Values, []kg.Value{nil}) {
		t.Errorf("the entity is %+v", e)
	}
	want := kg.Evidence{Source: "source:report", Quote: "Jinan and Rennes became friends", End: 31, Confidence: 1, Method: "IMPORTED", RecordedAt: today}
	if f.From != "city:cn-jinan" || f.Confidence != 0.8 || !reflect.DeepEqual(f.Evidence, []kg.Evidence{want}) {
		t.Errorf("the fact is %+v", f)
	}
}

func TestApplyLeavesTheRecordsAlone(t *testing.T) {
	c := newCatalog(storetest.Reference())
	records, same := twoCities(), twoCities()
	apply(t, c, records...)
	if !reflect.DeepEqual(records, same) {
		t.Error("Apply has changed the records that it was given")
	}
	records[1].Entity.Names[0].Value = "changed"
	records[3].Fact.Evidence[0].Quote = "changed"
	rows := get(t, c, "city:cn-jinan", friends)
	if rows[0].Entity.Names[0].Value == "changed" || rows[1].Fact.Evidence[0].Quote == "changed" {
		t.Error("the graph changes with records that were applied")
	}
}

func TestApplyRefusesOneByOne(t *testing.T) {
	c := newCatalog(storetest.Reference())
	bad := entity("event:visit", "Visit") // without its type
	onIt := kg.Record{Fact: &kg.FactRecord{Kind: kg.TookPartIn, From: "city:cn-jinan", To: "event:visit",
		Assertion: kg.Assertion{State: kg.Accepted, Values: []kg.Value{"VISITOR"}, Evidence: []kg.Evidence{quote("Jinan")}}}}
	records := append(twoCities(), bad, onIt, kg.Record{}, kg.Record{Source: &kg.Source{}, Alias: &kg.AliasRecord{}})
	report, err := c.Apply(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(report.Sources, report.Entities, report.Facts, report.Aliases, report.Retractions); got != "1 2 1 0 0" {
		t.Errorf("applied %s, want 1 2 1 0 0", got)
	}
	want := []string{
		"4 type: it is missing, and EVENT has to have it: write one of VISIT, MEETING, TALKS, FORUM, CONFERENCE, EXHIBITION, SIGNING, OPENING, CEREMONY, OTHER",
		`5 to: "event:visit" can't be used, as its own record was refused: correct that one first`,
		"6 the record is empty: give a source, an entity, a fact, an alias or a retraction",
		"7 the record is source and alias at once: make each a record of its own",
	}
	for i, r := range report.Refused {
		if got := fmt.Sprint(r.Record, " ", r.Err); got != want[i] || r.Err.Code != kg.BadInput {
			t.Errorf("%s %s, want %s", r.Err.Code, got, want[i])
		}
	}
	if len(report.Refused) != len(want) {
		t.Errorf("%d were refused, want %d", len(report.Refused), len(want))
	}
}

func TestApplyIsAllOrNothing(t *testing.T) {
	broken := errors.New("disk full")
	store := storetest.Reference()
	c := newCatalog(storetest.Faulty(store, storetest.On("Apply", storetest.Fail(broken))))
	if _, err := c.Apply(t.Context(), twoCities()); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	for _, r := range get(t, newCatalog(store), "source:report", "city:cn-jinan", friends) {
		if r.Kind() != kg.NoKind {
			t.Errorf("%s was left behind", r.ID())
		}
	}
	c = newCatalog(storetest.Faulty(store, storetest.On("Read", storetest.Fail(broken))))
	if _, err := c.Apply(t.Context(), twoCities()); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestApplyAsksTheStoreOnce(t *testing.T) {
	store := storetest.Counting(storetest.Reference())
	c := newCatalog(store)
	records := twoCities()
	for i := range 500 {
		records = append(records, entity(fmt.Sprintf("city:c%d", i), "C"), partners("city:cn-jinan", fmt.Sprintf("city:c%d", i), quote("Jinan")))
	}
	if refused := apply(t, c, records...); refused != nil {
		t.Fatal(refused)
	}
	if n := store.Reads(); n != 1 {
		t.Errorf("the store was read %d times, want once", n)
	}
	if apply(t, c); store.Reads() != 0 {
		t.Error("the store was read for no records")
	}
}

func TestApplyTakesRecordsInAnyOrder(t *testing.T) {
	later := entity("city:cn-jinan", "Jinan", int64(9202432))
	earlier := entity("city:cn-jinan", "Tsinan", int64(1))
	for i, r := range []kg.Record{earlier, later} {
		r.Entity.Evidence = []kg.Evidence{{Source: "source:report", Quote: "Jinan", RecordedAt: today.AddDate(0, 0, i-2)}}
	}
	records := append(twoCities()[:1], earlier, later, entity("city:fr-rennes", "Rennes"),
		alias("city:jinan", "city:tsinan"), alias("city:tsinan", "city:cn-jinan"),
		partners("city:fr-rennes", "city:jinan", quote("Jinan and Rennes met")),
		kg.Record{Retract: &kg.RetractRecord{Fact: friends, Reason: "a mistake"}})
	var want string
	for seed := range uint64(20) {
		c := newCatalog(storetest.Reference())
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		if refused := apply(t, c, records...); refused != nil {
			t.Fatalf("seed %d: %v", seed, refused)
		}
		rows := get(t, c, "city:jinan", friends)
		got := fmt.Sprintf("%+v %+v", rows[0].Entity, rows[1].Fact)
		if want == "" {
			want = got
		}
		if e := rows[0].Entity; got != want || e.Names[0].Value != "Jinan" || e.Values[0] != int64(9202432) || rows[1].Fact.State != kg.Retracted {
			t.Fatalf("seed %d:\n got %s\nwant %s", seed, got, want)
		}
	}
}

func TestApplyFromManyAtOnce(t *testing.T) {
	c := newCatalog(storetest.Reference())
	apply(t, c, twoCities()...)
	var group sync.WaitGroup
	refused := make([]int, 8)
	for i := range refused {
		group.Go(func() {
			// Each wants the one alias for a city of its own; only one can have it.
			id := fmt.Sprintf("city:c%d", i)
			report, err := c.Apply(t.Context(), []kg.Record{entity(id, "C"), alias("city:wanted", id)})
			if err != nil {
				t.Error(err)
				return
			}
			refused[i] = len(report.Refused)
		})
	}
	group.Wait()
	if n := strings.Count(fmt.Sprint(refused), "0"); n != 1 {
		t.Errorf("refused %v: %d have got the alias, want one", refused, n)
	}
}

// spy shows the queries that reach a store.
type spy struct {
	kg.Store
	see func(*kg.Query)
}

func (s spy) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	s.see(q)
	return s.Store.Read(ctx, q)
}

// A batch reads no more of the graph than it is checked against: rows of a table need not the table's text, nor facts all of
// what they link.
func TestApplyReadsNoMoreThanItNeeds(t *testing.T) {
	store := &sparse{Store: storetest.Reference()}
	c := newCatalog(store)
	if refused := apply(t, c, append(twoCities(), entity("city:fr-lyon", "Lyon"))...); len(refused) > 0 {
		t.Fatal(refused)
	}
	store.whole = nil
	row := kg.Evidence{Source: "source:report", Locator: "row 1"}
	if refused := apply(t, c, partners("city:cn-jinan", "city:fr-lyon", row), kg.Record{Retract: &kg.RetractRecord{Fact: friends}}); len(refused) > 0 {
		t.Error(refused)
	}
	if len(store.whole) > 0 {
		t.Errorf("rows of a table read %v whole", store.whole)
	}
	if refused := apply(t, c, partners("city:cn-jinan", "city:fr-lyon", quote("met again")), entity("city:fr-lyon", "Lyon")); len(refused) > 0 {
		t.Error(refused)
	}
	if want := []kg.ID{"city:fr-lyon", "source:report"}; !slices.Equal(store.whole, want) {
		t.Errorf("a quote and an entity read %v whole, want %v", store.whole, want)
	}
}

// sparse is a store that gives nothing of what nobody reads.
type sparse struct {
	kg.Store
	whole []kg.ID // what was read with more than its own fields
}

func (s *sparse) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	page, err := s.Store.Read(ctx, q)
	if err != nil || q.Select == nil {
		return page, err
	}
	for i, row := range page.Rows {
		if q.Select.Without != kg.AllParts {
			s.whole = append(s.whole, q.IDs[i])
			continue
		}
		switch {
		case row.Source != nil:
			page.Rows[i].Source = &kg.Source{ID: row.Source.ID}
		case row.Entity != nil:
			page.Rows[i].Entity = &kg.Entity{ID: row.Entity.ID, Kind: row.Entity.Kind}
		}
	}
	return page, nil
}
