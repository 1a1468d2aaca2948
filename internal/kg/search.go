package kg

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// maxSearched is how much of a folded text is searched, in code points: more than anybody types, and as much of a name as
	// tells it from others. maxFolded is how much of a text is folded for it: folding may make one character eighteen, and
	// leave nothing of thousands.
	maxSearched = 200
	maxFolded   = 2_000
	// maxCandidates is how many entities are weighed in one search, and so how many it can find: enough that the best are
	// among them, see [Store.Candidates], and few enough to be read and weighed within a few milliseconds.
	maxCandidates = 300
	// maxQuoting is the same of facts for their quotes, which are read from the disk.
	maxQuoting = 100
)

// ScoreOrder is the order of what [Finding] finds, which its cursors rest on.
var ScoreOrder = []Order{{Field: FieldScore, Desc: true}, {Field: FieldName}}

// find answers [Finding]: the store proposes, and what fits best is decided here. A row's score rests on the text, the row, its
// number of facts and, where a quote led to it, on that fact, never on what else was found, so that a cursor stays where it is
// when entities come and go.
//
// It takes two calls of the store, candidates and their rows, and one more for the quotes of facts. Where there are more candidates
// than the page shows and much is to be followed from each, the rows of the page are read once more; so are facts from which
// something is to be followed.
func (c *Catalog) find(ctx context.Context, q *Query, asked Finding) (*Page, error) {
	sought := Seek(asked.Text, asked.In)
	if len(sought.words) == 0 {
		return &Page{}, nil
	}
	candidates, err := c.store.Candidates(ctx, &Search{Sought: sought, Kinds: asked.Kinds, Where: asked.Where, Today: q.Today, Limit: maxCandidates, Quotes: maxQuoting})
	if err != nil {
		return nil, err
	}
	found := candidates.all()
	if len(found) == 0 {
		return &Page{}, nil
	}
	sel := q.Select
	follows := false // the page alone, afterwards
	if sel != nil && q.First >= 0 && len(found) > q.First {
		follows = len(sel.Follow) > 0
		sel = &Select{Without: sel.Without, Degrees: sel.Degrees} // most of what else it would bring would not be shown
	}
	ids := make([]ID, len(found))
	for i, one := range found {
		ids[i] = one.ID
	}
	rows, err := c.readFound(ctx, q, ids, sel)
	if err != nil {
		return nil, err
	}
	scorer := newScorer(sought)
	for i := range rows { // in the order of their ids
		rows[i].Score, rows[i].Matched = scorer.score(rows[i].Entity, found[i].Degree)
	}
	if len(candidates.Facts) > 0 {
		if err := c.findQuoted(ctx, q, &asked, scorer, candidates.Facts, rows); err != nil {
			return nil, err
		}
	}
	page := ranked(rows, &q.List)
	if follows {
		if err := c.follow(ctx, q, page.Rows); err != nil {
			return nil, err
		}
	}
	if asked.Lead != nil && len(asked.Lead.Follow) > 0 {
		if err := c.followFacts(ctx, q, asked.Lead, page.Rows); err != nil {
			return nil, err
		}
	}
	if asked.Places {
		for i := range page.Rows {
			r := &page.Rows[i]
			r.Places = scorer.places(r.Matched, matchOf(r.Score))
		}
	}
	return page, nil
}

// all lists the entities among candidates, each once.
func (c *Candidates) all() []Candidate {
	all, met := slices.Clone(c.Entities), map[ID]bool{}
	if len(c.Facts) == 0 {
		return all
	}
	for _, e := range all {
		met[e.ID] = true
	}
	for _, f := range c.Facts {
		for _, end := range f.Ends {
			if !met[end.ID] {
				met[end.ID] = true
				all = append(all, end)
			}
		}
	}
	return all
}

// findQuoted scores those of the rows that nothing of their own was found by, but a quote of a fact at an end of which they stand.
func (c *Catalog) findQuoted(ctx context.Context, q *Query, asked *Finding, sc *scorer, facts []CandidateFact, rows []Row) error {
	without := AllParts
	if asked.Lead != nil {
		without = asked.Lead.Without
	}
	sel := &Select{Without: without &^ PartEvidence}
	at := map[ID]*Row{}
	for i := range rows {
		if rows[i].Score == 0 && rows[i].Entity != nil {
			at[rows[i].ID()] = &rows[i]
		}
	}
	ids := make([]ID, len(facts))
	for i := range facts {
		ids[i] = facts[i].ID
	}
	read, err := c.readFacts(ctx, q, ids, sel)
	if err != nil {
		return err
	}
	for i := range read {
		f := read[i].Fact
		if f == nil {
			continue // it is no longer asserted
		}
		quote := sc.quote(f)
		if quote == "" {
			continue
		}
		for _, end := range facts[i].Ends {
			if r := at[end.ID]; r != nil {
				if score := scoreQuote(f, end.Degree, quote); score > r.Score {
					r.Score, r.Matched, r.Lead = score, quote, []Row{{Fact: f}}
				}
			}
		}
	}
	return nil
}

func (c *Catalog) readFacts(ctx context.Context, q *Query, ids []ID, sel *Select) ([]Row, error) {
	return c.readRows(ctx, q, ids, List{Kinds: Facts, States: OnlyAccepted, First: -1, Select: sel})
}

// readRows reads nodes by their ids, as of the times of a question.
func (c *Catalog) readRows(ctx context.Context, q *Query, ids []ID, l List) ([]Row, error) {
	page, err := c.store.Read(ctx, &Query{IDs: ids, List: l, AsOf: q.AsOf, KnownAt: q.KnownAt, Today: q.Today})
	if err != nil {
		return nil, err
	}
	return page.Rows, nil
}

// searched gives the form in which a text is searched for.
func searched(text string) string {
	text = Fold(cutTo(text, maxFolded))
	return strings.TrimSuffix(cutTo(text, maxSearched), " ")
}

// cutTo gives the first code points of a text.
func cutTo(text string, most int) string {
	n := 0
	for i := range text {
		if n == most {
			return text[:i]
		}
		n++
	}
	return text
}

func (c *Catalog) readFound(ctx context.Context, q *Query, ids []ID, sel *Select) ([]Row, error) {
	if sel != nil { // what is searched is read here, whoever else reads it: names, what describes, any field that identifies
		weighed := *sel.With(PartName | PartNames | PartDescription | PartIdentifiers)
		weighed.Fields = nil
		sel = &weighed
	}
	return c.readRows(ctx, q, ids, List{Kinds: Entities, First: -1, Select: sel})
}

// ranked gives the page of a list that holds the rows that have a score.
func ranked(rows []Row, l *List) *Page {
	type keyed struct {
		row Row
		key Key
	}
	order := List{Order: ScoreOrder}
	var found []keyed
	for _, r := range rows {
		if r.Score == 0 {
			continue
		}
		key := order.KeyOf(&r)
		if l.After == nil || key.Compare(l.After.Key, ScoreOrder) > 0 {
			found = append(found, keyed{r, key})
		}
	}
	slices.SortFunc(found, func(a, b keyed) int { return a.key.Compare(b.key, ScoreOrder) })
	page := &Page{}
	if l.First >= 0 && len(found) > l.First {
		found, page.More = found[:l.First], true
	}
	for _, k := range found {
		page.Rows = append(page.Rows, k.row)
	}
	return page
}

// follow reads what is selected of the rows of a page.
func (c *Catalog) follow(ctx context.Context, q *Query, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	ids := make([]ID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID()
	}
	whole, err := c.readFound(ctx, q, ids, q.Select)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Pages = whole[i].Pages
	}
	return nil
}

// followFacts reads what is selected of the facts whose quotes led to the rows of a page.
func (c *Catalog) followFacts(ctx context.Context, q *Query, sel *Select, rows []Row) error {
	var ids []ID
	for i := range rows {
		if len(rows[i].Lead) > 0 {
			ids = append(ids, rows[i].Lead[0].ID())
		}
	}
	if len(ids) == 0 {
		return nil
	}
	read, err := c.readFacts(ctx, q, ids, sel)
	if err != nil {
		return err
	}
	for i := range rows {
		if len(rows[i].Lead) == 0 {
			continue
		}
		if rows[i].Lead = read[:1:1]; read[0].Fact == nil {
			rows[i].Lead = nil // it was retracted meanwhile
		}
		read = read[1:]
	}
	return nil
}

// sentenceEnd gives where the first sentence of a text ends: after a full stop and a space, after one of Chinese, at a line's
// end.
func sentenceEnd(text string) int {
	stopped := false
	for i, r := range text {
		switch {
		case r == '\n', stopped && r == ' ':
			return i + 1
		case strings.ContainsRune("。！？", r):
			return i + utf8.RuneLen(r)
		}
		stopped = strings.ContainsRune(".!?", r)
	}
	return len(text)
}
