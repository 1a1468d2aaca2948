package neo4jstore

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// differing lists what became of facts between two moments. A fact that is not what it was has a version which began in between
// and which the graph holds at the later moment; what it was, is the version that it held at the earlier one.
func (c *compiler) differing(q *kg.Query, w kg.Differing) code[*kg.Page] {
	if !slices.Equal(q.Order, kg.DifferenceOrder) {
		c.fail("differences are listed by kg.DifferenceOrder alone")
	}
	f := c.fact(kindsOfFacts(w.Fact))
	then := *c // asks of the earlier moment
	then.knownAt, then.when = w.From, "_before"
	before := node{name: c.variable("r"), class: aFact, kinds: f.kinds}
	from := then.named("known", w.From)
	began := fmt.Sprintf("coalesce(%s, %s)", f.prop("known_from"), f.prop("recordedAt"))

	var b strings.Builder
	conditions := c.known(f, kg.AnyState)
	switch {
	case f.kinds == 0:
		fmt.Fprintf(&b, "UNWIND [] AS %s", f.name)
	case w.IDs != nil:
		fmt.Fprintf(&b, "%s UNWIND es AS x MATCH (x)-[%s:%s]-()%s WITH DISTINCT %[2]s", c.asked("es", w.IDs), f.name, c.types(f.kinds, kg.AnyState),
			where(append(conditions, began+" > "+from)...))
	default:
		fmt.Fprintf(&b, "CALL () { %s } WITH %s%s", c.begunSince(f, from), f.name, where(conditions...))
	}
	kind, at := c.variable("x"), c.variable("x")
	fmt.Fprintf(&b, " WITH %s%s", f.name, where(c.predicate(f, w.Fact)))
	fmt.Fprintf(&b, " WITH %[1]s, CASE WHEN %[2]s <= %[3]s THEN head(COLLECT { MATCH (a)-[%[1]s]->(b) MATCH (a)-[%[4]s:%[5]s]->(b)%[6]s RETURN %[4]s }) END AS %[4]s",
		f.name, f.prop("recordedAt"), from, before.name, typeNames(f.kinds, everyVersion),
		where(append(then.known(before, kg.OnlyAccepted), before.prop("id")+" = "+f.prop("id"))...))
	fmt.Fprintf(&b, " WITH %s, %s, %s AS %s, %s AS %s WHERE %[4]s IS NOT NULL", f.name, before.name, becameOf(before, f), kind, began, at)
	if w.Kinds != nil {
		fmt.Fprintf(&b, " AND %s IN %s", kind, c.param(texts(w.Kinds)))
	}
	s := &stream{clauses: b.String(), made: &made{
		vars:  []string{f.name, before.name, kind, at},
		items: [][]sortItem{{{at, true, false}}},
		ties:  []string{f.prop("id")},
		facet: kind,
		row: func(sel *kg.Select) ([]string, code[kg.Row]) {
			return c.differenceRow(&then, f, before, kind, at, sel)
		},
	}}
	page := c.page(s, &q.List, nil, false)
	x := c.variable("x")
	return code[*kg.Page]{fmt.Sprintf("WITH %s AS %s RETURN %[2]s", page.expr, x), func(v any) *kg.Page {
		p := page.read(v.([]any)[0])
		return &p
	}}
}

// kindsOfFacts gives the kinds of fact that a filter leaves.
func kindsOfFacts(f kg.Filter) kg.KindSet {
	switch f := f.(type) {
	case kg.KindIn:
		return f.Kinds & kg.Facts
	case kg.And:
		kinds := kg.Facts
		for _, part := range f {
			kinds &= kindsOfFacts(part)
		}
		return kinds
	}
	return kg.Facts
}

// begunSince finds the versions of facts that began after a moment, by an index for each of their types: those of facts that were
// recorded after it, and later ones of facts that were known before.
func (c *compiler) begunSince(f node, from string) string {
	var arms []string
	arm := func(t, prop, more string) {
		upTo := ""
		if !c.knownAt.IsZero() {
			upTo = fmt.Sprintf(" AND %s <= %s", f.prop(prop), c.named("known", c.knownAt))
		}
		arms = append(arms, fmt.Sprintf("MATCH ()-[%[1]s:%[2]s]->() USING INDEX SEEK %[1]s:%[2]s(%[3]s) WHERE %[1]s.%[3]s > %[4]s%[5]s%[6]s RETURN %[1]s",
			f.name, ident(t), prop, from, upTo, more))
	}
	for _, k := range f.kinds.Kinds() {
		for _, t := range typesOf(k, c.versions(kg.AnyState)) {
			arm(t, "recordedAt", "")
			arm(t, "known_from", fmt.Sprintf(" AND %s <= %s", f.prop("recordedAt"), from))
		}
	}
	return strings.Join(arms, " UNION ALL ")
}

// becameOf writes what became of a fact, as kg.DifferenceOf has it; before is null where the fact was not asserted.
func becameOf(before, f node) string {
	equal := func(props ...string) string {
		parts := make([]string, len(props))
		for i, p := range props {
			parts[i] = fmt.Sprintf("coalesce(%[1]s = %[2]s, %[1]s IS NULL AND %[2]s IS NULL)", before.prop(p), f.prop(p))
		}
		return all(parts...)
	}
	said := []string{"since", "until"}
	for _, k := range f.kinds.Kinds() {
		for _, field := range k.Decl().Fields {
			if !slices.Contains(said, field.Name) {
				said = append(said, field.Name)
			}
		}
	}
	return fmt.Sprintf("CASE WHEN %[1]s IS NULL AND %[2]s <> 'ACCEPTED' THEN null WHEN %[1]s IS NULL THEN '%[3]s' WHEN %[2]s <> 'ACCEPTED' THEN '%[4]s'"+
		" WHEN %[5]s IS NULL AND %[6]s IS NOT NULL THEN '%[7]s' WHEN NOT (%[8]s) THEN '%[9]s' WHEN NOT (%[10]s) THEN '%[11]s' END",
		before.name, f.prop("state"), kg.DiffAdded, kg.DiffRetracted, before.prop("until"), f.prop("until"), kg.DiffEnded,
		equal(said...), kg.DiffCorrected, equal("confidence", "acceptedAt", "evidence"), kg.DiffCorroborated)
}

// differenceRow writes a fact as it is, and as it was then.
func (c *compiler) differenceRow(then *compiler, f, before node, kind, at string, sel *kg.Select) ([]string, code[kg.Row]) {
	then.vars = c.vars // so that no name is given twice
	earlier, was := then.row(before, sel)
	for i, let := range earlier {
		as := strings.LastIndex(let, " AS ")
		earlier[i] = fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %s END%s", before.name, let[:as], let[as:])
	}
	c.vars = then.vars
	lets, row := c.row(f, sel)
	expr := fmt.Sprintf("[%s, %s, %s, CASE WHEN %s IS NOT NULL THEN %s END]", row.expr, kind, at, before.name, was.expr)
	return append(lets, earlier...), code[kg.Row]{expr, func(v any) kg.Row {
		list := v.([]any)
		r := row.read(list[0])
		r.Difference = &kg.Difference{Kind: kg.DifferenceKind(list[1].(string)), At: list[2].(time.Time).UTC()}
		if list[3] != nil {
			old := was.read(list[3])
			r.Difference.Before = &old
		}
		return r
	}}
}
