package neo4jstore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// pageOf makes the page of a list that came whole: the evidence of a fact, the changes of an entity. expand adds what is
// selected of the rows that are shown.
func pageOf(rows []kg.Row, l *kg.List, expand func(*kg.Row)) kg.Page {
	type keyed struct {
		key kg.Key
		row kg.Row
	}
	var p kg.Page
	list := make([]keyed, len(rows))
	for i := range rows {
		list[i] = keyed{l.KeyOf(&rows[i]), rows[i]}
	}
	// Stable, as evidence has no id to break ties by and stays as its fact has it.
	slices.SortStableFunc(list, func(a, b keyed) int { return a.key.Compare(b.key, l.Order) })
	if l.Total {
		p.Total = len(list)
	}
	if l.After != nil {
		list = slices.DeleteFunc(list, func(k keyed) bool { return k.key.Compare(l.After.Key, l.Order) <= 0 })
	}
	if l.First >= 0 && len(list) > l.First {
		list, p.More = list[:l.First], true
	}
	for i := range list {
		expand(&list[i].row)
		p.Rows = append(p.Rows, list[i].row)
	}
	return p
}
