package kg

import "context"

// maxPathFacts is how many facts the entities may have, in all, around which one search for paths looks. It is what a search
// may cost, whatever is filtered: some tenths of a second in memory, some seconds over a network.
const maxPathFacts = 200_000

// connect answers [Connecting], with at most MaxHops+2 calls of the store: one for what the ids stand for, at most MaxHops
// for what lies between, and one for the rows of what was found.
func (c *Catalog) connect(ctx context.Context, q *Query, asked Connecting) (*Page, error) {
	avoid, degrees, err := c.resolveEnds(ctx, q, &asked)
	if err != nil || degrees == nil {
		return &Page{}, err
	}
	day := q.Today
	if q.AsOf != nil {
		day = *q.AsOf
	}
	w := newWeb(&asked, avoid, day)
	w.from.degree, w.to.degree = degrees[0], degrees[1]
	search := pathSearch{
		asked:  &asked,
		expand: c.store.Expand,
		step:   Expansion{Fact: asked.Fact, States: asked.States, AsOf: q.AsOf, KnownAt: q.KnownAt, Budget: c.pathFacts, Without: AllParts &^ PartEnds, Steps: true},
		own:    ownNumbers{numbers: map[ID]uint32{}},
		web:    w,
		sides:  [2]*side{newSide(0, w.from), newSide(1, w.to)},
	}
	best, exhausted, err := search.run(ctx)
	if err != nil {
		return nil, err
	}
	return c.readRoutes(ctx, q, asked.States, best, exhausted)
}

// resolveEnds puts entities for aliases, as Expand knows none, and gives those to avoid and how many facts the ends have.
// There are no degrees if an end names nothing.
func (c *Catalog) resolveEnds(ctx context.Context, q *Query, asked *Connecting) (avoid []ID, degrees []int, err error) {
	degree := Follow{Owners: Entities, Relation: Relation{Way: FactsOf}, List: List{Kinds: Facts, States: AnyState, Total: true}}
	page, err := c.store.Read(ctx, &Query{
		IDs:   append([]ID{asked.From, asked.To}, asked.Avoid...),
		List:  List{Kinds: Entities, First: -1, Select: Bare(degree)},
		Today: q.Today,
	})
	if err != nil {
		return nil, nil, err
	}
	from, to := &page.Rows[0], &page.Rows[1]
	if from.Entity == nil || to.Entity == nil {
		return nil, nil, nil
	}
	asked.From, asked.To = from.ID(), to.ID()
	if err := checkDiffer(asked.From, asked.To); err != nil {
		return nil, nil, err
	}
	for i := range page.Rows[2:] {
		avoid = append(avoid, page.Rows[2+i].ID())
	}
	return avoid, []int{from.Pages[0].Total, to.Pages[0].Total}, nil
}

// readRoutes brings the rows of routes, a group for each.
func (c *Catalog) readRoutes(ctx context.Context, q *Query, states StateSet, routes []*route, exhausted bool) (*Page, error) {
	page := &Page{More: !exhausted}
	if len(routes) == 0 {
		return page, nil
	}
	var ids []ID
	rows := map[ID]*Row{}
	name := func(id ID) {
		if _, ok := rows[id]; !ok {
			rows[id] = nil
			ids = append(ids, id)
		}
	}
	for _, r := range routes {
		for _, s := range r.stops {
			name(s.id)
		}
		for _, h := range r.hops {
			name(h.fact().ID)
		}
	}
	got, err := c.store.Read(ctx, &Query{
		IDs:     ids,
		List:    List{Kinds: Entities | Facts, States: states, First: -1, Select: q.Select.With(0, FieldConfidence)},
		AsOf:    q.AsOf,
		KnownAt: q.KnownAt,
		Today:   q.Today,
	})
	if err != nil {
		return nil, err
	}
	for i := range got.Rows {
		rows[ids[i]] = &got.Rows[i]
	}
	for _, r := range routes {
		if group, ok := r.group(rows); ok {
			page.Groups = append(page.Groups, group)
		} else {
			page.More = true // a fact was retracted meanwhile, and what would have come in its place was not looked for
		}
	}
	return page, nil
}

// group gives a route's rows, and whether all of them are there.
func (r *route) group(rows map[ID]*Row) (Page, bool) {
	var p Page
	for _, s := range r.stops {
		p.Rows = append(p.Rows, *rows[s.id])
	}
	for _, h := range r.hops {
		row := rows[h.fact().ID]
		if row.Fact == nil {
			return Page{}, false
		}
		p.Facts = append(p.Facts, *row)
	}
	return p, true
}
