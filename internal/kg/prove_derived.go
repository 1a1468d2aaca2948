package kg

import (
	"context"
	"time"
)

// An engine may keep what follows from facts, so as to find by it: the country and city of a thing, the status of an agreement.
// What it decides anew, whenever it is asked about what was known at some moment or for the reason of a status, must agree.

var (
	endOfKnowledge = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
	provenDay      = dayOf(2000, time.January, 1) // beside today
)

// derived compares what is kept of some entities with what is decided anew.
func (p *prover) derived(ctx context.Context, records []Record) error {
	var places, agreements []ID
	for i := range records {
		e := records[i].Entity
		switch {
		case e == nil:
		case e.Kind == Agreement:
			agreements = append(agreements, e.ID)
		case located().Has(e.Kind):
			places = append(places, e.ID)
		}
	}
	if err := p.places(ctx, places); err != nil {
		return err
	}
	for _, day := range []*Day{nil, &provenDay} {
		if err := p.status(ctx, agreements, day); err != nil {
			return err
		}
	}
	return nil
}

// located are the kinds of what may lie somewhere.
func located() KindSet {
	kinds, _ := LocatedIn.Decl().Ends()
	return kinds
}

// places asks where entities lie, as it is now and as it is known.
func (p *prover) places(ctx context.Context, ids []ID) error {
	if len(ids) == 0 {
		return nil
	}
	kinds := []Kind{Country, City}
	sel := Bare()
	for _, k := range kinds {
		sel.Follow = append(sel.Follow, Follow{Owners: Entities, Relation: Relation{Way: Up, Fact: LocatedIn}, Single: true,
			List: List{Kinds: SetOf(k), States: OnlyAccepted, First: 1, Select: Bare()}})
	}
	q := Query{IDs: ids, List: List{Kinds: Entities, First: -1, Select: sel}}
	kept, err := p.catalog.Read(ctx, &q)
	if err != nil {
		return err
	}
	q.KnownAt = endOfKnowledge
	known, err := p.catalog.Read(ctx, &q)
	if err != nil {
		return err
	}
	for i, id := range ids {
		for n, k := range kinds {
			if a, b := only(&kept.Rows[i], n), only(&known.Rows[i], n); a != b {
				if err := p.fault(id, Errorf(Internal, "it is found in the %s %q, and its places lead to %q: export the graph and import it into an empty store",
					k.Decl().Prefix, a, b)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// only gives the id of the one node that a row leads to, "" where there is none.
func only(r *Row, follow int) ID {
	if follow >= len(r.Pages) || len(r.Pages[follow].Rows) == 0 {
		return ""
	}
	return r.Pages[follow].Rows[0].Entity.ID
}

// status asks what agreements are, and whether they are found by it.
func (p *prover) status(ctx context.Context, ids []ID, on *Day) error {
	if len(ids) == 0 {
		return nil
	}
	sel := Bare(Follow{Owners: SetOf(Agreement), Relation: Relation{Way: StatusOf, On: on}, List: List{Kinds: SetOf(StatusKind), First: 1}})
	page, err := p.catalog.Read(ctx, &Query{IDs: ids, List: List{Kinds: Entities, First: -1, Select: sel}})
	if err != nil {
		return err
	}
	are := map[string][]ID{}
	for i := range page.Rows {
		if r := &page.Rows[i]; len(r.Pages) > 0 && len(r.Pages[0].Rows) > 0 {
			value := r.Pages[0].Rows[0].Status.Value
			are[value] = append(are[value], ids[i])
		}
	}
	for _, value := range StatusValues {
		some := are[value]
		if len(some) == 0 {
			continue
		}
		found, err := p.catalog.Read(ctx, &Query{IDs: some, List: List{Kinds: Entities, First: -1, Where: StatusIs{Values: []string{value}, On: on}, Select: Bare()}})
		if err != nil {
			return err
		}
		for i := range found.Rows {
			if found.Rows[i].Entity == nil {
				if err := p.fault(some[i], Errorf(Internal, "it is %s and not found as that: export the graph and import it into an empty store", value)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
