package plan

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// selecting is a [kg.Select] that is being put together. It remembers which selections led to which follow, so that types
// which select alike share one.
type selecting struct {
	*kg.Select
	kinds  kg.KindSet // of the nodes
	shared []shared
}

type shared struct {
	fields   []*ast.Field
	relation string
	field    *Field
}

// newSelecting begins a select. Nothing is read until a field reads it.
func newSelecting(s *kg.Select) *selecting {
	*s = *kg.Bare()
	return &selecting{Select: s}
}

// reads notes what of nodes of a kind is read by one of their own fields.
func (s *selecting) reads(k kg.Kind, f *Field) {
	var part kg.Parts
	switch f.Op {
	case OpName:
		part = kg.PartName
		if f.Langs != nil {
			part |= kg.PartNames
		}
	case OpNames:
		part = kg.PartName | kg.PartNames
	case OpIdentifiers:
		part = kg.PartIdentifiers
		for _, own := range k.Decl().Fields {
			if own.Scheme != "" {
				s.add(own)
			}
		}
	case OpLocation:
		part = kg.PartLocation
	case OpBasedOn:
		part = kg.PartOrigin
	case OpCertain:
		s.add(kg.FieldSince)
		s.add(kg.FieldUntil)
	case OpValue:
		part = f.Value.Part()
		s.add(f.Value)
	}
	s.Without &^= part
}

// readFact notes that all of a fact is read.
func (s *selecting) readFact() {
	for _, k := range kg.Facts.Kinds() {
		for _, f := range k.Decl().AllFields() {
			s.add(f)
		}
	}
	s.Without &^= kg.PartMoments | kg.PartEvidence
}

// add notes that a field is read.
func (s *selecting) add(f *kg.Field) {
	if f != nil && f != kg.FieldID && !slices.Contains(s.Fields, f) {
		s.Fields = append(s.Fields, f)
	}
}

// nodes compiles what is selected of nodes of some kinds, and puts what must be followed from them into the select.
func (c *compiler) nodes(sets []ast.SelectionSet, def *ast.Definition, kinds kg.KindSet, into *selecting) (*Selection, error) {
	s := &Selection{}
	into.kinds |= kinds
	for _, k := range kinds.Kinds() {
		t := c.schema.Types[k.Decl().Type]
		o := &Object{Type: t.Name}
		for _, g := range c.collect(sets, t) {
			f, err := c.nodeField(k, t, g, into)
			if err != nil {
				return nil, err
			}
			o.Fields = append(o.Fields, f)
		}
		s.kinds[k] = o
	}
	return s, nil
}

// nodeField compiles one field of a node.
func (c *compiler) nodeField(k kg.Kind, t *ast.Definition, g group, into *selecting) (*Field, error) {
	sel := g.first()
	if sel.Name == "__typename" {
		return &Field{Key: g.key, Name: sel.Name, Op: OpTypename, Text: t.Name, NonNull: true, AST: sel}, nil
	}
	c.path = append(c.path, g.key)
	defer func() { c.path = c.path[:len(c.path)-1] }()

	def := t.Fields.ForName(sel.Name)
	result := c.schema.Types[def.Type.Name()]
	step, leads := c.step(k, def, result)
	if step.Way == kg.FromEnd || step.Way == kg.ToEnd {
		step.to |= c.ends(into.kinds, sel)
	}
	if leads {
		if f := into.find(g, step, k); f != nil {
			return f, nil
		}
	}
	f := c.field(g, def)
	if c.fields > MaxFields {
		return nil, c.fail(sel, c.tooMany())
	}
	args, err := c.arguments(sel, def)
	if err != nil {
		return nil, c.fail(sel, err)
	}
	if leads {
		err = c.follow(f, g, result, step, args, into, k)
	} else if f.Name == "distanceKm" {
		distanceOfEnds(f, into, k)
	} else {
		err = c.own(f, g, k, result, args)
		into.reads(k, f)
	}
	if err != nil {
		return nil, c.fail(sel, err)
	}
	return f, nil
}

// step is how a field leads from a node to others.
type step struct {
	kg.Relation
	to kg.KindSet
}

// step says whether a field of a kind leads to other nodes, and how.
func (c *compiler) step(k kg.Kind, def *ast.FieldDefinition, result *ast.Definition) (step, bool) {
	nodes := result
	if isConnection(result) {
		nodes = nodeType(c.schema, result)
	}
	s := step{to: kindsOf(c.schema, nodes)}
	if s.to == 0 {
		return s, false
	}
	if r, ok := relation(def); ok {
		s.Relation = r
		return s, true
	}
	switch def.Name {
	case "facts":
		s.Way = kg.FactsOf
	case "from":
		s.Way = kg.FromEnd
	case "to":
		s.Way = kg.ToEnd
	case "evidence", "decidedBy":
		s.Way = kg.EvidenceOf
	case "history":
		s.Way = kg.ChangesOf
	case "fact":
		s.Way = kg.FactOf
	case "status":
		s.Way = kg.StatusOf
	case "lineage":
		s.Way = kg.LineageOf
	case "source":
		s.Way = kg.SourceOf
	default:
		s.Way, s.Field = kg.ByField, k.Decl().Field(def.Name)
	}
	return s, true
}

// ends are the kinds of entity at one end of facts of some kinds: what facts of all kinds select alike there is followed once,
// and not for each kind apart. There are none where the end is selected of one kind.
func (c *compiler) ends(facts kg.KindSet, sel *ast.Field) kg.KindSet {
	if sel.ObjectDefinition.Kind != ast.Interface {
		return 0
	}
	var to kg.KindSet
	for _, k := range (facts & kg.Facts).Kinds() {
		def := c.schema.Types[k.Decl().Type].Fields.ForName(sel.Name)
		to |= kindsOf(c.schema, c.schema.Types[def.Type.Name()])
	}
	return to & kindsOf(c.schema, c.schema.Types[sel.Definition.Type.Name()])
}

// find gives the field that the same selections made of another kind, and adds the kind to its owners.
func (s *selecting) find(g group, st step, k kg.Kind) *Field {
	relation := st.String() + " to " + st.to.String()
	for _, old := range s.shared {
		if old.relation == relation && slices.Equal(old.fields, g.fields) {
			s.Follow[old.field.Page].Owners |= kg.SetOf(k)
			return old.field
		}
	}
	return nil
}

// follow compiles a field that leads to other nodes.
func (c *compiler) follow(f *Field, g group, result *ast.Definition, st step, args map[string]any, into *selecting, k kg.Kind) error {
	f.Page = len(into.Follow)
	into.Follow = append(into.Follow, kg.Follow{}) // the place is taken before what lies below takes others
	into.shared = append(into.shared, shared{g.fields, st.String() + " to " + st.to.String(), f})

	follow := kg.Follow{Owners: kg.SetOf(k), Relation: st.Relation, List: kg.List{Kinds: st.to, States: kg.OnlyAccepted}}
	var err error
	switch {
	case isConnection(result):
		f.Op = OpConnection
		err = c.connection(f, g, result, &follow, args)
	default:
		f.Op = OpSingle
		follow.First, follow.Unpaged = 1, true
		follow.Single = st.Way.ByFact()
		if st.Way == kg.EvidenceOf || st.Way == kg.LineageOf || st.Field != nil && st.Field.Type == kg.Refs {
			f.Op = OpRows
			follow.First = -1
		}
		if st.Way == kg.LineageOf {
			follow.Order = kg.LineageOrder
		}
		if _, paged := args["first"]; paged {
			if follow.First, err = pageSize(args, maxPage); err != nil {
				return err
			}
		}
		if name, ok := args["field"].(string); ok {
			follow.Field, err = evidenceField(name)
			if err != nil {
				return err
			}
		}
		if follow.On, err = day(args, "on"); err != nil {
			return err
		}
		follow.Select = &kg.Select{}
		f.Sub, err = c.nodes(g.sets(), result, st.to, newSelecting(follow.Select))
	}
	// Kinds that were found to share it while it was compiled are among the owners already.
	follow.Owners |= into.Follow[f.Page].Owners
	into.Follow[f.Page] = follow
	return err
}

// evidenceField finds the field whose evidence is asked for, on any kind of entity: a list may mix them.
func evidenceField(name string) (*kg.Field, error) {
	if name == "names" || name == "location" { // which all entities, or all places, have apart from their kinds' own
		return &kg.Field{Name: name}, nil
	}
	for _, k := range kg.Entities.Kinds() {
		if f := k.Decl().Field(name); f != nil {
			return f, nil
		}
	}
	return nil, kg.Errorf(kg.BadInput, "no entity has a field %q; leave it out for the evidence of all", short(name)).In("field")
}

// own compiles a field that the node itself holds.
func (c *compiler) own(f *Field, g group, k kg.Kind, result *ast.Definition, args map[string]any) (err error) {
	switch {
	case f.Name == "name" && k.IsEntity():
		f.Op = OpName
		if langs, ok := args["lang"]; ok {
			f.Langs, err = languages(langs)
		}
	case f.Name == "certain":
		f.Op = OpCertain
	case result.Kind == ast.Object:
		f.Op = map[string]Op{"names": OpNames, "identifiers": OpIdentifiers, "location": OpLocation, "basedOn": OpBasedOn}[f.Name]
		f.Sub, err = c.structs(g.sets(), result)
	default:
		f.Op, f.Value = OpValue, k.Decl().Field(f.Name)
	}
	return err
}

// maxLanguages bounds the languages that one name is asked in.
const maxLanguages = 20

func languages(v any) ([]string, error) {
	langs, err := texts(v)
	if err == nil && len(langs) > maxLanguages {
		err = kg.Errorf(kg.BadInput, "%d languages are too many: at most %d", len(langs), maxLanguages)
	}
	for _, l := range langs {
		if err == nil {
			err = kg.CheckLanguage(l)
		}
	}
	if err != nil {
		return nil, inField("lang", err)
	}
	return langs, nil
}

// structs compiles what is selected of a type that is no node and leads to none.
func (c *compiler) structs(sets []ast.SelectionSet, t *ast.Definition) (*Selection, error) {
	return c.structsWith(sets, t, func(*Field, group) error { return nil })
}

// structsWith compiles what is selected of a type that is no node; below compiles what its fields select.
func (c *compiler) structsWith(sets []ast.SelectionSet, t *ast.Definition, below func(*Field, group) error) (*Selection, error) {
	o := &Object{Type: t.Name}
	for _, g := range c.collect(sets, t) {
		def := t.Fields.ForName(g.first().Name)
		f := c.field(g, def)
		if c.fields > MaxFields {
			return nil, c.fail(g.first(), c.tooMany())
		}
		f.Op = OpStruct
		if f.Name == "__typename" {
			f.Op, f.Text, f.NonNull = OpTypename, t.Name, true
		} else {
			c.path = append(c.path, g.key)
			err := below(f, g)
			c.path = c.path[:len(c.path)-1]
			if err != nil {
				return nil, err
			}
		}
		o.Fields = append(o.Fields, f)
	}
	return &Selection{object: o}, nil
}
