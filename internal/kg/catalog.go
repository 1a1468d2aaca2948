package kg

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Catalog is the graph as the program uses it: a [Store] with the rules that every engine would otherwise have to repeat. It
// is safe for use by several goroutines.
type Catalog struct {
	store     Store
	now       func() time.Time
	pathFacts int // maxPathFacts, but for tests
	// writing is held by Apply, so that what a record was checked against still holds when it is applied; shared by batches
	// of facts alone, which rest on what no batch takes away. Between programs that write to one database nothing holds that.
	writing sync.RWMutex
}

// NewCatalog makes the catalog of a store. now is the clock, handed over so that a test can hold it still.
func NewCatalog(store Store, now func() time.Time) *Catalog {
	return &Catalog{store: store, now: now, pathFacts: maxPathFacts}
}

// Read answers a question as of today, with one call of the store, or the few that [Finding] and [Connecting] take. The query
// is not changed.
func (c *Catalog) Read(ctx context.Context, q *Query) (*Page, error) {
	if err := CheckWalk(q.Walk); err != nil {
		return nil, err
	}
	dated := *q
	if q.AsOf == nil {
		dated.Today = DayOf(c.now())
	}
	switch w := q.Walk.(type) {
	case Differing:
		if err := checkMoments(w.From, c.now()); w.To.IsZero() && err != nil {
			return nil, Errorf(BadInput, "%s lies in the future: write the past moment to compare with", moment(w.From)).In("from")
		}
	case Finding:
		return c.find(ctx, &dated, w)
	case Connecting:
		return c.connect(ctx, &dated, w)
	}
	return c.store.Read(ctx, &dated)
}

// Records gives all that the graph holds, see [Store.Records].
func (c *Catalog) Records(ctx context.Context, each func(Record) error) error {
	return c.store.Records(ctx, each)
}

// Ping says whether the store can answer now.
func (c *Catalog) Ping(ctx context.Context) error { return c.store.Ping(ctx) }

// Close lets go of the store. A second Close does nothing.
func (c *Catalog) Close() error { return c.store.Close() }

// Report says what became of records: how many of each were applied, and which were refused.
type Report struct {
	Sources, Entities, Facts, Aliases, Retractions int
	Refused                                        []Refusal // in the order of the records
}

// Refusal is a record that was not applied, and why.
type Refusal struct {
	Record int // its index among the records
	Err    *Error
}

// Apply checks each record and applies all that are right as one [Batch]: with an error nothing is applied. A record that is
// not right is refused alone, with what came and what would be right; what rests on it is refused with it.
//
// The order of the records does not matter: sources come before what rests on them, entities before what links them. Records
// that contradict each other are all refused: about what can't change (two texts of one source, two meanings of one alias), and
// where one source says two things at one moment, as no order says which of them corrects the other.
// Several records of one entity are merged in the order of their recordedAt. The records are not changed.
func (c *Catalog) Apply(ctx context.Context, records []Record) (*Report, error) {
	if slices.ContainsFunc(records, func(r Record) bool { return r.Fact == nil }) {
		c.writing.Lock()
		defer c.writing.Unlock()
	} else {
		c.writing.RLock()
		defer c.writing.RUnlock()
	}
	// Microseconds are what every engine and the data format keep alike.
	in := newIntake(records, c.now().UTC().Truncate(time.Microsecond))
	batch, err := in.check(ctx, c.Read)
	if err != nil {
		return nil, err
	}
	report := in.report()
	if len(report.Refused) < len(records) {
		if err := c.store.Apply(ctx, batch); err != nil {
			return nil, err
		}
	}
	return report, nil
}

// check proves the records and gives those that are right.
func (in *intake) check(ctx context.Context, read func(context.Context, *Query) (*Page, error)) (*Batch, error) {
	if err := in.lookUp(ctx, read); err != nil {
		return nil, err
	}
	batch := &Batch{At: in.now}
	batch.Sources = in.checkSources()
	batch.Entities, batch.Changes = in.checkEntities(), in.changes
	batch.Aliases = in.checkAliases()
	batch.Facts = in.checkFacts()
	batch.Retract = in.checkRetractions()
	return batch, nil
}

// report counts what was not refused.
func (in *intake) report() *Report {
	r := &Report{}
	for i := range in.records {
		if err := in.refused[i]; err != nil {
			r.Refused = append(r.Refused, Refusal{i, err})
			continue
		}
		switch rec := &in.records[i]; {
		case rec.Source != nil:
			r.Sources++
		case rec.Entity != nil:
			r.Entities++
		case rec.Fact != nil:
			r.Facts++
		case rec.Alias != nil:
			r.Aliases++
		case rec.Retract != nil:
			r.Retractions++
		}
	}
	return r
}
