package sqlitestore

import (
	"cmp"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// candidateFacts gives the surest of those facts whose quotes hold what is sought and that have an end which fits.
func (r *reading) candidateFacts(s *kg.Search, fits func(n uint32) bool) []kg.CandidateFact {
	if len(s.Quoted) == 0 || s.Quotes <= 0 || r.facts.n == 0 {
		return nil
	}
	if r.err = r.store.quotes.await(r.ctx, r.graph); r.err != nil {
		return nil
	}
	matched := r.quoting(s.Quoted)
	newest := r.store.graph.Load() // now that the index has been read
	// The index also has what was told of a fact once, or after this state of the graph. There is little of that, and so it is
	// proven of those alone that would be proposed.
	refuted := map[uint32]bool{}
	for most := s.Quotes; ; most *= 4 {
		best := r.surest(matched, most, func(n uint32) bool {
			f := r.facts.at(n)
			return !refuted[n] && (fits(f.from) || fits(f.to))
		})
		var out []kg.CandidateFact
		for _, n := range best {
			if !r.holdsNow(n, newest, s.Sought) {
				refuted[n] = true
				continue
			}
			if r.err != nil {
				return nil
			}
			f := r.facts.at(n)
			found := kg.CandidateFact{ID: r.idOf(f)}
			for _, end := range [...]uint32{f.from, f.to} {
				if fits(end) {
					e := r.entities.at(end)
					found.Ends = append(found.Ends, kg.Candidate{ID: e.ID, Degree: e.links.len()})
				}
			}
			if out = append(out, found); len(out) == s.Quotes {
				return out
			}
		}
		if len(best) < most || r.stopped() {
			return out
		}
	}
}

// fitting says of entities, by their numbers, whether they are of those among which a text is searched for. It asks once of each.
func (r *reading) fitting(s *kg.Search) func(n uint32) bool {
	of := func(n uint32) bool { return s.Kinds == 0 || s.Kinds.Has(r.entities.at(n).Kind) }
	if s.Where == nil {
		return of
	}
	const unknown, yes, no = 0, 1, 2
	known := make([]uint8, r.entities.n)
	// Where few lie below what is asked for, all others need not be asked.
	if some, _, ok := r.narrow(s.Where, s.Kinds, len(known)/4); ok {
		for n := range known {
			known[n] = no
		}
		for _, h := range some {
			known[h.n] = unknown
		}
	}
	fits := r.compile(s.Where)
	return func(n uint32) bool {
		if known[n] == unknown {
			known[n] = no
			if of(n) && fits(hit{class: entityHit, n: n}) {
				known[n] = yes
			}
		}
		return known[n] == yes
	}
}

// quoting gives the facts that the index has for all of some grams, by segment.
func (r *reading) quoting(grams []kg.QuoteGram) []*factBits {
	matched := make([]*factBits, (r.facts.n-1)>>segmentBits+1)
	for number := range matched {
		var all *factBits
		for _, gram := range grams {
			var has factBits
			if !r.indexed(int64(number), gram, &has) {
				all = nil
				break
			}
			if all == nil {
				all = &has
				continue
			}
			for i := range all {
				all[i] &= has[i]
			}
		}
		if r.stopped() {
			return nil
		}
		matched[number] = all
	}
	return matched
}

// indexed reads the facts of a segment that have a gram, or one that begins so; it is false where there are none.
func (r *reading) indexed(number int64, gram kg.QuoteGram, has *factBits) bool {
	if !r.connect() {
		return false
	}
	from, to := gram.Text, ""
	if begin, ok := beginningOf(gram.Text); gram.Begins && ok {
		if begin == gram.Text+"*" {
			from = begin
		} else if to = kg.PrefixEnd(gram.Text); to == "" {
			to = "\U0010ffff"
		}
	}
	any := false
	each := func(b []byte) error {
		any = true
		return addFacts(b, has)
	}
	if to == "" {
		r.err = r.file.eachKeyed(sqlQuotedGet, number, []string{from}, each)
	} else {
		r.err = r.file.eachKeyed(sqlQuotedBetween, number, []string{from, to}, each)
	}
	return any && r.err == nil
}

// surest gives those of the accepted facts among some, and that are wanted, which are the surest, then the first by id.
func (r *reading) surest(of []*factBits, most int, wanted func(n uint32) bool) []uint32 {
	order := func(a, b uint32) int {
		x, y := r.facts.at(a), r.facts.at(b)
		return cmp.Or(cmp.Compare(y.confidence, x.confidence), compareText(r.idOf(x), r.idOf(y)))
	}
	var best []uint32
	cut, least := false, uint16(0) // whether best[most-1] is the worst that is kept, and how sure that is
	for number, facts := range of {
		if facts == nil {
			continue
		}
		for low := range facts.each {
			n := uint32(number)<<segmentBits | uint32(low)
			if n >= r.facts.n || r.stopped() {
				break
			}
			f := r.facts.at(n)
			if f.confidence < least || f.state != kg.Accepted || cut && order(n, best[most-1]) > 0 || !wanted(n) {
				continue
			}
			if best = append(best, n); len(best) == 2*most {
				slices.SortFunc(best, order)
				best, cut, least = best[:most], true, r.facts.at(best[most-1]).confidence
			}
		}
	}
	slices.SortFunc(best, order)
	return best[:min(most, len(best))]
}

// holdsNow says whether the quotes of a fact as it is in this state of the graph have what is sought.
func (r *reading) holdsNow(n uint32, newest *graph, s *kg.Sought) bool {
	f := r.facts.at(n)
	if f.flags&allCounts != 0 && newest.facts.at(n).body == f.body {
		return true // all that the index knows of it is what it says
	}
	whole := r.wholeFact(n, 0)
	return whole != nil && s.Hold(kg.QuoteGrams(whole.Evidence))
}
