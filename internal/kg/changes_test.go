package kg

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// Stories are told in years: "1 accepted a" is an assertion of year 1 on the source a, "2 retracted" a retraction.
func TestHistoryChanges(t *testing.T) {
	for _, c := range []struct{ name, story, want string }{
		{"recorded and accepted at once", "1 accepted a", "1 RECORDED 1 ACCEPTED"},
		{"accepted later", "1 proposed a; 2 accepted a", "1 RECORDED 2 ACCEPTED"},
		{"accepted on other evidence", "1 proposed a; 2 accepted b", "1 RECORDED 2 CORROBORATED 2 ACCEPTED"},
		{"refused at once", "1 rejected a", "1 RECORDED 1 REJECTED"},
		{"refused later", "1 accepted a; 2 rejected b", "1 RECORDED 1 ACCEPTED 2 REJECTED"},
		{"said again", "1 accepted a; 2 accepted a", "1 RECORDED 1 ACCEPTED"},
		{"corroborated", "1 accepted a; 2 accepted b; 3 accepted a", "1 RECORDED 1 ACCEPTED 2 CORROBORATED"},
		{"corroborated while it waits", "1 proposed a; 2 proposed b", "1 RECORDED 2 CORROBORATED"},
		{"by two sources at once", "1 accepted a; 1 accepted b; 1 accepted c", "1 RECORDED 1 ACCEPTED 1 CORROBORATED"},
		{"a proposal adds nothing to what is accepted", "1 accepted a; 2 proposed b", "1 RECORDED 1 ACCEPTED"},
		{"until it is accepted", "1 accepted a; 2 proposed b; 3 accepted b", "1 RECORDED 1 ACCEPTED 3 CORROBORATED"},
		{"what disputes it corroborates nothing", "1 accepted a; 2 accepted -b", "1 RECORDED 1 ACCEPTED"},
		{"retracted", "1 accepted a; 2 retracted; 3 retracted", "1 RECORDED 1 ACCEPTED 2 RETRACTED"},
		{"at the moment of recording", "1 accepted a; 1 retracted", "1 RECORDED 1 ACCEPTED 1 RETRACTED"},
		{"asserted again", "1 accepted a; 2 retracted; 3 accepted b", "1 RECORDED 1 ACCEPTED 2 RETRACTED 3 RECORDED 3 ACCEPTED"},
		{"proposed again", "1 accepted a; 2 retracted; 3 proposed a", "1 RECORDED 1 ACCEPTED 2 RETRACTED 3 RECORDED"},
		{"retracted before there was anything", "1 retracted; 2 accepted a", "2 RECORDED 2 ACCEPTED"},
		{"refused and retracted", "1 rejected a; 2 retracted", "1 RECORDED 1 REJECTED 2 RETRACTED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := storyOf(c.story)
			if got := changesText(h.Changes()); got != c.want {
				t.Errorf("%s gave %s, want %s", c.story, got, c.want)
			}
			// The steps lead to the state that the fact is in, year by year.
			for year := 1; year <= 3; year++ {
				f := h.At(yearOf(year), func(ID) *Source { return nil })
				if f == nil {
					continue
				}
				state := Proposed
				for _, change := range h.Changes() {
					if !change.At.After(yearOf(year)) {
						state = map[ChangeType]State{FactRecorded: Proposed, FactCorroborated: state, FactAccepted: Accepted, FactRejected: Rejected, FactRetracted: Retracted}[change.Type]
					}
				}
				if state != f.State {
					t.Errorf("%s: the steps lead to %s in year %d, but the fact is %s", c.story, state, year, f.State)
				}
			}
		})
	}
}

func yearOf(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }

func storyOf(story string) *History {
	h := &History{Kind: LocatedIn}
	for step := range strings.SplitSeq(story, "; ") {
		words := strings.Fields(step)
		at := yearOf(int(words[0][0] - '0'))
		if words[1] == "retracted" {
			h.Retractions = append(h.Retractions, Retraction{At: at})
			continue
		}
		state := State(slices.Index(FieldState.Enum, strings.ToUpper(words[1])))
		source, disputes := strings.CutPrefix(words[2], "-")
		h.Assertions = append(h.Assertions, Assertion{RecordedAt: at, State: state, Evidence: []Evidence{{Source: ID(source), Locator: "1", Disputes: disputes}}})
	}
	return h
}

func changesText(changes []Change) string {
	var parts []string
	for _, c := range changes {
		parts = append(parts, fmt.Sprintf("%d %s", c.At.Year(), c.Type))
	}
	return strings.Join(parts, " ")
}

func TestAddChanges(t *testing.T) {
	update := func(year int, field, before, after string) Change {
		return Change{At: yearOf(year), Type: EntityUpdated, Field: field, Before: before, After: after}
	}
	created := Change{At: yearOf(1), Type: EntityCreated}
	kept := []Change{created, update(1, "a", "1", "2"), update(2, "b", "", "3")}
	same := slices.Clone(kept)
	for _, c := range []struct {
		name       string
		more, want []Change
	}{
		{"nothing", nil, kept},
		{"another field", []Change{update(2, "a", "2", "4")}, append(slices.Clone(kept), update(2, "a", "2", "4"))},
		{"a field again at one moment", []Change{update(2, "b", "3", "5")}, []Change{created, update(1, "a", "1", "2"), update(2, "b", "", "5")}},
		{"created once, at first", []Change{{At: yearOf(0), Type: EntityCreated}}, []Change{{At: yearOf(0), Type: EntityCreated}, kept[1], kept[2]}},
		{"and not again", []Change{{At: yearOf(3), Type: EntityCreated}}, kept},
		{"and back", []Change{update(2, "b", "3", "")}, []Change{created, update(1, "a", "1", "2")}},
	} {
		if got := AddChanges(kept, c.more); !slices.Equal(got, c.want) {
			t.Errorf("%s: AddChanges gave %v, want %v", c.name, got, c.want)
		}
		if !slices.Equal(kept, same) {
			t.Fatalf("%s: AddChanges changed what was kept to %v", c.name, kept)
		}
	}
}

func TestEntityChangesOfOrder(t *testing.T) {
	entity := func(names ...string) *Entity {
		e := &Entity{Kind: Country, Values: make([]Value, len(Country.Decl().Fields))}
		for _, n := range names {
			e.Names = append(e.Names, Name{Value: n, Kind: Alias})
			e.Others = append(e.Others, Identifier{"OTHER", n})
		}
		return e
	}
	before := entity("a", "b", "c")
	before.Others = slices.Clone(before.Others)
	slices.Reverse(before.Others)
	after := entity("a", "c", "b")
	if got := EntityChanges(before, after, after, nil, yearOf(1)); got != nil {
		t.Errorf("names and identifiers in another order gave %v, want no change", got)
	}
}

// What a record tells of its changes stands in the place of what it would change; what it does not tell of is added.
func TestEntityChangesThatAreTold(t *testing.T) {
	city := func(population int64, year int) *Entity {
		return &Entity{Kind: City, Names: []Name{{Value: "a", Kind: Primary}}, Values: []Value{population}, Evidence: []Evidence{{RecordedAt: yearOf(year)}}}
	}
	grew := func(year int, before, after string) Change {
		return Change{At: yearOf(year), By: ByImport, Type: EntityUpdated, Field: "population", Before: before, After: after}
	}
	created := func(year int) Change { return Change{At: yearOf(year), By: ByImport, Type: EntityCreated} }
	told := []Change{created(1), grew(2, "5", "7")}
	for _, c := range []struct {
		name   string
		before *Entity
		told   []Change
		want   []Change
	}{
		{"nothing is told", city(5, 1), nil, []Change{grew(3, "5", "7")}},
		{"all is told", city(5, 1), told, told},
		{"it is known", city(7, 2), told, told},
		{"it is new", nil, told, told},
		{"it is new, and that is not told", nil, told[1:], []Change{created(3), told[1]}},
		{"it comes to something else", city(5, 1), []Change{created(1), grew(2, "5", "6")}, []Change{grew(3, "5", "7"), created(1), grew(2, "5", "6")}},
	} {
		record := city(7, 3)
		if got := EntityChanges(c.before, record, record, c.told, yearOf(9)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A record makes an entity with its changes again, and tells of them only where it has to.
func TestRecordOfAnEntity(t *testing.T) {
	for _, c := range []struct {
		name    string
		years   []int // of its evidence
		changes []Change
		tells   bool
	}{
		{"created with its evidence", []int{1, 2}, []Change{{At: yearOf(2), By: ByImport, Type: EntityCreated}}, false},
		{"and before it", []int{1, 2}, []Change{{At: yearOf(1), By: ByImport, Type: EntityCreated}}, true},
		{"without evidence", nil, []Change{{At: yearOf(3), By: ByImport, Type: EntityCreated}}, true},
		{"updated", []int{1}, []Change{{At: yearOf(2), By: ByImport, Type: EntityUpdated, Field: "a", After: "1"}, {At: yearOf(1), By: ByImport, Type: EntityCreated}}, true},
	} {
		e := &Entity{Kind: Country, Names: []Name{{Value: "a", Kind: Primary}}}
		for _, year := range c.years {
			e.Evidence = append(e.Evidence, Evidence{RecordedAt: yearOf(year)})
		}
		r := e.Record(c.changes)
		if tells := r.Changes != nil; tells != c.tells || r.Entity.Evidence == nil {
			t.Errorf("%s: it tells %v, and has the evidence %#v", c.name, r.Changes, r.Entity.Evidence)
		}
		got := EntityChanges(nil, r.Entity, r.Entity, r.Changes, yearOf(9))
		slices.SortFunc(c.changes, func(a, b Change) int { return a.At.Compare(b.At) })
		if !slices.Equal(got, c.changes) {
			t.Errorf("%s: the record makes %v, want %v", c.name, got, c.changes)
		}
	}
}
