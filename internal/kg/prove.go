package kg

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"
)

// Proof says what a graph that was proven holds: records by their sort, and the evidence of its entities and facts.
type Proof struct {
	Sources, Entities, Aliases, Facts, Retractions int
	Quotes, Locators                               int // quotes of records that are right, and locators
	Faults                                         int
}

// Prove goes through all that the graph holds and checks it anew: every record as [Catalog.Apply] checks it, each quote against
// its source's text among that; every fact as it is shown against what its history makes of it; what an engine may keep because
// it follows from others; and the counts. fault is told of everything that is not right, with the id of what it is about, "" for all. Nothing is changed, and no more is kept in
// memory than the sources without their texts, and the facts that are no longer asserted.
//
// What is written meanwhile may look like a fault.
func (c *Catalog) Prove(ctx context.Context, fault func(id ID, err *Error) error) (*Proof, error) {
	p := &prover{catalog: c, told: fault, sources: map[ID]*Source{}, unsettled: map[ID]*History{}, byClass: map[string]int{}}
	err := c.store.Records(ctx, func(r Record) error {
		p.records = append(p.records, r)
		if len(p.records) < proveAtOnce {
			return nil
		}
		return p.check(ctx)
	})
	for _, step := range []func(context.Context) error{p.check, p.compare, p.settle, p.count} {
		if err == nil {
			err = step(ctx)
		}
	}
	return &p.proof, err
}

// proveAtOnce bounds the records that are checked together.
const proveAtOnce = 5_000

// prover is one Prove on its way.
type prover struct {
	catalog *Catalog
	told    func(ID, *Error) error
	proof   Proof

	records   []Record
	sources   map[ID]*Source // without their texts
	histories []*History     // not compared yet; of the last one more may come
	unsettled map[ID]*History
	counts    Statistics // of the facts that they make up
	byClass   map[string]int
}

func (p *prover) fault(id ID, err *Error) error {
	p.proof.Faults++
	return p.told(id, err)
}

// check checks the records at hand.
func (p *prover) check(ctx context.Context) error {
	in := newIntake(p.records, p.catalog.now().UTC())
	if _, err := in.check(ctx, p.catalog.Read); err != nil {
		return err
	}
	for i := range p.records {
		r := &p.records[i]
		if err := in.refused[i]; err != nil {
			if err := p.fault(r.id(), err); err != nil {
				return err
			}
		}
		if err := p.take(ctx, r, in.refused[i] == nil); err != nil {
			return err
		}
	}
	err := p.derived(ctx, p.records)
	p.records = p.records[:0]
	return err
}

// id is what a record is about.
func (r *Record) id() ID {
	switch {
	case r.Source != nil:
		return r.Source.ID
	case r.Entity != nil:
		return r.Entity.ID
	case r.Alias != nil:
		return r.Alias.Alias
	case r.Fact != nil:
		return r.Fact.ID
	}
	return r.Retract.Fact
}

// take adds a record to what is compared later.
func (p *prover) take(ctx context.Context, r *Record, right bool) error {
	evidence := []Evidence(nil)
	switch {
	case r.Source != nil:
		s := *r.Source
		s.Text = ""
		p.sources[s.ID] = &s
		p.proof.Sources++
	case r.Entity != nil:
		evidence = r.Entity.Evidence
		p.proof.Entities++
	case r.Alias != nil:
		p.proof.Aliases++
	case r.Fact != nil:
		evidence = r.Fact.Evidence
		p.proof.Facts++
		if n := len(p.histories); n == 0 || p.histories[n-1].ID != r.Fact.ID {
			if n >= proveAtOnce {
				if err := p.compare(ctx); err != nil {
					return err
				}
			}
			p.histories = append(p.histories, r.Fact.NewHistory())
		}
		p.histories[len(p.histories)-1].Assert(r.Fact.Assertion)
	case r.Retract != nil:
		p.proof.Retractions++
		if err := p.compare(ctx); err != nil {
			return err
		}
		if h := p.unsettled[r.Retract.Fact]; h != nil {
			h.Retract(Retraction{At: r.Retract.At, Reason: r.Retract.Reason, Dated: true})
		}
	}
	for i := range evidence {
		switch {
		case evidence[i].Quote == "":
			p.proof.Locators++
		case right:
			p.proof.Quotes++
		}
	}
	return nil
}

// compare compares the facts at hand with what the graph shows. Those that differ wait for their retractions.
func (p *prover) compare(ctx context.Context) error {
	differ, err := p.differing(ctx, p.histories)
	for _, h := range differ {
		p.unsettled[h.ID] = h
	}
	p.histories = nil
	return err
}

// settle reports the facts that differ when all is known.
func (p *prover) settle(ctx context.Context) error {
	ids := make([]ID, 0, len(p.unsettled))
	for id := range p.unsettled {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for some := range slices.Chunk(ids, proveAtOnce) {
		histories := make([]*History, len(some))
		for i, id := range some {
			histories[i] = p.unsettled[id]
		}
		differ, err := p.differing(ctx, histories)
		if err != nil {
			return err
		}
		for _, h := range differ {
			if err := p.fault(h.ID, Errorf(Internal, "the fact is not shown as its history makes it: export the graph and import it into an empty store")); err != nil {
				return err
			}
			p.tally(h)
		}
	}
	return nil
}

// differing gives those of some facts that the graph does not show as their histories make them now. The others are counted.
func (p *prover) differing(ctx context.Context, histories []*History) ([]*History, error) {
	if len(histories) == 0 {
		return nil, nil
	}
	ids := make([]ID, len(histories))
	for i, h := range histories {
		ids[i] = h.ID
	}
	page, err := p.catalog.Read(ctx, &Query{IDs: ids, List: List{Kinds: Facts, States: AnyState, First: -1}})
	if err != nil {
		return nil, err
	}
	var differ []*History
	for i, h := range histories {
		if shown := page.Rows[i].Fact; shown == nil || !bytes.Equal(factText(shown), factText(p.now(h))) {
			differ = append(differ, h)
		} else {
			p.tally(h)
		}
	}
	return differ, nil
}

func (p *prover) now(h *History) *Fact {
	return h.At(endOfKnowledge, p.source)
}

func (p *prover) source(id ID) *Source { return p.sources[id] }

// factText is equal for equal facts.
func factText(f *Fact) []byte {
	same := *f
	for _, at := range []*time.Time{&same.RecordedAt, &same.AcceptedAt, &same.RetractedAt} {
		*at = at.UTC()
	}
	same.Evidence = slices.Clone(f.Evidence)
	for i := range same.Evidence {
		same.Evidence[i].RecordedAt = same.Evidence[i].RecordedAt.UTC()
	}
	b, err := json.Marshal(same)
	if err != nil {
		panic(err) // all of its fields can be written
	}
	return b
}

// tally counts a fact as the statistics do.
func (p *prover) tally(h *History) {
	f := p.now(h)
	if f.State != Accepted {
		return
	}
	p.counts.Facts++
	classes := map[string]bool{}
	for i := range f.Evidence {
		if s := p.sources[f.Evidence[i].Source]; s != nil && !classes[s.Class] {
			classes[s.Class] = true
			p.byClass[s.Class]++
		}
	}
	if Quoted(f.Evidence) {
		p.counts.Quoted++
	}
	if Corroborated(f.Evidence, p.source) {
		p.counts.Corroborated++
	}
}

// count compares what was counted with what the graph says of itself.
func (p *prover) count(ctx context.Context) error {
	page, err := p.catalog.Read(ctx, &Query{Walk: Counts{Coverage: true}})
	if err != nil {
		return err
	}
	s := page.Statistics
	type count struct {
		what       string
		says, have int
	}
	counts := []count{
		{"sources", s.Sources, p.proof.Sources}, {"entities", s.Entities, p.proof.Entities}, {"accepted facts", s.Facts, p.counts.Facts},
		{"facts with a quote", s.Quoted, p.counts.Quoted}, {"facts with several independent sources", s.Corroborated, p.counts.Corroborated},
	}
	says := map[string]int{}
	for _, b := range s.BySourceClass {
		says[b.Key] = b.Count
	}
	for _, class := range SourceKind.Decl().Field("class").Enum {
		counts = append(counts, count{"facts on " + class, says[class], p.byClass[class]})
	}
	for _, n := range counts {
		if n.says != n.have {
			if err := p.fault("", Errorf(Internal, "the statistics count %d %s, there are %d", n.says, n.what, n.have)); err != nil {
				return err
			}
		}
	}
	return nil
}
