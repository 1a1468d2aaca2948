package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// statusValue writes what an agreement is on a day, from the steps that are kept with it: for each moment at which the graph
// learned something, the days from which it is something else.
func (c *compiler) statusValue(n node, on *kg.Day) string {
	day := c.named("day", int64(c.day))
	if on != nil {
		day = c.param(int64(*on))
	}
	i := c.variable("i")
	return fmt.Sprintf("reduce(s = '', %[1]s IN range(0, size(coalesce(%[2]s, [])) - 1) | CASE WHEN %[3]s[%[1]s] <= %[4]s AND %[5]s[%[1]s] <= %[6]s THEN %[2]s[%[1]s] ELSE s END)",
		i, n.prop("status"), n.prop("status_known"), c.named("known", c.moment()), n.prop("status_from"), day)
}

// status leads from an agreement to its status on a day. What decided it is shown too, so that it is decided here, from the
// facts that it rests on; where nobody reads that, from the steps.
func (c *compiler) status(n node, f *kg.Follow) followed {
	if n.class != anEntity || !n.kinds.Has(kg.Agreement) {
		return followed{"", func(*kg.Row, any) kg.Page { return c.nothing(&f.List) }}
	}
	day := c.day
	if f.On != nil {
		day = *f.On
	}
	if f.Select != nil && f.Select.Without&kg.PartEvidence != 0 && len(f.Select.Follow) == 0 {
		return followed{c.statusValue(n, f.On), func(r *kg.Row, v any) kg.Page {
			if r.Kind() != kg.Agreement {
				return c.nothing(&f.List)
			}
			return pageOf([]kg.Row{{Status: &kg.Status{On: day, Value: v.(string)}}}, &f.List, func(*kg.Row) {})
		}}
	}
	n.kinds = kg.SetOf(kg.Agreement)
	d := c.dossier(n)
	below := c.belowStatus(n, f.Select)
	return followed{"CASE WHEN " + n.name + ":" + ident(kg.Agreement.Decl().Type) + " THEN [" + d.expr + ", " + orNull(below.expr) + "] END", func(r *kg.Row, v any) kg.Page {
		if r.Kind() != kg.Agreement {
			return c.nothing(&f.List)
		}
		parts := v.([]any)
		own, others := d.read(parts[0])()
		s := kg.StatusOn(day, own, func(id kg.ID) *kg.Dossier { return others[id] })
		return pageOf([]kg.Row{{Status: &s}}, &f.List, below.read(parts[1]))
	}}
}

// dossier fetches what an agreement's status is decided from, and the dossiers of those that replace it. AsOf hides nothing
// of it: what begins later or is over by then decides too.
func (c *compiler) dossier(n node) code[func() (*kg.Dossier, map[kg.ID]*kg.Dossier)] {
	self := c.entityRow(n, nil)
	parties := c.parties(n)
	newer, replaces := c.entity(kg.SetOf(kg.Agreement)), c.fact(kg.SetOf(kg.RelatesTo))
	other, otherParties, link := c.entityRow(newer, nil), c.parties(newer), c.factRow(replaces, nil)
	expr := fmt.Sprintf("[%s, %s, COLLECT { %s RETURN [%s, %s, %s] }]", self.expr, parties.expr, c.replacing(n, newer, replaces), link.expr, other.expr, otherParties.expr)
	return code[func() (*kg.Dossier, map[kg.ID]*kg.Dossier)]{expr, func(v any) func() (*kg.Dossier, map[kg.ID]*kg.Dossier) {
		return func() (*kg.Dossier, map[kg.ID]*kg.Dossier) {
			parts := v.([]any)
			d := &kg.Dossier{Agreement: self.read(parts[0]).Entity, Parties: parties.read(parts[1])}
			others := map[kg.ID]*kg.Dossier{}
			for _, x := range parts[2].([]any) {
				found := x.([]any)
				d.Relates = append(d.Relates, link.read(found[0]).Fact)
				e := other.read(found[1]).Entity
				others[e.ID] = &kg.Dossier{Agreement: e, Parties: otherParties.read(found[2])}
			}
			return d, others
		}
	}}
}

// parties fetches the facts of those that are party to an agreement.
func (c *compiler) parties(n node) code[[]*kg.Fact] {
	f := c.fact(kg.SetOf(kg.PartyTo))
	row := c.factRow(f, nil)
	return code[[]*kg.Fact]{fmt.Sprintf("COLLECT { %s RETURN %s }", c.partyTo(n, f), row.expr), func(v any) []*kg.Fact {
		var facts []*kg.Fact
		for _, x := range v.([]any) {
			facts = append(facts, row.read(x).Fact)
		}
		return facts
	}}
}

func (c *compiler) partyTo(n, f node) string {
	return fmt.Sprintf("MATCH (%s)<-[%s:%s]-()%s", n.name, f.name, c.types(f.kinds, kg.OnlyAccepted), where(c.known(f, kg.OnlyAccepted)...))
}

// replacing binds the agreements that replace one, and the facts that say so.
func (c *compiler) replacing(n, newer, f node) string {
	return fmt.Sprintf("MATCH (%s)<-[%s:%s]-(%s)%s", n.name, f.name, c.types(f.kinds, kg.OnlyAccepted), newer.name,
		where(append(c.known(f, kg.OnlyAccepted), f.prop("type")+" = 'REPLACES'")...))
}

// belowStatus fetches what is selected of a status: what decided it, with its sources.
func (c *compiler) belowStatus(n node, s *kg.Select) code[func(*kg.Row)] {
	if s == nil {
		return code[func(*kg.Row)]{"", func(any) func(*kg.Row) { return func(*kg.Row) {} }}
	}
	below := make([]code[func(*kg.Row)], len(s.Follow))
	at := make([]int, len(s.Follow))
	var exprs []string
	for i := range s.Follow {
		f := &s.Follow[i]
		if f.Way != kg.EvidenceOf || !f.Owners.Has(kg.StatusKind) {
			continue
		}
		below[i] = c.belowEvidence(f.Select, func(source node) string { return c.sourcesOfStatus(n, source) })
		at[i] = len(exprs)
		exprs = append(exprs, orNull(below[i].expr))
	}
	expr := ""
	if len(exprs) > 0 {
		expr = "[" + joined(exprs) + "]"
	}
	return code[func(*kg.Row)]{expr, func(v any) func(*kg.Row) {
		return func(r *kg.Row) {
			r.Pages = make([]kg.Page, len(s.Follow))
			for i := range s.Follow {
				if below[i].read == nil {
					continue
				}
				r.Pages[i] = c.evidencePage(r.Status.DecidedBy, &s.Follow[i].List, below[i].read(v.([]any)[at[i]]))
			}
		}
	}}
}

// sourcesOfStatus binds all sources that may have decided an agreement's status.
func (c *compiler) sourcesOfStatus(n, source node) string {
	party, newer, replaces, further := c.fact(kg.SetOf(kg.PartyTo)), c.entity(kg.SetOf(kg.Agreement)), c.fact(kg.SetOf(kg.RelatesTo)), c.fact(kg.SetOf(kg.PartyTo))
	return fmt.Sprintf(`CALL (%[1]s) { UNWIND coalesce(%[1]s.ev_source, []) AS id RETURN id`+
		` UNION %[2]s UNWIND %[3]s.ev_source AS id RETURN id`+
		` UNION %[4]s UNWIND %[5]s.ev_source + coalesce(%[6]s.ev_source, []) AS id RETURN id`+
		` UNION %[4]s WITH %[6]s %[7]s UNWIND %[8]s.ev_source AS id RETURN id }`+
		` MATCH (%[9]s:Source {id: id})`,
		n.name, c.partyTo(n, party), party.name, c.replacing(n, newer, replaces), replaces.name, newer.name, c.partyTo(newer, further), further.name, source.name)
}
