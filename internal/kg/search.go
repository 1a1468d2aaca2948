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
)

// ScoreOrder is the order of what [Finding] finds, which its cursors rest on.
var ScoreOrder = []Order{{Field: FieldScore, Desc: true}, {Field: FieldName}}

// find answers [Finding]: the store proposes, and what fits best is decided here. A row's score rests on the text, the row and
// its number of facts, never on what else was found, so that a cursor stays where it is when entities come and go.
//
// It takes two calls of the store, candidates and their rows. Where there are more candidates than the page shows and much is
// to be followed from each, the rows of the page are read once more.
func (c *Catalog) find(ctx context.Context, q *Query, asked Finding) (*Page, error) {
	sought := Seek(asked.Text)
	if len(sought.Words) == 0 {
		return &Page{}, nil
	}
	candidates, err := c.store.Candidates(ctx, sought, asked.Kinds, maxCandidates)
	if err != nil || len(candidates) == 0 {
		return &Page{}, err
	}
	sel := q.Select
	if q.First >= 0 && len(candidates) > q.First {
		sel = nil // most of what it would bring would not be shown
	}
	ids := make([]ID, len(candidates))
	for i, found := range candidates {
		ids[i] = found.ID
	}
	rows, err := c.readFound(ctx, q, ids, sel)
	if err != nil {
		return nil, err
	}
	scorer := newScorer(sought)
	for i := range rows { // in the order of their ids
		rows[i].Score, rows[i].Matched = scorer.score(rows[i].Entity, candidates[i].Degree)
	}
	page := ranked(rows, &q.List)
	if sel == nil && q.Select != nil && len(q.Select.Follow) > 0 {
		err = c.follow(ctx, q, page.Rows)
	}
	return page, err
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
	page, err := c.store.Read(ctx, &Query{
		IDs:     ids,
		List:    List{Kinds: Entities, First: -1, Select: sel},
		AsOf:    q.AsOf,
		KnownAt: q.KnownAt,
		Today:   q.Today,
	})
	if err != nil {
		return nil, err
	}
	return page.Rows, nil
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
