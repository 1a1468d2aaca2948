package neo4jstore

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// sortItem is one thing that rows are ordered by.
type sortItem struct {
	expr     string
	desc     bool
	nullable bool
}

// sortItems writes what a list is ordered by, without the ids that break ties: for each order one item, or two for a date.
func (c *compiler) sortItems(s *stream, order []kg.Order) [][]sortItem {
	if s.made != nil {
		return s.made.items[:len(order)]
	}
	items := make([][]sortItem, len(order))
	for i, o := range order {
		items[i] = c.sortItem(s, o)
	}
	if n := len(order); n > 0 && order[n-1] == (kg.Order{Field: kg.FieldName}) && s.node.class == anEntity && !s.inOrder {
		s.byName, items[n-1] = true, nil
	}
	return items
}

func (c *compiler) sortItem(s *stream, o kg.Order) []sortItem {
	n := s.node
	if o.OfFact {
		n = *s.lead
	}
	var exprs []string
	var kinds kg.KindSet
	switch {
	case o.Field.Type == kg.Dated:
		var from, to string
		from, to, kinds = c.days(n, o.Field)
		exprs = []string{from, to}
	case o.Field.Type == kg.Text && o.Field != kg.FieldName && o.Field != kg.FieldID:
		var key string
		key, kinds = c.sortKey(n, o.Field)
		exprs = []string{key}
	default:
		var value string
		value, kinds = c.value(n, o.Field)
		exprs = []string{value}
	}
	if kinds == 0 {
		return nil // unknown for all, so that it orders nothing
	}
	never := o.Field == kg.FieldName || o.Field == kg.FieldID || o.Field == kg.FieldConfidence || o.Field == kg.FieldRecordedAt || o.Field == kg.FieldKind || o.Field == kg.FieldState
	items := make([]sortItem, len(exprs))
	for i, x := range exprs {
		if kinds != n.kinds && !strings.HasPrefix(x, "CASE") {
			x = fmt.Sprintf("CASE WHEN %s THEN %s END", c.is(n, kinds), x)
		}
		items[i] = sortItem{x, o.Desc, !never || kinds != n.kinds}
	}
	return items
}

// orderBy writes the ORDER BY clause of a list. What is unknown comes last in both directions.
func (c *compiler) orderBy(s *stream, items [][]sortItem) string {
	var parts []string
	for _, group := range items {
		for i, item := range group {
			if item.desc && item.nullable && i == 0 {
				parts = append(parts, item.expr+" IS NULL")
			}
			if item.desc {
				item.expr += " DESC"
			}
			parts = append(parts, item.expr)
		}
	}
	parts = append(parts, s.ties()...)
	if len(parts) == 0 {
		return ""
	}
	return " ORDER BY " + strings.Join(parts, ", ")
}

// after writes the condition that a row stands behind a cursor.
func (c *compiler) after(s *stream, l *kg.List, items [][]sortItem) string {
	if l.After == nil {
		return "true"
	}
	key := l.After.Key
	rest := ""
	ties := s.ties()
	values := []string{string(key.Node), string(key.Fact)}
	if s.byName {
		name, _ := key.Values[len(l.Order)-1].(string)
		values[0] = orderKey(name, key.Node)
	}
	for i := len(ties) - 1; i >= 0; i-- {
		p := c.param(values[i])
		next := ties[i] + " > " + p
		if rest != "" {
			next = fmt.Sprintf("(%s OR %s = %s AND %s)", next, ties[i], p, rest)
		}
		rest = next
	}
	if rest == "" {
		rest = "false" // nothing is left to break a tie by
	}
	for i := len(items) - 1; i >= 0; i-- { // but those that order nothing, or stand with the ties
		rest = c.afterItem(items[i], sortParams(l.Order[i].Field, key.Values[i]), rest)
	}
	return rest
}

// afterItem writes that a row comes behind a value of one order, or stands with it and the rest decides.
func (c *compiler) afterItem(group []sortItem, values []any, rest string) string {
	if len(group) == 0 {
		return rest
	}
	if values == nil {
		return fmt.Sprintf("(%s IS NULL AND %s)", group[0].expr, rest)
	}
	for i := len(group) - 1; i >= 0; i-- {
		p, op := c.param(values[i]), ">"
		if group[i].desc {
			op = "<"
		}
		rest = fmt.Sprintf("(%[1]s %[2]s %[3]s OR %[1]s = %[3]s AND %[4]s)", group[i].expr, op, p, rest)
	}
	if group[0].nullable {
		rest = fmt.Sprintf("(%s IS NULL OR %s)", group[0].expr, rest)
	}
	return rest
}

// sortParams gives the values that a cursor's key holds for one order as the properties hold them; nil where it is unknown.
func sortParams(f *kg.Field, v kg.Value) []any {
	switch v := v.(type) {
	case string:
		switch f.Type {
		case kg.Dated: // two days in hexadecimal, see [kg.Key]
			if len(v) != 16 {
				return []any{int64(0), int64(0)}
			}
			return []any{sortDay(v[:8]), sortDay(v[8:])}
		case kg.Instant:
			at, err := time.Parse(time.RFC3339Nano, v)
			if err != nil {
				return []any{time.Time{}}
			}
			return []any{at}
		}
		return []any{v}
	case float64:
		return []any{v}
	}
	return nil
}

func sortDay(hex string) int64 {
	u, _ := strconv.ParseUint(hex, 16, 32)
	return int64(int32(uint32(u) ^ 1<<31))
}

// preferred lists what decides which of several facts a singular relation shows, see [kg.CompareSingular].
func (c *compiler) preferred(r node) []string {
	items := []string{fmt.Sprintf("CASE WHEN %s THEN 0 ELSE 1 END", c.holds(r))}
	if kinds := r.kinds.Kinds(); len(kinds) == 1 && kinds[0].Decl().Prefer != nil {
		items = append(items, fmt.Sprintf("-coalesce(%s, -1.0)", r.prop(kinds[0].Decl().Prefer.Name)))
	}
	return append(items,
		fmt.Sprintf("-%s", r.prop("confidence")),
		fmt.Sprintf("-coalesce(%s, %d)", r.prop("since"+suffixFrom), int64(kg.MinDay)-1),
		fmt.Sprintf("-coalesce(%s, %d)", r.prop("since"+suffixTo), int64(kg.MinDay)-1),
		r.prop("id"))
}
