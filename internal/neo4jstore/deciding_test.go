package neo4jstore

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// TestDeciding leaves parties out of dossiers of chance, and wants the same status on every day on which it may change.
func TestDeciding(t *testing.T) {
	left := 0
	for seed := range uint64(1_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := dossierOfChance(r, 13+r.IntN(30))
		few := &kg.Dossier{Agreement: d.Agreement, Parties: deciding(d.Agreement, d.Parties)}
		left += len(d.Parties) - len(few.Parties)
		for _, day := range daysOf(d, nil) {
			got, want := kg.StatusOn(day, few, nil).Value, kg.StatusOn(day, d, nil).Value
			if got != want {
				t.Fatalf("seed %d: with %d of %d parties the status on %s is %s, want %s", seed, len(few.Parties), len(d.Parties), day, got, want)
			}
		}
		// It may also be what replaces another.
		other := &kg.Entity{ID: "agreement:old", Kind: kg.Agreement, Values: make([]kg.Value, len(kg.Agreement.Decl().Fields))}
		replaces := &kg.Fact{Kind: kg.RelatesTo, From: d.Agreement.ID, To: other.ID, State: kg.Accepted, Values: []kg.Value{"REPLACES"}}
		for _, day := range daysOf(d, nil) {
			old := &kg.Dossier{Agreement: other, Relates: []*kg.Fact{replaces}}
			got := kg.StatusOn(day, old, func(kg.ID) *kg.Dossier { return few }).Value
			if want := kg.StatusOn(day, old, func(kg.ID) *kg.Dossier { return d }).Value; got != want {
				t.Fatalf("seed %d: what it replaces is %s on %s, want %s", seed, got, day, want)
			}
		}
	}
	if left == 0 {
		t.Error("nothing was ever left out")
	}
}

func dossierOfChance(r *rand.Rand, parties int) *kg.Dossier {
	dates := []string{"", "", "1990", "1990-06", "1991~", "1992-03-04", "../1993", "1994/..", "1995/1997", "1998", "1999-12-31"}
	date := func() kg.Value {
		d, err := kg.ParseDate(dates[r.IntN(len(dates))])
		if err != nil || !d.Known() {
			return nil
		}
		return d
	}
	e := &kg.Entity{ID: "agreement:x", Kind: kg.Agreement, Values: make([]kg.Value, len(kg.Agreement.Decl().Fields))}
	for i, f := range kg.Agreement.Decl().Fields {
		if f.Type == kg.Dated && r.IntN(4) == 0 {
			e.Values[i] = date()
		}
	}
	d := &kg.Dossier{Agreement: e}
	leave := r.IntN(3) // how many leave: none, some, many
	for i := range parties {
		f := &kg.Fact{ID: kg.ID(fmt.Sprint("party_to:", i)), Kind: kg.PartyTo, From: kg.ID(fmt.Sprint("country:", r.IntN(parties))), To: e.ID, State: kg.Accepted}
		f.Values = make([]kg.Value, len(kg.PartyTo.Decl().Fields))
		for j, field := range kg.PartyTo.Decl().Fields {
			switch {
			case field.Name == "role":
				f.Values[j] = []string{"SIGNATORY", "ACCEDING", "SIGNATORY", "OBSERVER"}[r.IntN(4)]
			case field.Name == "withdrewOn" && r.IntN(6) >= 2*leave:
			case field.Type == kg.Dated:
				f.Values[j] = date()
			}
		}
		for _, name := range []string{"inForceOn", "ratifiedOn", "signedOn"} {
			if date := partyDate(f, name); date.Known() && !f.Since.Known() {
				f.Since = date
			}
		}
		d.Parties = append(d.Parties, f)
	}
	return d
}
