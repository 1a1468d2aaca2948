package neo4jstore

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// TestDeciding leaves parties out of dossiers of chance, and wants the same status on every day on which it may change.
func TestDeciding(t *testing.T) {
	left := 0
	const first, last = kg.Day(19*365 + 300), kg.Day(31 * 365) // of the dates of chance
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := dossierOfChance(r, 1+r.IntN(30))
		few := &kg.Dossier{Agreement: d.Agreement, Parties: deciding(d.Agreement, d.Parties)}
		left += len(d.Parties) - len(few.Parties)
		for day := first; day <= last; day += 1 + kg.Day(r.IntN(40)) {
			got, want := kg.StatusOn(day, few, nil).Value, kg.StatusOn(day, d, nil).Value
			if got != want {
				t.Fatalf("seed %d: with %d of %d parties the status on %s is %s, want %s", seed, len(few.Parties), len(d.Parties), day, got, want)
			}
		}
		// It may also be what replaces another.
		other := &kg.Entity{ID: "agreement:old", Kind: kg.Agreement, Values: make([]kg.Value, len(kg.Agreement.Decl().Fields))}
		replaces := &kg.Fact{Kind: kg.RelatesTo, From: d.Agreement.ID, To: other.ID, State: kg.Accepted, Values: []kg.Value{"REPLACES"}}
		for day := first; day <= last; day += 1 + kg.Day(r.IntN(40)) {
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
	date := func() kg.Value { return dateOfChance(r) }
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

// TestSteps holds the steps of an agreement to what is decided for each day.
func TestSteps(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 2))
		d := dossierOfChance(r, 1+r.IntN(8))
		newer := dossierOfChance(r, 1+r.IntN(4))
		newer.Agreement.ID = "agreement:newer"
		relates := &kg.Fact{Kind: kg.RelatesTo, From: newer.Agreement.ID, To: d.Agreement.ID, State: kg.Accepted, Values: []kg.Value{"REPLACES"}}
		relates.Since, _ = dateOfChance(r).(kg.Date)
		d.Relates = []*kg.Fact{relates}
		at := func(facts []*kg.Fact) [][]version {
			out := make([][]version, len(facts))
			for i, f := range facts {
				out[i] = []version{{fact: f, from: early.AddDate(0, r.IntN(3), 0)}}
			}
			return out
		}
		c := &caseOf{agreement: d.Agreement, parties: at(d.Parties), relates: at(d.Relates), newer: map[kg.ID]*caseOf{newer.Agreement.ID: {agreement: newer.Agreement, parties: at(newer.Parties)}}}
		steps := c.steps()
		for _, known := range []time.Time{early.AddDate(-1, 0, 0), early, early.AddDate(0, 1, 0), endOfTime} {
			as := func(parties [][]version) (facts []*kg.Fact) {
				for _, versions := range parties {
					if !versions[0].from.After(known) {
						facts = append(facts, versions[0].fact)
					}
				}
				return facts
			}
			of := &kg.Dossier{Agreement: d.Agreement, Parties: as(c.parties), Relates: as(c.relates)}
			other := &kg.Dossier{Agreement: newer.Agreement, Parties: as(c.newer[newer.Agreement.ID].parties)}
			for day := kg.Day(19*365 + 300); day <= 31*365; day += 1 + kg.Day(r.IntN(60)) {
				got := ""
				for i := range steps.value {
					if !steps.known[i].After(known) && steps.from[i] <= int64(day) {
						got = steps.value[i]
					}
				}
				if want := kg.StatusOn(day, of, func(kg.ID) *kg.Dossier { return other }).Value; got != want {
					t.Fatalf("seed %d: on %s, as known at %s, the steps say %s, want %s", seed, day, known, got, want)
				}
			}
		}
	}
}

var early = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func dateOfChance(r *rand.Rand) kg.Value {
	d, err := kg.ParseDate(dates[r.IntN(len(dates))])
	if err != nil || !d.Known() {
		return nil
	}
	return d
}

var dates = []string{"", "", "1990", "1990-06", "1991~", "1992-03-04", "../1993", "1994/..", "1995/1997", "1998", "1999-12-31"}
