package sqlitestore

import (
	"reflect"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// edit makes the next state of a graph, of one batch or of several that are committed together.
type edit struct {
	*graph
	w     *writer
	known uint32 // how many facts there were

	// What has been touched, as far as it stays on disk.
	histories map[uint32]*kg.History
	stories   map[uint32]*story
	bodies    map[uint32]string // texts of sources
	judged    map[uint32]bool   // sources of which facts have to be folded again
	moved     map[uint32]bool   // entities that may lie elsewhere now
	named     map[uint32]bool   // entities whose grams are not in their index yet
	unnamed   []uint64          // items of the index of grams that hold no more

	touched map[int64]bool // blocks that have to be written again, by blockID

	// What was found last, as what comes together often rests on one source and has been looked for before.
	lastSource   kg.ID
	lastSourceAt uint32
	ends         [][2]uint32 // of the batch's facts, as refuse found them: their numbers and one, 0 where they come with the batch

	// What finish found has to be written.
	blocks, pieces []row
	stale          []int64 // pieces that this state needs no more
}

func (w *writer) edit(of *graph) *edit {
	g := of.next()
	w.gen++
	g.gen = w.gen
	g.told = toldAfter(g.told, w.store.quotes.reached())
	return &edit{
		graph: g, w: w,
		histories: map[uint32]*kg.History{}, stories: map[uint32]*story{}, bodies: map[uint32]string{}, judged: map[uint32]bool{}, moved: map[uint32]bool{}, named: map[uint32]bool{},
		touched: map[int64]bool{}, known: of.facts.n,
	}
}

// next is the beginning of the state after this one.
func (g *graph) next() *graph {
	return &graph{
		seq: g.seq + 1, body: g.body, values: g.values, tuples: g.tuples, texts: g.texts,
		entities: g.entities, facts: g.facts, sources: g.sources, aliases: g.aliases,
		entityIDs: g.entityIDs, factIDs: g.factIDs, sourceIDs: g.sourceIDs, aliasIDs: g.aliasIDs,
		byID: g.byID, byName: g.byName, byDay: g.byDay, byLast: g.byLast, identifiers: g.identifiers, nearest: g.nearest, varying: g.varying, places: g.places, inside: g.inside,
		grams: g.grams, told: g.told,
		accepted: g.accepted, quoted: g.quoted, confirmed: g.confirmed, classes: g.classes, neighbourhoods: g.neighbourhoods, columns: g.columns,
	}
}

// refuse says why a batch can't be applied. What it finds right, apply adds without a fault but one of the disk.
func (e *edit) refuse(b *kg.Batch) error {
	sources, entities := map[kg.ID]bool{}, map[kg.ID]bool{}
	for _, s := range b.Sources {
		sources[s.ID] = true
	}
	for _, x := range b.Entities {
		entities[x.ID] = true
	}
	entityThere := func(id kg.ID) bool {
		if entities[id] {
			return true
		}
		_, ok := e.entity(id)
		return ok
	}
	for _, a := range b.Aliases {
		if !entityThere(a.Of) {
			return missing(a.Of)
		}
	}
	e.ends = make([][2]uint32, len(b.Facts))
	for i := range b.Facts {
		f := &b.Facts[i]
		for j, end := range [...]kg.ID{f.From, f.To} {
			if n, ok := e.entity(end); ok {
				e.ends[i][j] = n + 1
			} else if !entities[end] {
				return missing(end)
			}
		}
		for j := range f.Evidence {
			id := f.Evidence[j].Source
			if !sources[id] {
				if _, ok := e.source(id); !ok {
					return missing(id)
				}
			}
		}
		if len(f.ID) > maxShort || len(f.Key) > maxShort {
			return kg.Errorf(kg.TooLarge, "the id or the key of the fact %q has more than %d bytes", f.ID, maxShort)
		}
	}
	if len(b.Retract) == 0 {
		return nil // most batches take nothing back
	}
	facts := map[kg.ID]bool{}
	for i := range b.Facts {
		facts[b.Facts[i].ID] = true
	}
	for _, r := range b.Retract {
		if !facts[r.Fact] {
			if _, ok := e.fact(r.Fact); !ok {
				return missing(r.Fact)
			}
		}
	}
	return nil
}

// maxShort bounds the texts whose length is kept in a byte.
const maxShort = 255

func missing(id kg.ID) error { return kg.Errorf(kg.NotFound, "nothing has the id %q", id) }

// apply adds a batch that is not refused. After an error the edit is of no use.
func (e *edit) apply(b *kg.Batch) error {
	for _, s := range b.Sources {
		if err := e.putSource(s); err != nil {
			return err
		}
	}
	for _, x := range b.Entities {
		if err := e.putEntity(x, b); err != nil {
			return err
		}
	}
	for _, a := range b.Aliases {
		e.putAlias(a)
	}
	for i := range b.Facts {
		if err := e.assert(&b.Facts[i], e.ends[i]); err != nil {
			return err
		}
	}
	for _, r := range b.Retract {
		n, _ := e.fact(r.Fact)
		h, err := e.history(n)
		if err != nil {
			return err
		}
		if h.Retract(kg.Retraction{At: r.At, Reason: r.Reason, Dated: r.Dated}) {
			e.histories[n] = h
		}
	}
	return nil
}

// source finds a source as graph.source does.
func (e *edit) source(id kg.ID) (uint32, bool) {
	if id == e.lastSource && id != "" {
		return e.lastSourceAt, true
	}
	n, ok := e.graph.source(id)
	if ok {
		e.lastSource, e.lastSourceAt = id, n
	}
	return n, ok
}

func (e *edit) touch(c class, n uint32) { e.touched[blockID(c, n/blockItems)] = true }

// putSource adds a source, or replaces one that is not the same.
func (e *edit) putSource(s *kg.Source) error {
	c := s.Clone()
	c.Text = ""
	n, ok := e.source(s.ID)
	if !ok {
		var x *source
		n, x = e.sources.add(e.gen)
		x.Source = c
		e.sourceIDs.add(e.gen, s.ID, n, e.sourceID)
		e.byID[kg.SourceKind].insert(e.gen, e.idItem(s.ID, n), e.orderByID(kg.SourceKind))
		e.byDay[kg.SourceKind].insert(e.gen, dayItem(s.PublishedOn, n), e.orderByDay(kg.SourceKind))
	} else {
		old := e.sources.at(n)
		if reflect.DeepEqual(old.Source, c) {
			if text, err := e.text(n); err != nil || text == s.Text {
				return err
			}
		}
		if !sameWeight(old.Source, c) {
			e.judged[n] = true
		}
		e.byDay[kg.SourceKind].remove(e.gen, dayItem(old.PublishedOn, n), e.orderByDay(kg.SourceKind))
		e.countResting(n, old.Class != c.Class, -1)
		e.sources.edit(e.gen, n).Source = c
		e.countResting(n, old.Class != c.Class, 1)
		e.byDay[kg.SourceKind].insert(e.gen, dayItem(s.PublishedOn, n), e.orderByDay(kg.SourceKind))
	}
	e.bodies[n] = s.Text
	e.touch(classSources, n)
	return nil
}

// countResting counts what rests on a source of another class, or takes it away.
func (e *edit) countResting(n uint32, reclassed bool, by int) {
	if !reclassed {
		return
	}
	for it := range e.sources.at(n).facts.from(0) {
		e.countClasses(e.facts.at(uint32(it)), by)
	}
}

// text gives the text of a source.
func (e *edit) text(n uint32) (string, error) {
	if text, ok := e.bodies[n]; ok {
		return text, nil
	}
	body := e.sources.at(n).body
	if body == 0 {
		return "", nil
	}
	b, err := e.w.piece(body)
	if err != nil {
		return "", err
	}
	return decodeText(b)
}

// sameWeight says whether two records of a source make what rests on it equally sure.
func sameWeight(a, b *kg.Source) bool {
	x, y := *a, *b
	x.RecordedAt, y.RecordedAt = a.RecordedAt, a.RecordedAt
	x.Language, x.Licence, x.Key = y.Language, y.Licence, y.Key
	return reflect.DeepEqual(x, y)
}

// story gives what stays on disk of an entity.
func (e *edit) story(n uint32) (*story, error) {
	if s := e.stories[n]; s != nil {
		return s, nil
	}
	body := e.entities.at(n).body
	if body == 0 {
		return &story{}, nil
	}
	b, err := e.w.piece(body)
	if err != nil {
		return nil, err
	}
	return decodeStory(b)
}

// putEntity merges a record into an entity, or adds it.
func (e *edit) putEntity(r *kg.Entity, b *kg.Batch) error {
	record, told := r.Clone(), b.Changes[r.ID]
	n, ok := e.entity(r.ID)
	if !ok {
		s := &story{evidence: record.Evidence, changes: kg.EntityChanges(nil, record, record, told, b.At)}
		var x *entity
		n, x = e.entities.add(e.gen)
		x.Entity = e.resident(record)
		_, at := e.nearest.add(e.gen)
		if i, ok := slotOf(r.Kind); ok {
			at[i] = n + 1
		}
		e.entityIDs.add(e.gen, r.ID, n, e.entityID)
		e.list(n)
		e.stories[n] = s
		e.touch(classEntities, n)
		return nil
	}
	old, err := e.story(n)
	if err != nil {
		return err
	}
	known := *e.entities.at(n).Entity
	known.Evidence = old.evidence
	whole := known.Merge(record)
	same := reflect.DeepEqual(&known, whole)
	if same && told == nil {
		return nil // as where a file is imported again
	}
	s := &story{evidence: whole.Evidence, changes: kg.AddChanges(old.changes, kg.EntityChanges(&known, record, whole, told, b.At))}
	if same && slices.Equal(s.changes, old.changes) {
		return nil // as where an export is
	}
	renamed := known.Key != whole.Key
	e.unlist(n)
	if renamed {
		e.eachOtherEnd(n, func(x *entity, link uint64) { x.links.remove(e.gen, link, e.orderOfLinks) })
	}
	e.entities.edit(e.gen, n).Entity = e.resident(whole)
	if renamed {
		e.eachOtherEnd(n, func(x *entity, link uint64) { x.links.insert(e.gen, link, e.orderOfLinks) })
	}
	e.list(n)
	e.stories[n] = s
	e.touch(classEntities, n)
	return nil
}

// resident gives an entity without what stays on disk.
func (e *edit) resident(x *kg.Entity) *kg.Entity {
	x.Evidence = nil
	for i, f := range x.Kind.Decl().Fields {
		if comesAgain(f) {
			x.Values[i] = *e.values.at(e.w.interner.ref(&e.values, x.Values[i]))
		}
	}
	if x.Key == x.Names[0].Value {
		x.Key = x.Names[0].Value
	}
	return x
}

// list puts an entity into the trees, and unlist takes it out again; both while it is as it is there. Its grams, which are most of
// it, come into their index when the edit ends.
func (e *edit) list(n uint32) {
	e.eachItem(n, func(t *tree, it uint64, by order) { t.insert(e.gen, it, by) })
	e.named[n] = true
}

func (e *edit) unlist(n uint32) {
	e.eachItem(n, func(t *tree, it uint64, by order) { t.remove(e.gen, it, by) })
	if e.named[n] {
		delete(e.named, n)
		return
	}
	e.unnamed = e.gramItems(e.unnamed, n)
}

// listGrams brings the index of grams up to date, for all entities together: each has dozens. Where none has changed it does not
// wait for the index.
func (e *edit) listGrams() {
	if len(e.named)+len(e.unnamed) == 0 {
		return
	}
	type spelt struct {
		n     uint32
		items []uint64
	}
	list := make([]spelt, 0, len(e.named))
	for n := range e.named {
		list = append(list, spelt{n: n})
	}
	spread(list, func(s *spelt) { s.items = e.gramItems(nil, s.n) })
	var items []uint64
	for _, s := range list {
		items = append(items, s.items...)
	}
	slices.Sort(items)
	slices.Sort(e.unnamed)
	was, is := slices.Compact(e.unnamed), slices.Compact(items)
	e.grams = ready(e.grams.get().changed(minus(was, is), minus(is, was))) // most grams of what is renamed stay
}

// eachItem gives the items of an entity but for its grams, each with its tree.
func (e *edit) eachItem(n uint32, change func(t *tree, it uint64, by order)) {
	x := e.entities.at(n)
	change(&e.byID[x.Kind], e.idItem(x.ID, n), e.orderByID(x.Kind))
	change(&e.byName[x.Kind], item(firstOf(x.Key), n), e.orderByName())
	if x.Kind.Decl().Day != nil {
		change(&e.byDay[x.Kind], dayItem(e.day(x.Kind, n), n), e.orderByDay(x.Kind))
	}
	e.eachHolder(n, change)
	for _, id := range x.Identifiers() {
		change(&e.identifiers, e.identifierItem(id, n), nil)
	}
	if x.Location != nil {
		change(&e.places, placeItem(*x.Location, n), nil)
	}
}

// eachOtherEnd gives what the facts of an entity link it with, to be changed, and its link to that fact, by the name that the
// entity has just now.
func (e *edit) eachOtherEnd(n uint32, change func(x *entity, link uint64)) {
	for it := range e.entities.at(n).links.from(0) {
		f := e.facts.at(uint32(it))
		if leadsIn(it) {
			change(e.entities.edit(e.gen, f.from), e.linkTo(f, uint32(it), false))
		} else {
			change(e.entities.edit(e.gen, f.to), e.linkTo(f, uint32(it), true))
		}
	}
}

func (e *edit) putAlias(a kg.AliasRecord) {
	of, _ := e.entity(a.Of)
	n, ok := e.alias(a.Alias)
	if ok {
		e.aliases.edit(e.gen, n).of = of
	} else {
		var x *alias
		n, x = e.aliases.add(e.gen)
		*x = alias{a.Alias, of}
		e.aliasIDs.add(e.gen, a.Alias, n, e.aliasID)
	}
	e.touch(classAliases, n)
}
