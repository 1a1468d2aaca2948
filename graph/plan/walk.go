package plan

import (
	"errors"
	"slices"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// walk reads the arguments of a root field that walks through the graph; it is nil for all others.
func (c *compiler) walk(name string, result *ast.Definition, args map[string]any, q *kg.Query) (kg.Walk, error) {
	r := &reader{args: args}
	switch name {
	case "statistics":
		return kg.Counts{}, nil
	case "search":
		text, err := text(args["text"])
		r.keep("text", err)
		f := kg.Finding{Text: text, Kinds: r.kinds("kinds"), In: r.searchIn("in"), Where: c.inCountry(r)}
		if r.empty("kinds") || r.empty("in") {
			f.Text = "" // an empty list fits nothing, and so does no text
		}
		return f, r.err
	case "neighborhood":
		fact, states := c.facts(r)
		return kg.Around{IDs: r.ids("ids"), Depth: r.int("depth"), PerNode: r.int("perNode"), Limit: r.int("limit"), Fact: fact, States: states}, r.err
	case "paths":
		fact, states := c.facts(r)
		return kg.Connecting{From: r.id("from"), To: r.id("to"), MaxHops: r.int("maxHops"), First: r.int("first"), Fact: fact,
			Avoid: r.ids("avoid"), AvoidKinds: r.kinds("avoidKinds"), Through: r.kinds("through"), MaxDegree: r.bound("maxDegree"), States: states}, r.err
	case "countryLinks":
		fact, states := c.facts(r)
		return kg.Linking{Places: kg.Country, By: linksOf(result), With: r.ids("countries"), Fact: fact, States: states, First: r.int("first")}, r.err
	case "compare":
		return kg.Comparing{IDs: r.ids("ids")}, r.err
	case "diff":
		d := kg.Differing{From: r.moment("from"), To: r.moment("to"), IDs: r.ids("ids")}
		d.Fact, _ = c.facts(r)
		if kinds, ok := args["kinds"]; ok {
			d.Kinds = []kg.DifferenceKind{}
			for _, k := range asList(kinds) {
				d.Kinds = append(d.Kinds, kg.DifferenceKind(k.(string)))
			}
		}
		q.KnownAt = d.To
		return d, r.err
	case "timeline":
		h := kg.Happening{IDs: r.ids("ids"), From: kg.MinDay, To: kg.MaxDay}
		span, err := during(kg.FieldMoment, map[string]any{"from": args["from"], "to": args["to"]})
		if d, ok := span.(kg.During); ok {
			h.From, h.To = d.From, d.To
		}
		var at *kg.Error
		if errors.As(err, &at) && at.Field == "" { // about both ends
			err = at.In("from")
		}
		if r.err == nil {
			r.err = err
		}
		return h, r.err
	}
	return nil, nil
}

// linksOf gives what the fields of a type count links by, in their order.
func linksOf(t *ast.Definition) (by []kg.Relation) {
	for _, def := range t.Fields {
		if r, ok := relation(def); ok {
			by = append(by, r)
		}
	}
	return by
}

// reader reads arguments until one is wrong.
type reader struct {
	args map[string]any
	err  error
}

func (r *reader) keep(name string, err error) {
	if r.err == nil && err != nil {
		r.err = inField(name, err)
	}
}

func (r *reader) int(name string) int {
	if r.args[name] == nil {
		return 0
	}
	n, err := integer(r.args[name])
	r.keep(name, err)
	return int(n)
}

// bound reads a number that bounds nothing where it is not given.
func (r *reader) bound(name string) *int {
	if r.args[name] == nil {
		return nil
	}
	n := r.int(name)
	return &n
}

func (r *reader) id(name string) kg.ID {
	id, err := parseEntityID(r.args[name])
	r.keep(name, err)
	return id
}

func (r *reader) ids(name string) []kg.ID {
	if r.args[name] == nil {
		return nil
	}
	ids, err := parseEntityIDs(r.args[name])
	r.keep(name, err)
	return ids
}

func (r *reader) moment(name string) time.Time {
	t, err := moment(r.args, name)
	if r.err == nil {
		r.err = err
	}
	return t
}

func (r *reader) kinds(name string) kg.KindSet {
	if r.args[name] == nil {
		return 0
	}
	f, err := kindFilter(r.args[name])
	r.keep(name, err)
	return f.Kinds
}

// empty says whether a list is given that has nothing in it.
func (r *reader) empty(name string) bool {
	l, ok := r.args[name].([]any)
	return ok && len(l) == 0
}

func (r *reader) searchIn(name string) (in kg.SearchIn) {
	names, err := texts(r.args[name])
	r.keep(name, err)
	for _, n := range names {
		in |= map[string]kg.SearchIn{"NAMES": kg.InNames, "DESCRIPTIONS": kg.InDescriptions, "QUOTES": kg.InQuotes}[n]
	}
	return in
}

// inCountry reads the `country` of a search, as filters of entities read theirs.
func (c *compiler) inCountry(r *reader) kg.Filter {
	where, ok := r.args["country"].(map[string]any)
	if !ok {
		return nil
	}
	countries := kg.SetOf(kg.Country)
	f, err := c.nodeFilter(countries, where)
	r.keep("country", err)
	return kg.Has{Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, Kinds: countries, Node: f, AtLeast: 1}
}

// facts reads the `where` of a walk: which facts it follows.
func (c *compiler) facts(r *reader) (kg.Filter, kg.StateSet) {
	where, ok := r.args["where"].(map[string]any)
	if !ok {
		return nil, kg.OnlyAccepted
	}
	f, err := c.nodeFilter(kg.Facts, where)
	r.keep("where", err)
	return f, kg.StatesOf(f)
}

// hidden are the fields that say what is not shown of a neighbourhood.
var hidden = []string{"truncated", "omitted"}

// coverage are the fields that say what facts rest on.
var coverage = []string{"quoted", "corroborated", "bySourceClass"}

// walked compiles what is selected of what a walk finds. All of its nodes share one select.
func (c *compiler) walked(f *Field, g group, result *ast.Definition, args map[string]any, q *kg.Query) (err error) {
	if err := kg.CheckWalk(q.Walk); err != nil {
		return err
	}
	if !isConnection(result) {
		f.Op = OpWalk
		c.shared, c.only = 0, 0
		q.List.Select = &kg.Select{}
		if f.Sub, err = c.structsBelow(g.sets(), result, newSelecting(q.List.Select)); err != nil {
			return err
		}
		reads := func(names []string) bool {
			return slices.ContainsFunc(f.Sub.Struct().Fields, func(f *Field) bool { return slices.Contains(names, f.Name) })
		}
		switch w := q.Walk.(type) {
		case kg.Around:
			w.Hidden = reads(hidden)
			q.Walk = w
		case kg.Comparing:
			w.Shared, w.Only = c.shared, c.only
			q.Walk = w
		case kg.Counts:
			w.Coverage = reads(coverage)
			q.Walk = w
		}
		return nil
	}
	f.Op = OpConnection
	c.places = false
	follow := kg.Follow{List: kg.List{Kinds: kg.Entities, Order: kg.ScoreOrder}}
	if _, ok := q.Walk.(kg.Happening); ok {
		follow.List.Kinds = kg.Entities | kg.Facts
		follow.List.Order = kg.MomentOrder
	}
	if _, ok := q.Walk.(kg.Differing); ok {
		follow.List.Kinds = kg.Facts
		follow.List.Order = kg.DifferenceOrder
	}
	follow.List.States = kg.OnlyAccepted
	if follow.List.First, err = pageSize(args, maxPage); err != nil {
		return err
	}
	if err = after(&follow, q.Walk, args); err != nil {
		return err
	}
	err = c.pages(f, g, result, q.Walk, &follow)
	q.List = follow.List
	if w, ok := q.Walk.(kg.Finding); ok { // what only shows, and so binds no cursor
		w.Lead, w.Places = follow.Lead, c.places
		q.Walk = w
	}
	return err
}

// structsBelow compiles types that are no nodes and hold some; what must be followed from those goes into one select.
func (c *compiler) structsBelow(sets []ast.SelectionSet, t *ast.Definition, into *selecting) (*Selection, error) {
	return c.structsWith(sets, t, func(f *Field, g group) (err error) {
		def := t.Fields.ForName(f.Name)
		args, err := c.arguments(g.first(), def)
		if err != nil {
			return c.fail(g.first(), err)
		}
		if _, paged := args["first"]; paged {
			if f.First, err = pageSize(args, maxPage); err != nil {
				return c.fail(g.first(), err)
			}
			switch f.Name {
			case "shared":
				c.shared = max(c.shared, f.First)
			case "entities":
				c.only = max(c.only, f.First)
			}
		}
		result := c.schema.Types[def.Type.Name()]
		if result.Name == "FieldChange" {
			into.readFact()
		}
		switch {
		case result.IsLeafType():
			if r, ok := relation(def); ok {
				f.Page = slices.Index(linksOf(t), r)
			}
		case f.Name == "locations":
			err = c.locations(f, g, result, into)
		case kindsOf(c.schema, result) != 0:
			f.Sub, err = c.nodes(g.sets(), result, kindsOf(c.schema, result), into)
		default:
			f.Sub, err = c.structsBelow(g.sets(), result, into)
		}
		return err
	})
}

// locations compiles where nodes are: what is nearest above each that has a location.
func (c *compiler) locations(f *Field, g group, t *ast.Definition, into *selecting) (err error) {
	f.Page = len(into.Follow)
	into.Follow = append(into.Follow, toLocated(&kg.Select{}))
	places := newSelecting(into.Follow[f.Page].Select)
	places.Without &^= kg.PartLocation
	f.Sub, err = c.structsWith(g.sets(), t, func(f *Field, g group) (err error) {
		switch f.Name {
		case "location":
			f.Sub, err = c.structs(g.sets(), c.schema.Types["Point"])
		case "place":
			f.Sub, err = c.nodes(g.sets(), c.schema.Types["Entity"], kg.Entities, places)
		}
		return err
	})
	return err
}

// Location is where an entity is: at the location of a place.
type Location struct {
	ID    kg.ID
	Place *kg.Row
}

// LocationsOf reads from what was drawn where each is that is anywhere.
func LocationsOf(f *Field, p *kg.Page) []Location {
	var out []Location
	for i := range p.Rows {
		if places := p.Rows[i].Pages[f.Page].Rows; len(places) > 0 {
			out = append(out, Location{p.Rows[i].ID(), &places[0]})
		}
	}
	return out
}

// Total is how many links of all sorts a pair has.
func Total(p *kg.Page) int {
	total := 0
	for _, n := range p.Counts {
		total += n
	}
	return total
}

// Only is what only one of some compared entities is linked with.
type Only struct {
	ID kg.ID
	*kg.Page
}

// OnlyOf reads from a comparison what only one of the compared is linked with, for each that there is.
func OnlyOf(p *kg.Page) []Only {
	var out []Only
	for i := range p.Rows {
		if id := p.Rows[i].ID(); id != "" {
			out = append(out, Only{id, &p.Groups[i+1]})
		}
	}
	return out
}
