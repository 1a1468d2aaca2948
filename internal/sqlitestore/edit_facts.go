package sqlitestore

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// now is after everything that can have been recorded.
var now = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// assert adds one assertion to the history of its fact, whose ends are as in edit.ends. The fact is folded when the edit ends.
func (e *edit) assert(r *kg.FactRecord, ends [2]uint32) error {
	n, ok := e.fact(r.ID)
	var h *kg.History
	if ok {
		var err error
		if h, err = e.history(n); err != nil {
			return err
		}
	} else {
		n = e.newFact(r, ends)
		h = r.NewHistory()
	}
	if !h.Assert(r.Assertion) {
		return nil // it was told before, and so rests on these sources already
	}
	e.histories[n] = h
	for i := range r.Evidence {
		s, _ := e.source(r.Evidence[i].Source)
		e.sources.edit(e.gen, s).facts.insert(e.gen, uint64(n), nil)
	}
	return nil
}

// newFact gives a number to a fact of which nothing has been told yet.
func (e *edit) newFact(r *kg.FactRecord, ends [2]uint32) uint32 {
	n, f := e.facts.add(e.gen)
	for i, end := range [...]kg.ID{r.From, r.To} {
		if ends[i] == 0 {
			of, _ := e.entity(end)
			ends[i] = of + 1
		}
	}
	from, to := ends[0]-1, ends[1]-1
	*f = fact{
		id: e.texts.add(string(r.ID)), idLen: uint8(len(r.ID)), kind: r.Kind, from: from, to: to, state: unfolded,
		recorded: never, accepted: never, retracted: never, last: never,
	}
	if r.Key != "" {
		f.key, f.keyLen = e.texts.add(r.Key), uint8(len(r.Key))
	}
	e.factIDs.add(e.gen, r.ID, n, e.factID)
	e.entities.edit(e.gen, from).links.insert(e.gen, e.linkTo(f, n, false), e.orderOfLinks)
	e.entities.edit(e.gen, to).links.insert(e.gen, e.linkTo(f, n, true), e.orderOfLinks)
	if it, ok := e.insideItem(f); ok {
		e.inside.insert(e.gen, it, nil)
	}
	return n
}

// listNew puts the facts that the edit has added into the trees of all facts, when they are folded.
func (e *edit) listNew() {
	var ids [maxKinds][]uint64
	lasts := make([]uint64, 0, e.facts.n-e.known)
	for n := e.known; n < e.facts.n; n++ {
		f := e.facts.at(n)
		ids[f.kind] = append(ids[f.kind], e.idItem(e.idOf(f), n))
		lasts = append(lasts, lastItem(f, n))
	}
	for i := range ids {
		if k := kg.Kind(i); len(ids[i]) > 0 {
			sorted(ids[i], e.orderByID(k))
			e.byID[k].insertAll(e.gen, ids[i], e.orderByID(k))
			e.byDay[k].insertAll(e.gen, e.sortedByDay(k, ids[i]), e.orderByDay(k))
		}
	}
	slices.Sort(lasts)
	e.byLast.insertAll(e.gen, lasts, nil)
}

// unfolded is the state of a fact that has been added, and is in none of the trees of all facts yet.
const unfolded = kg.Retracted + 1

// history gives what was told of a fact so far. It may be changed.
func (e *edit) history(n uint32) (*kg.History, error) {
	if h := e.histories[n]; h != nil {
		return h, nil
	}
	f := e.facts.at(n)
	h := e.historyOf(f)
	b, err := e.w.piece(f.body)
	if err != nil {
		return nil, err
	}
	return h, decodeHistory(b, h)
}

// historyOf begins the history of a fact.
func (g *graph) historyOf(f *fact) *kg.History {
	h := &kg.History{
		ID: g.idOf(f), Kind: f.kind, From: g.entityID(f.from), To: g.entityID(f.to), Key: g.texts.at(f.key, int(f.keyLen)),
	}
	if i := f.kind.Decl().Identity; i != nil && f.values != 0 {
		h.Identity, _ = (*g.values.at(*g.tuples.at(f.values + uint32(slices.Index(f.kind.Decl().Fields, i))))).(string)
	}
	return h
}

// finish folds what has been told, and makes the pieces and blocks that have to be written.
func (e *edit) finish() error {
	for s := range e.judged {
		for it := range e.sources.at(s).facts.from(0) {
			n := uint32(it)
			if e.histories[n] != nil {
				continue
			}
			h, err := e.history(n)
			if err != nil {
				return err
			}
			e.fold(e.toldOf(n, h))
		}
	}
	for _, t := range e.tales() {
		e.replace(&e.facts.edit(e.gen, t.n).body, t.data)
		e.told = append(e.told, toldFact{e.body, t.n})
		e.fold(t)
	}
	e.listNew()
	e.placeAgain()
	e.listGrams()
	for n, s := range e.stories {
		e.replace(&e.entities.edit(e.gen, n).body, encodeStory(s))
	}
	for n, text := range e.bodies {
		var data []byte
		if text != "" {
			data = encodeText(text)
		}
		e.replace(&e.sources.edit(e.gen, n).body, data)
	}
	for id := range e.touched {
		e.blocks = append(e.blocks, row{id, e.encodeBlock(class(id>>40), uint32(id))})
	}
	return nil
}

// tale is the history of a fact that has been told more of, and what follows from it.
type tale struct {
	n            uint32
	history      *kg.History
	data         []byte // as it is kept
	whole        *kg.Fact
	corroborated bool
}

// toldOf makes a tale of what was told of a fact, but for what is kept of it.
func (e *edit) toldOf(n uint32, h *kg.History) tale {
	whole := h.At(now, e.graph.sourceNamed)
	return tale{n: n, history: h, whole: whole, corroborated: kg.Corroborated(whole.Evidence, e.graph.sourceNamed)}
}

// tales gives the facts that have been told more of, by number. What follows from a history takes as long as all else that is
// done for a fact and needs nothing but the sources, so that it is done on all cores.
func (e *edit) tales() []tale {
	tales := make([]tale, 0, len(e.histories))
	for n, h := range e.histories {
		tales = append(tales, tale{n: n, history: h})
	}
	slices.SortFunc(tales, func(a, b tale) int { return cmp.Compare(a.n, b.n) })
	spread(tales, func(t *tale) {
		*t = e.toldOf(t.n, t.history)
		t.data = encodeHistory(t.history)
	})
	return tales
}

// spread does something for each of a list, on all cores.
func spread[T any](list []T, do func(*T)) {
	var workers sync.WaitGroup
	for part := range slices.Chunk(list, max(minSpread, (len(list)-1)/runtime.GOMAXPROCS(0)+1)) {
		workers.Go(func() {
			for i := range part {
				do(&part[i])
			}
		})
	}
	workers.Wait()
}

// minSpread is how many are worth a goroutine.
const minSpread = 64

// replace writes a piece elsewhere than the one before; no data leaves none.
func (e *edit) replace(body *int64, data []byte) {
	if *body != 0 {
		e.stale = append(e.stale, *body)
		*body = 0
	}
	if data != nil {
		e.body++
		*body = e.body
		e.pieces = append(e.pieces, row{e.body, data})
	}
}

// fold puts a fact as its history shows it now in the place of what it was.
func (e *edit) fold(t tale) {
	n := t.n
	f := e.facts.edit(e.gen, n)
	e.count(f, -1)
	known := f.state != unfolded
	if known {
		e.byDay[f.kind].remove(e.gen, dayItem(e.day(f.kind, n), n), e.orderByDay(f.kind))
		e.byLast.remove(e.gen, lastItem(f, n), nil)
	}
	e.set(f, t.whole, t.history, &e.w.interner, &e.w.tupler, e.source)
	if t.corroborated {
		f.flags |= confirmed
	}
	if known {
		e.byDay[f.kind].insert(e.gen, dayItem(e.day(f.kind, n), n), e.orderByDay(f.kind))
		e.byLast.insert(e.gen, lastItem(f, n), nil)
	}
	e.count(f, 1)
	e.entities.edit(e.gen, f.from).changed = e.gen
	e.entities.edit(e.gen, f.to).changed = e.gen
	if f.kind == kg.LocatedIn {
		e.moved[f.from] = true
	}
	e.touch(classFacts, n)
}

// count adds a fact to what is counted, or takes it away.
func (g *graph) count(f *fact, by int) {
	if f.state != kg.Accepted {
		return
	}
	g.accepted[f.kind] += uint32(by)
	if f.flags&quoted != 0 {
		g.quoted += uint32(by)
	}
	if f.flags&confirmed != 0 {
		g.confirmed += uint32(by)
	}
	g.countClasses(f, by)
}

// countClasses counts a fact once under each class that it has a source of.
func (g *graph) countClasses(f *fact, by int) {
	if f.state != kg.Accepted {
		return
	}
	var met [maxClasses]bool
	for s := range g.list(f.sources) {
		if class := slices.Index(sourceClasses, g.sources.at(s).Class); class >= 0 && !met[class] {
			met[class] = true
			g.classes[class] += uint32(by)
		}
	}
}

// set makes a fact what a history shows of it. source finds the number of a source.
func (g *graph) set(f *fact, whole *kg.Fact, h *kg.History, in *interner, tuples *tupler, source func(kg.ID) (uint32, bool)) {
	f.since, f.until = in.date(&g.values, whole.Since), in.date(&g.values, whole.Until)
	var refs [maxFields]uint32
	for i, v := range whole.Values {
		refs[i] = in.ref(&g.values, v)
	}
	f.values = tuples.values(&g.tuples, refs[:len(whole.Values)])
	f.state = whole.State
	f.confidence = uint16(whole.Confidence*1e4 + 0.5)
	f.recorded, f.accepted, f.retracted = moment(whole.RecordedAt), moment(whole.AcceptedAt), moment(whole.RetractedAt)
	f.flags = 0
	if len(h.Assertions) == 1 && len(h.Retractions) == 0 {
		f.flags |= toldOnce
	}
	if len(h.Retractions) == 0 && !slices.ContainsFunc(h.Assertions, func(a kg.Assertion) bool { return a.State != kg.Accepted }) {
		f.flags |= allCounts
	}
	f.last = moment(h.Assertions[len(h.Assertions)-1].RecordedAt)
	for _, r := range h.Retractions {
		f.last = max(f.last, moment(r.At))
	}
	var sources []uint32
	for i := range whole.Evidence {
		ev := &whole.Evidence[i]
		s, _ := source(ev.Source)
		if !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
	}
	if kg.Quoted(whole.Evidence) {
		f.flags |= quoted
	}
	f.sources = tuples.sources(&g.tuples, sources)
	if f.flags&toldOnce != 0 {
		f.ever = f.sources
		return
	}
	for i := range h.Assertions {
		for j := range h.Assertions[i].Evidence {
			if s, _ := source(h.Assertions[i].Evidence[j].Source); !slices.Contains(sources, s) {
				sources = append(sources, s)
			}
		}
	}
	f.ever = tuples.sources(&g.tuples, sources)
}
