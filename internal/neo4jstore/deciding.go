package neo4jstore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// deciding leaves out of the parties to an agreement those without whom its status is the same on every day.
//
// [kg.StatusOn] asks of the parties whether there are one or two that have signed, entered, or remain by a day, who was the
// first to sign, and whether all are gone. Who never left is counted from a day on, so that the first two to reach each of
// these say as much as all. Who has left, or came back, is kept with all of their facts.
func deciding(agreement *kg.Entity, parties []*kg.Fact) []*kg.Fact {
	if len(parties) <= 2 {
		return parties
	}
	left := map[kg.ID]bool{}
	for _, p := range parties {
		if partyDate(p, "withdrewOn").Known() {
			left[p.From] = true
		}
	}
	keep := map[*kg.Fact]bool{}
	var stay []*kg.Fact
	signature := earliest(valueOf(agreement, "signedOn"))
	for _, p := range parties {
		role, _ := p.Value(kg.PartyTo.Decl().Field("role")).(string)
		bound := role == "SIGNATORY" || role == "ACCEDING"
		switch {
		case !bound: // and counts for nothing
		case left[p.From]:
			keep[p] = true
		default:
			stay = append(stay, p)
		}
		if bound {
			signature = min(signature, earliest(partyDate(p, "signedOn")))
		}
	}
	signatories := slices.DeleteFunc(slices.Clone(stay), func(p *kg.Fact) bool {
		role, _ := p.Value(kg.PartyTo.Decl().Field("role")).(string)
		return role != "SIGNATORY"
	})
	for _, of := range [][]*kg.Fact{stay, signatories} {
		keepFirst(of, func(p *kg.Fact) kg.Day { return begins(p.Since, kg.MinDay) }, keep)
		for _, field := range []string{"signedOn", "ratifiedOn", "inForceOn"} {
			keepFirst(of, func(p *kg.Fact) kg.Day { return begins(partyDate(p, field), kg.MaxDay) }, keep)
		}
		keepFirst(of, func(p *kg.Fact) kg.Day { return entry(p, signature) }, keep)
		// An open date may count as an entry before it counts as a beginning.
		keepFirst(of, func(p *kg.Fact) kg.Day { return max(entry(p, signature), begins(p.Since, kg.MinDay)) }, keep)
	}
	keepFirst(stay, func(p *kg.Fact) kg.Day { return earliest(partyDate(p, "signedOn")) }, keep)
	return slices.DeleteFunc(slices.Clone(parties), func(p *kg.Fact) bool { return !keep[p] })
}

// keepFirst keeps the facts of the two parties that come first by a day.
func keepFirst(parties []*kg.Fact, key func(*kg.Fact) kg.Day, keep map[*kg.Fact]bool) {
	var first, second *kg.Fact
	for _, p := range parties {
		switch {
		case first == nil || key(p) < key(first):
			if first != nil && first.From != p.From {
				second = first
			}
			first = p
		case p.From != first.From && (second == nil || key(p) < key(second)):
			second = p
		}
	}
	for _, p := range []*kg.Fact{first, second} {
		if p != nil {
			keep[p] = true
		}
	}
}

// entry is the day from which an agreement is in force for a party that does not leave it: not before a signature or
// ratification, if it can.
func entry(p *kg.Fact, signature kg.Day) kg.Day {
	date := partyDate(p, "inForceOn")
	if !date.Known() {
		return kg.MaxDay
	}
	first := date.First
	for _, act := range []kg.Day{signature, earliest(partyDate(p, "signedOn")), earliest(partyDate(p, "ratifiedOn"))} {
		if act != kg.MaxDay && act <= date.Last {
			first = max(first, act)
		}
	}
	if first == kg.MinDay {
		return date.Last
	}
	return first
}

// begins is the day from which a date counts as a beginning; unknown where it is not known.
func begins(d kg.Date, unknown kg.Day) kg.Day {
	switch {
	case !d.Known():
		return unknown
	case d.First == kg.MinDay:
		return d.Last
	}
	return d.First
}

// earliest is the first day that a date can mean, MaxDay where it is not known.
func earliest(d kg.Date) kg.Day {
	if !d.Known() {
		return kg.MaxDay
	}
	return d.First
}

func partyDate(p *kg.Fact, field string) kg.Date {
	d, _ := p.Value(kg.PartyTo.Decl().Field(field)).(kg.Date)
	return d
}

func valueOf(e *kg.Entity, field string) kg.Date {
	d, _ := e.Value(e.Kind.Decl().Field(field)).(kg.Date)
	return d
}
