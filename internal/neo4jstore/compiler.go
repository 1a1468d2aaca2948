package neo4jstore

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// compiler makes one Cypher statement of a question. What it writes depends on the question's shape alone: names of labels,
// types and properties come from the declaration, and every value goes into a parameter, so that questions of one shape share
// one plan.
//
// Each part of a question becomes a pair: an expression, and the function that reads its value. So what is written and what is
// read stand side by side, and the answer comes back as one record of positional lists.
type compiler struct {
	asOf    *kg.Day
	knownAt time.Time
	day     kg.Day // on which singular relations are judged
	params  map[string]any
	vars    int
	// when tells the moments of a statement apart that is about two of them, in the names of its parameters.
	when string
}

func newCompiler(asOf *kg.Day, knownAt time.Time, today kg.Day) *compiler {
	c := &compiler{asOf: asOf, knownAt: knownAt, day: today, params: map[string]any{}}
	if asOf != nil {
		c.day = *asOf
	}
	return c
}

// param gives the name of a new parameter that holds a value.
func (c *compiler) param(v any) string {
	name := "p" + strconv.Itoa(len(c.params))
	c.params[name] = v
	return "$" + name
}

// named is a parameter of the whole statement: the day and the moment that it is about, which all its parts share.
func (c *compiler) named(name string, v any) string {
	name += c.when
	c.params[name] = v
	return "$" + name
}

// variable makes a name that nothing else in the statement has.
func (c *compiler) variable(prefix string) string {
	c.vars++
	return prefix + strconv.Itoa(c.vars)
}

// fail gives up on a question that no caller asks.
func (c *compiler) fail(format string, args ...any) {
	panic(&compileError{kg.Errorf(kg.Internal, format, args...)})
}

// compileError is how [compiler.fail] reaches whoever began to compile.
type compileError struct{ err *kg.Error }

// caught turns a panic of fail, or of a decoder, into an error.
func caught(err *error) {
	switch p := recover().(type) {
	case nil:
	case *compileError:
		*err = p.err
	default:
		panic(p)
	}
}

// class says what a variable of a statement stands for.
type class uint8

const (
	anEntity class = iota + 1
	aFact
	aSource
)

// node is a variable of a statement and what is known of it.
type node struct {
	name  string
	class class
	kinds kg.KindSet // what it can be
	// versions are those that a fact can be of; 0 is any.
	versions versions
}

func (c *compiler) entity(kinds kg.KindSet) node {
	return node{name: c.variable("n"), class: anEntity, kinds: within(kinds, kg.Entities)}
}

func (c *compiler) fact(kinds kg.KindSet) node {
	return node{name: c.variable("r"), class: aFact, kinds: within(kinds, kg.Facts)}
}

func (c *compiler) source() node {
	return node{name: c.variable("s"), class: aSource, kinds: kg.SetOf(kg.SourceKind)}
}

// within gives those of some kinds that are of a class; no kinds are all.
func within(kinds, all kg.KindSet) kg.KindSet {
	if kinds == 0 {
		return all
	}
	return kinds & all
}

// prop writes a property of the node.
func (n node) prop(name string) string { return n.name + "." + ident(name) }

// ident writes a name of the declaration in a statement. They are plain words.
func ident(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z') }) {
		return "`" + strings.ReplaceAll(name, "`", "``") + "`"
	}
	return name
}

// is writes the condition that a node is of some kinds; "true" where it can be nothing else.
func (c *compiler) is(n node, kinds kg.KindSet) string {
	wanted := n.kinds & kinds
	switch {
	case wanted == n.kinds:
		return "true"
	case wanted == 0:
		return "false"
	}
	var parts []string
	for _, k := range wanted.Kinds() {
		if n.class == aFact {
			for _, t := range typesOf(k, cmp.Or(n.versions, everyVersion)) {
				parts = append(parts, n.name+":"+ident(t))
			}
		} else {
			parts = append(parts, n.name+":"+ident(k.Decl().Type))
		}
	}
	return either(parts...)
}

// isEntity is is for a variable that may be any entity.
func (c *compiler) isEntity(name string, kinds kg.KindSet) string {
	return c.is(node{name: name, class: anEntity, kinds: kg.Entities}, kinds)
}

// versions says which relationships of a kind of fact are meant: the present of what is asserted, the present of what is
// not, the past.
type versions uint8

const (
	asserted versions = 1 << iota
	unasserted
	past

	present      = asserted | unasserted
	everyVersion = present | past
)

// typesOf lists the relationship types that hold versions of a kind of fact.
func typesOf(k kg.Kind, v versions) []string {
	var types []string
	name := k.Decl().Name
	if v&asserted != 0 {
		types = append(types, name)
	}
	if v&unasserted != 0 {
		types = append(types, name+suffixUnasserted)
	}
	if v&past != 0 {
		types = append(types, name+suffixPast)
	}
	return types
}

// presentType is the relationship type that holds the present version of a fact in a state.
func presentType(k kg.Kind, s kg.State) string {
	if s == kg.Accepted {
		return typesOf(k, asserted)[0]
	}
	return typesOf(k, unasserted)[0]
}

// types writes the relationship types that facts of some kinds and states stand under at the moment of the question.
func (c *compiler) types(kinds kg.KindSet, states kg.StateSet) string {
	return typeNames(kinds, c.versions(states))
}

// versions says which versions of facts in some states the question may see.
func (c *compiler) versions(states kg.StateSet) versions {
	if !c.knownAt.IsZero() {
		return everyVersion
	}
	var v versions
	if states.Has(kg.Accepted) {
		v |= asserted
	}
	if states&^kg.OnlyAccepted != 0 || v == 0 {
		v |= unasserted
	}
	return v
}

func typeNames(kinds kg.KindSet, v versions) string {
	var names []string
	for _, k := range kinds.Kinds() {
		for _, t := range typesOf(k, v) {
			names = append(names, ident(t))
		}
	}
	return strings.Join(names, "|")
}

// shown lists the conditions that a fact matched by types is one that the question shows: known by its moment, in one of the
// states, and possible on its day.
func (c *compiler) shown(r node, states kg.StateSet) []string {
	conditions := c.known(r, states)
	if c.asOf != nil {
		conditions = append(conditions, c.holds(r))
	}
	return conditions
}

func (c *compiler) known(r node, states kg.StateSet) []string {
	var conditions []string
	if !c.knownAt.IsZero() {
		at := c.named("known", c.knownAt)
		conditions = append(conditions,
			fmt.Sprintf("coalesce(%s, %s) <= %s", r.prop("known_from"), r.prop("recordedAt"), at),
			fmt.Sprintf("coalesce(%s > %s, true)", r.prop("known_to"), at))
	}
	const others = kg.AnyState &^ kg.OnlyAccepted
	switch {
	case states == kg.AnyState:
	case !c.knownAt.IsZero(), states&others != 0 && states&others != others, states == 0:
		conditions = append(conditions, fmt.Sprintf("%s IN %s", r.prop("state"), c.param(stateNames(states))))
	}
	return conditions
}

func stateNames(states kg.StateSet) []string {
	names := []string{}
	for s := kg.Proposed; s <= kg.Retracted; s++ {
		if states.Has(s) {
			names = append(names, s.String())
		}
	}
	return names
}

// holds writes the condition that a fact may have held on the day on which singular relations are judged.
func (c *compiler) holds(r node) string {
	day := c.named("day", int64(c.day))
	return fmt.Sprintf("coalesce(%s, %d) <= %s AND coalesce(%s, %d) >= %s",
		r.prop("since_from"), kg.MinDay, day, r.prop("until_to"), kg.MaxDay, day)
}

// all joins conditions that must hold; "true" if there are none.
func all(conditions ...string) string {
	conditions = slices.DeleteFunc(slices.Clone(conditions), func(s string) bool { return s == "true" })
	switch {
	case slices.Contains(conditions, "false"):
		return "false"
	case len(conditions) == 0:
		return "true"
	}
	return strings.Join(conditions, " AND ")
}

// either joins conditions of which one must hold; "false" if there are none.
func either(conditions ...string) string {
	conditions = slices.DeleteFunc(slices.Clone(conditions), func(s string) bool { return s == "false" })
	switch {
	case slices.Contains(conditions, "true"):
		return "true"
	case len(conditions) == 0:
		return "false"
	case len(conditions) == 1:
		return conditions[0]
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
}

// where writes a WHERE clause for conditions that must all hold; nothing where nothing is asked.
func where(conditions ...string) string {
	if cond := all(conditions...); cond != "true" {
		return " WHERE " + cond
	}
	return ""
}

// whereNever is what where writes of conditions that can't all hold.
const whereNever = " WHERE false"

func joined(parts []string) string { return strings.Join(parts, ", ") }

// moment is the moment of knowledge that a question is about, for what is kept by moments: the end of time for now.
func (c *compiler) moment() time.Time {
	if c.knownAt.IsZero() {
		return endOfTime
	}
	return c.knownAt
}
