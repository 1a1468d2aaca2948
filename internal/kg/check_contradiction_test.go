package kg_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// told makes a record of a "fact", an "entity" or one without evidence ("bare") and what it says: since=, until=, basis=, name=, population=, description=, at= for
// the day of January on which it was recorded, source=, a state or "against" where it disputes.
func told(t *testing.T, text string) kg.Record {
	t.Helper()
	words := strings.Fields(text)
	f := &kg.FactRecord{Kind: kg.PartnersWith, From: "city:cn-jinan", To: "city:fr-rennes"}
	f.State, f.Values = kg.Accepted, []kg.Value{"TWIN", nil, nil}
	e := &kg.Entity{ID: "city:x", Names: []kg.Name{{Value: "X", Kind: kg.Primary}}, Values: []kg.Value{nil}}
	ev := kg.Evidence{Source: "source:report", Locator: text}
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "since":
			f.Since = date(t, value)
		case "until":
			f.Until = date(t, value)
		case "basis":
			f.Values[1] = kg.ID(value)
		case "name":
			e.Names[0].Value = value
		case "description":
			e.Description = value
		case "population":
			var n int64
			fmt.Sscan(value, &n)
			e.Values[0] = n
		case "at":
			var day int
			fmt.Sscan(value, &day)
			ev.RecordedAt = time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC)
			f.RecordedAt = ev.RecordedAt
		case "source":
			ev.Source = kg.ID("source:" + value)
		case "field":
			ev.Field = value
		case "PROPOSED":
			f.State = kg.Proposed
		case "against":
			ev.Disputes = true
		default:
			t.Fatalf("%s in %q", key, text)
		}
	}
	if words[0] == "fact" {
		f.Evidence = []kg.Evidence{ev}
		return kg.Record{Fact: f}
	}
	if words[0] == "entity" {
		e.Evidence = []kg.Evidence{ev}
	}
	return kg.Record{Entity: e}
}

// Who says two things at once, and not which of them is newer, has said neither: what counts would hang on how the lines are
// sorted.
func TestContradictionsAtOneMoment(t *testing.T) {
	const (
		fact   = " in another record of this fact, from source:report at the same moment: "
		entity = " in another record of this entity, from source:report at the same moment: "
		do     = "correct one of them, or give both a recordedAt, the later one to the record that corrects the other"
	)
	for _, c := range []struct {
		name string
		told []string
		want []string // why each is refused; "" for one that is taken
	}{
		{"since", []string{"fact since=2002", "fact since=2003"},
			[]string{`since: it is 2002 here and 2003` + fact + do, `since: it is 2003 here and 2002` + fact + do}},
		{"until", []string{"fact until=2002", "fact until=2003"},
			[]string{`until: it is 2002 here and 2003` + fact + do, `until: it is 2003 here and 2002` + fact + do}},
		{"a field", []string{"fact basis=agreement:a", "fact basis=agreement:b"},
			[]string{`basis: it is "agreement:a" here and "agreement:b"` + fact + do, `basis: it is "agreement:b" here and "agreement:a"` + fact + do}},
		{"recorded at one moment", []string{"fact since=2002 at=5", "fact since=2003 at=5"},
			[]string{`since: it is 2002 here and 2003` + fact + do, `since: it is 2003 here and 2002` + fact + do}},
		{"dates that can't go together", []string{"fact since=2005", "fact until=2001"},
			[]string{"until: what the records of this fact say at one moment can't be true at once: 2001 lies before since 2005: correct one of them, or leave out what is not known",
				"until: what the records of this fact say at one moment can't be true at once: 2001 lies before since 2005: correct one of them, or leave out what is not known"}},
		{"one moment, two of three", []string{"fact since=2002", "fact until=2010", "fact since=2003"},
			[]string{`since: it is 2002 here and 2003` + fact + do, "", `since: it is 2003 here and 2002` + fact + do}},
		{"population", []string{"entity population=5", "entity population=3"},
			[]string{`population: it is 5 here and 3` + entity + do, `population: it is 3 here and 5` + entity + do}},
		{"a name", []string{"entity name=Jinan", "entity name=Tsinan"},
			[]string{`name: it is "Jinan" here and "Tsinan"` + entity + do, `name: it is "Tsinan" here and "Jinan"` + entity + do}},
		{"a description", []string{"entity description=A", "entity description=B"},
			[]string{`description: it is "A" here and "B"` + entity + do, `description: it is "B" here and "A"` + entity + do}},
		{"entities without evidence", []string{"bare population=5", "bare population=3"},
			[]string{`population: it is 5 here and 3 in another record of this entity, without evidence at the same moment: ` + do,
				`population: it is 3 here and 5 in another record of this entity, without evidence at the same moment: ` + do}},

		{"silence", []string{"fact since=2002", "fact until=2010", "fact"}, nil},
		{"the same", []string{"fact since=2002", "fact since=2002 until=2010"}, nil},
		{"the same days in other words", []string{"fact since=2002", "fact since=2002/2002"}, nil},
		{"a correction", []string{"fact since=2002 at=4", "fact since=2003 at=5"}, nil},
		{"a correction of what is older", []string{"fact since=2002 at=4", "fact since=2003"}, nil},
		{"other sources", []string{"fact since=2002", "fact since=2003 source=other"}, nil},
		{"a proposal", []string{"fact since=2002", "fact since=2003 PROPOSED"}, nil},
		{"one disputes", []string{"fact since=2002", "fact since=2003 against"}, nil},
		{"entities: silence", []string{"entity population=5", "entity description=A"}, nil},
		{"entities: a correction", []string{"entity population=5 at=4", "entity population=3 at=5"}, nil},
		{"entities: other sources", []string{"entity population=5", "entity population=3 source=other"}, nil},
		{"entities: other sources of the field", []string{"entity population=5 field=population", "entity population=3 field=name"}, nil},
	} {
		for range 2 {
			catalog := newCatalog(storetest.Reference())
			apply(t, catalog, append(twoCities(), source("other", ""), agreementNamed("a"), agreementNamed("b"))...)
			var records []kg.Record
			for _, text := range c.told {
				records = append(records, told(t, text))
			}
			refused := apply(t, catalog, records...)
			for i := range records {
				want := ""
				if c.want != nil {
					want = c.want[i]
				}
				if refused[i] != want {
					t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.told[i], refused[i], want)
				}
			}
			slices.Reverse(c.told)
			slices.Reverse(c.want)
		}
	}
}

func agreementNamed(key string) kg.Record {
	r := entity("agreement:"+key, key)
	r.Entity.Values = make([]kg.Value, len(kg.Agreement.Decl().Fields))
	for i, f := range kg.Agreement.Decl().Fields {
		if f.Required {
			r.Entity.Values[i] = f.Enum[0]
		}
	}
	return r
}

// A record that contradicts costs no more than its own: many of them are no way to keep the program busy.
func TestManyContradictions(t *testing.T) {
	catalog := newCatalog(storetest.Reference())
	apply(t, catalog, twoCities()...)
	var records []kg.Record
	for i := range 20_000 {
		r := told(t, fmt.Sprint("fact since=", 1000+i%9000))
		records = append(records, r)
	}
	begin := time.Now()
	if n := len(apply(t, catalog, records...)); n != len(records) {
		t.Errorf("%d are refused, want %d", n, len(records))
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
