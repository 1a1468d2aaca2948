package kg

import (
	"reflect"
	"slices"
	"strconv"
	"testing"
)

// Histories are told as what was recorded, one thing each: a day of January 2026, then "-" for a retraction, or the source and
// what it says: since=, until=, fields of the kind, a state, "dated" where the record itself says when, sure= for how sure the reading is, "against" where it disputes.
// A source may have its place in it after a dot; a comma joins several in one assertion.
//
// What is wanted reads as knownText writes it: evidence with the day on which it was recorded.
var historyCases = []struct {
	name string
	kind Kind // PARTNERS_WITH, unless it says otherwise
	told []string
	want []string
}{
	{name: "recorded", told: []string{"2 a since=2002 until=2010"}, want: []string{
		"1 nothing",
		"2 ACCEPTED 0.9 since 2002 until 2010, recorded 2, accepted 2, by a2",
		"9 ACCEPTED 0.9 since 2002 until 2010, recorded 2, accepted 2, by a2",
	}},
	{name: "without dates", told: []string{"2 a"}, want: []string{"2 ACCEPTED 0.9, recorded 2, accepted 2, by a2"}},
	{name: "a reading that is not sure", told: []string{"2 a sure=0.5"}, want: []string{"2 ACCEPTED 0.45, recorded 2, accepted 2, by a2"}},
	{name: "a source that the graph lacks", told: []string{"2 nobody since=2002"}, want: []string{"2 ACCEPTED 0 since 2002, recorded 2, accepted 2, by nobody2"}},

	// One source, more and more exact.
	{name: "refined", told: []string{"2 a.x since=2002", "4 a.y since=2002-05-07"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a.x2",
		"4 ACCEPTED 0.9 since 2002-05-07, recorded 2, accepted 2, by a.y4 a.x2",
	}},
	{name: "corrected: the same source says otherwise", told: []string{"2 a.x since=2002", "4 a.y since=2003"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a.x2",
		"4 ACCEPTED 0.9 since 2003, recorded 2, accepted 2, by a.y4 a.x2",
	}},
	{name: "corrected from the same sentence", told: []string{"2 a since=2002", "4 a since=2003"}, want: []string{
		"4 ACCEPTED 0.9 since 2003, recorded 2, accepted 2, by a2",
	}},
	{name: "corrected by a less sure reading", told: []string{"2 a.x since=2002", "4 a.y since=2003 sure=0.5"}, want: []string{
		"4 ACCEPTED 0.9 since 2003, recorded 2, accepted 2, by a.y4 a.x2",
	}},
	{name: "one place read again, less surely", told: []string{"2 a since=2002", "4 a since=2002 sure=0.5"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a2",
		"4 ACCEPTED 0.45 since 2002, recorded 2, accepted 2, by a2",
	}},
	{name: "completed: the same source says more", told: []string{"2 a.x since=2002", "4 a.y until=2010"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a.x2",
		"4 ACCEPTED 0.9 since 2002 until 2010, recorded 2, accepted 2, by a.x2 a.y4",
	}},
	{name: "silence denies nothing", told: []string{"2 a.x since=2002", "4 a.y"}, want: []string{
		"4 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a.x2 a.y4",
	}},
	{name: "two rows of one import", told: []string{"2 a.x since=2002", "2 a.y until=2010"}, want: []string{
		"2 ACCEPTED 0.9 since 2002 until 2010, recorded 2, accepted 2, by a.x2 a.y2",
	}},
	{name: "a correction that the older end can't go with", told: []string{"2 a.x since=2002 until=2005", "4 a.y since=2010"}, want: []string{
		"4 ACCEPTED 0.9 since 2010, recorded 2, accepted 2, by a.y4 a.x2",
	}},
	{name: "one source, several places at once", told: []string{"2 a.x,a.y since=2002"}, want: []string{
		"2 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a.x2 a.y2",
	}},

	// Several sources.
	{name: "corroborated", told: []string{"2 a since=2002", "4 b since=2002"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a2",
		"4 ACCEPTED 0.97 since 2002, recorded 2, accepted 2, by a2 b4",
	}},
	{name: "corroborated at once", told: []string{"2 a,b since=2002"}, want: []string{"2 ACCEPTED 0.97 since 2002, recorded 2, accepted 2, by a2 b2"}},
	{name: "corroborated by a reprint of the same", told: []string{"2 b since=2002", "4 reprint since=2002"}, want: []string{
		"4 ACCEPTED 0.8 since 2002, recorded 2, accepted 2, by reprint4 b2",
	}},
	{name: "corroborated by one that gives no date", told: []string{"2 b since=2002", "4 a"}, want: []string{
		"4 ACCEPTED 0.97 since 2002, recorded 2, accepted 2, by a4 b2",
	}},
	{name: "one gives the beginning, another the end", told: []string{"2 b since=2002", "4 a until=2010"}, want: []string{
		"4 ACCEPTED 0.97 since 2002 until 2010, recorded 2, accepted 2, by a4 b2",
	}},
	{name: "the same days in other words", told: []string{"2 b since=2002", "3 c since=2002/2002", "4 a since=2003"}, want: []string{
		"4 ACCEPTED 0.991 since 2002/2002, recorded 2, accepted 2, by b2 c3 a4",
	}},
	{name: "contradicted by a surer one", told: []string{"2 b since=2002", "4 a since=2003"}, want: []string{
		"3 ACCEPTED 0.7 since 2002, recorded 2, accepted 2, by b2",
		"4 ACCEPTED 0.97 since 2003, recorded 2, accepted 2, by a4 b2",
	}},
	{name: "contradicted by a less sure one", told: []string{"2 a since=2002", "4 b since=2003"}, want: []string{
		"4 ACCEPTED 0.97 since 2002, recorded 2, accepted 2, by a2 b4",
	}},
	{name: "contradicted by one as sure: the last is shown", told: []string{"2 b since=2002", "4 c since=2003"}, want: []string{
		"4 ACCEPTED 0.91 since 2003, recorded 2, accepted 2, by c4 b2",
	}},
	{name: "contradicted by two that agree", told: []string{"2 a since=2002", "4 b since=2003", "5 c since=2003"}, want: []string{
		"4 ACCEPTED 0.97 since 2002, recorded 2, accepted 2, by a2 b4",
		"5 ACCEPTED 0.991 since 2003, recorded 2, accepted 2, by b4 c5 a2",
	}},
	{name: "two that agree in the beginning, and one of them gives an end", told: []string{"2 b since=2002 until=2010", "3 c since=2002", "4 d since=2003"}, want: []string{
		"4 ACCEPTED 0.955 since 2002 until 2010, recorded 2, accepted 2, by b2 c3 d4",
	}},
	{name: "the end of another version of it is not taken over", told: []string{"2 b since=2002 until=2005", "4 a since=2003"}, want: []string{
		"4 ACCEPTED 0.97 since 2003, recorded 2, accepted 2, by a4 b2",
	}},
	{name: "an end before the beginning is not taken over", told: []string{"2 b until=2001", "4 a since=2003"}, want: []string{
		"4 ACCEPTED 0.97 since 2003, recorded 2, accepted 2, by a4 b2",
	}},
	{name: "corrected until it agrees", told: []string{"2 b.x since=2002", "3 a since=2003", "4 b.y since=2003"}, want: []string{
		"3 ACCEPTED 0.97 since 2003, recorded 2, accepted 2, by a3 b.x2",
		"4 ACCEPTED 0.97 since 2003, recorded 2, accepted 2, by a3 b.y4 b.x2",
	}},
	{name: "the newest word of a source does not count twice", told: []string{"2 b.x since=2002", "3 b.y since=2003", "4 c since=2002"}, want: []string{
		"4 ACCEPTED 0.91 since 2002, recorded 2, accepted 2, by b.x2 c4 b.y3",
	}},

	// Evidence against.
	{name: "disputed", told: []string{"2 b since=2002", "4 a against"}, want: []string{
		"4 ACCEPTED 0.7 since 2002, recorded 2, accepted 2, by b2 -a4",
	}},
	{name: "disputed by its own source", told: []string{"2 a.x since=2002", "4 a.y since=2003 against"}, want: []string{
		"4 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a.x2 -a.y4",
	}},
	{name: "nothing but disputed", told: []string{"2 a since=2002 against"}, want: []string{"2 ACCEPTED 0 since 2002, recorded 2, accepted 2, by -a2"}},

	// Fields of the kind.
	{name: "a field from another source", told: []string{"2 a since=2002", "4 b basis=agreement:x"}, want: []string{
		"4 ACCEPTED 0.97 since 2002 basis agreement:x, recorded 2, accepted 2, by a2 b4",
	}},
	{name: "a field contradicted", told: []string{"2 b basis=agreement:x", "4 a basis=agreement:y"}, want: []string{
		"4 ACCEPTED 0.97 basis agreement:y, recorded 2, accepted 2, by a4 b2",
	}},
	{name: "an amount does not take another's currency", kind: InvestsIn, told: []string{"2 b amount=100 currency=USD", "4 a amount=90 currency=EUR"}, want: []string{
		"4 ACCEPTED 0.97 amount 90 currency EUR, recorded 2, accepted 2, by a4 b2",
	}},

	// Review.
	{name: "proposed", told: []string{"2 a PROPOSED since=2002"}, want: []string{"2 PROPOSED 0.9 since 2002, recorded 2, by a2"}},
	{name: "proposed, then accepted", told: []string{"2 a PROPOSED since=2002", "4 a since=2002"}, want: []string{
		"3 PROPOSED 0.9 since 2002, recorded 2, by a2",
		"4 ACCEPTED 0.9 since 2002, recorded 2, accepted 4, by a4",
	}},
	{name: "proposed, then refused", told: []string{"2 a PROPOSED since=2002", "4 a REJECTED since=2002"}, want: []string{
		"4 REJECTED 0.9 since 2002, recorded 2, by a2",
	}},
	{name: "a proposal adds nothing to what is accepted", told: []string{"2 b since=2002", "4 a PROPOSED since=2003"}, want: []string{
		"4 ACCEPTED 0.7 since 2002, recorded 2, accepted 2, by b2",
	}},
	{name: "two proposals add up", told: []string{"2 a PROPOSED since=2002", "4 b PROPOSED since=2002"}, want: []string{
		"4 PROPOSED 0.97 since 2002, recorded 2, by a2 b4",
	}},
	{name: "accepted twice: since the first time", told: []string{"2 a since=2002", "4 b since=2002"}, want: []string{
		"4 ACCEPTED 0.97 since 2002, recorded 2, accepted 2, by a2 b4",
	}},
	{name: "accepted, then refused", told: []string{"2 a since=2002", "4 a REJECTED since=2002"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a2",
		"4 REJECTED 0.9 since 2002, recorded 2, by a2",
	}},
	{name: "refused, then proposed by another", told: []string{"2 a REJECTED since=2002", "4 b PROPOSED since=2003"}, want: []string{
		"4 PROPOSED 0.7 since 2003, recorded 2, by b4",
	}},
	{name: "what was refused does not come back with another", told: []string{"2 a since=2002", "3 a REJECTED since=2002", "4 b since=2003"}, want: []string{
		"4 ACCEPTED 0.7 since 2003, recorded 2, accepted 4, by b4",
	}},

	// Retraction.
	{name: "retracted", told: []string{"2 a since=2002", "4 -"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a2",
		"4 RETRACTED 0.9 since 2002, recorded 2, accepted 2, retracted 4, by a2",
		"9 RETRACTED 0.9 since 2002, recorded 2, accepted 2, retracted 4, by a2",
	}},
	{name: "retracted at the moment of its recording", told: []string{"2 a since=2002", "2 -"}, want: []string{
		"2 RETRACTED 0.9 since 2002, recorded 2, accepted 2, retracted 2, by a2",
	}},
	{name: "retracted twice: since the first time", told: []string{"2 a", "4 -", "6 -"}, want: []string{"9 RETRACTED 0.9, recorded 2, accepted 2, retracted 4, by a2"}},
	{name: "a proposal retracted", told: []string{"2 a PROPOSED", "4 -"}, want: []string{"4 RETRACTED 0.9, recorded 2, retracted 4, by a2"}},
	{name: "imported again", told: []string{"2 a since=2002", "4 -", "6 a since=2002"}, want: []string{
		"9 RETRACTED 0.9 since 2002, recorded 2, accepted 2, retracted 4, by a2",
	}},
	{name: "imported again after a refusal", told: []string{"2 a since=2002", "4 a REJECTED since=2002", "6 a since=2002"}, want: []string{
		"9 REJECTED 0.9 since 2002, recorded 2, by a2",
	}},
	{name: "asserted anew after a refusal", told: []string{"2 a since=2002", "4 a REJECTED since=2002", "6 a dated since=2002"}, want: []string{
		"9 ACCEPTED 0.9 since 2002, recorded 2, accepted 6, by a6",
	}},
	{name: "a dated record of before the retraction", told: []string{"2 a since=2002", "4 -", "3 a dated since=2002"}, want: []string{
		"9 RETRACTED 0.9 since 2002, recorded 2, accepted 2, retracted 4, by a2",
	}},
	{name: "the same place, another date", told: []string{"2 a since=2002", "4 -", "6 a since=2003"}, want: []string{
		"9 ACCEPTED 0.9 since 2003, recorded 2, accepted 6, by a6",
	}},
	{name: "asserted anew", told: []string{"2 a since=2002", "4 -", "6 a dated since=2002"}, want: []string{
		"5 RETRACTED 0.9 since 2002, recorded 2, accepted 2, retracted 4, by a2",
		"6 ACCEPTED 0.9 since 2002, recorded 2, accepted 6, by a6",
	}},
	{name: "what was retracted does not come back with another", told: []string{"2 a since=2002", "4 -", "6 b since=2010"}, want: []string{
		"3 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a2",
		"6 ACCEPTED 0.7 since 2010, recorded 2, accepted 6, by b6",
	}},
	{name: "asserted anew, and corroborated", told: []string{"2 a since=2002", "4 -", "6 b since=2010", "7 c since=2010"}, want: []string{
		"7 ACCEPTED 0.91 since 2010, recorded 2, accepted 6, by b6 c7",
	}},
	{name: "proposed anew", told: []string{"2 a since=2002", "4 -", "6 b PROPOSED since=2010"}, want: []string{
		"6 PROPOSED 0.7 since 2010, recorded 2, by b6",
	}},
	{name: "retracted again", told: []string{"2 a since=2002", "4 -", "6 b since=2010", "8 -"}, want: []string{
		"5 RETRACTED 0.9 since 2002, recorded 2, accepted 2, retracted 4, by a2",
		"7 ACCEPTED 0.7 since 2010, recorded 2, accepted 6, by b6",
		"8 RETRACTED 0.7 since 2010, recorded 2, accepted 6, retracted 8, by b6",
	}},

	// Said again.
	{name: "the same again", told: []string{"2 a since=2002", "4 a since=2002"}, want: []string{"9 ACCEPTED 0.9 since 2002, recorded 2, accepted 2, by a2"}},
	{name: "the same again after a correction", told: []string{"2 a.x since=2002", "4 a.y since=2003", "6 a.x since=2002"}, want: []string{
		"9 ACCEPTED 0.9 since 2003, recorded 2, accepted 2, by a.y4 a.x2",
	}},

	// A party's dates are those of its fact.
	{name: "party: in force", kind: PartyTo, told: []string{"2 a signedOn=2001 ratifiedOn=2002 inForceOn=2003 withdrewOn=2010"}, want: []string{
		"2 ACCEPTED 0.9 since 2003 until 2010 signedOn 2001 ratifiedOn 2002 inForceOn 2003 withdrewOn 2010, recorded 2, accepted 2, by a2",
	}},
	{name: "party: ratified", kind: PartyTo, told: []string{"2 a signedOn=2001 ratifiedOn=2002"}, want: []string{
		"2 ACCEPTED 0.9 since 2002 signedOn 2001 ratifiedOn 2002, recorded 2, accepted 2, by a2",
	}},
	{name: "party: signed", kind: PartyTo, told: []string{"2 a signedOn=2001-05"}, want: []string{"2 ACCEPTED 0.9 since 2001-05 signedOn 2001-05, recorded 2, accepted 2, by a2"}},
	{name: "party: undated", kind: PartyTo, told: []string{"2 a"}, want: []string{"2 ACCEPTED 0.9, recorded 2, accepted 2, by a2"}},
	{name: "party: withdrew, nobody says since when", kind: PartyTo, told: []string{"2 a withdrewOn=2010"}, want: []string{"2 ACCEPTED 0.9 until 2010 withdrewOn 2010, recorded 2, accepted 2, by a2"}},
	{name: "party: a register with a row for each step", kind: PartyTo, told: []string{"2 a.x signedOn=2001", "2 a.y ratifiedOn=2002", "4 a.z inForceOn=2003"}, want: []string{
		"3 ACCEPTED 0.9 since 2002 signedOn 2001 ratifiedOn 2002, recorded 2, accepted 2, by a.x2 a.y2",
		"4 ACCEPTED 0.9 since 2003 signedOn 2001 ratifiedOn 2002 inForceOn 2003, recorded 2, accepted 2, by a.x2 a.y2 a.z4",
	}},
	{name: "party: a ratification before the signature is not taken over", kind: PartyTo, told: []string{"2 b ratifiedOn=1999", "4 a signedOn=2001"}, want: []string{
		"4 ACCEPTED 0.97 since 2001 signedOn 2001, recorded 2, accepted 2, by a4 b2",
	}},
}

func TestHistoryAt(t *testing.T) {
	for _, c := range historyCases {
		t.Run(c.name, func(t *testing.T) {
			if c.kind == NoKind {
				c.kind = PartnersWith
			}
			h := newStory(c.kind)
			for _, told := range c.told {
				tellStory(t, h, told)
			}
			for _, want := range c.want {
				if got := knownText(h, want[:1]); got != want {
					t.Errorf("\ngot  %s\nwant %s", got, want)
				}
			}
			checkCopies(t, h)
			checkNothingLater(t, h)
		})
	}
}

// checkCopies holds that neither the order in which a history is told, nor telling it twice, makes a difference.
func checkCopies(t *testing.T, h *History) {
	t.Helper()
	told := newStory(h.Kind)
	for _, a := range slices.Backward(h.Assertions) {
		a.Dated = true
		told.Assert(a)
		if told.Assert(a) {
			t.Error("an assertion that was there already has changed the history")
		}
	}
	for _, r := range slices.Backward(h.Retractions) {
		r.Dated = true
		told.Retract(r)
		if told.Retract(r) {
			t.Error("a retraction that was there already has changed the history")
		}
	}
	for day := range 10 {
		if got, want := knownText(told, strconv.Itoa(day)), knownText(h, strconv.Itoa(day)); got != want {
			t.Errorf("told backwards:\ngot  %s\nwant %s", got, want)
		}
	}
}

// checkNothingLater holds that what was recorded later does not show earlier: a fact of a moment is that of a history which
// ends there.
func checkNothingLater(t *testing.T, h *History) {
	t.Helper()
	for day := 1; day < 10; day++ {
		moment := storyDay(day)
		ends := newStory(h.Kind)
		ends.Assertions = slices.DeleteFunc(slices.Clone(h.Assertions), func(a Assertion) bool { return a.RecordedAt.After(moment) })
		ends.Retractions = slices.DeleteFunc(slices.Clone(h.Retractions), func(r Retraction) bool { return r.At.After(moment) })
		if got, want := h.At(moment, storySource), ends.At(moment, storySource); !reflect.DeepEqual(got, want) {
			t.Errorf("known on day %d:\ngot  %+v\nwant %+v, as if nothing had come after it", day, got, want)
		}
	}
}

// TestAtOfEqualMoments holds that of records of one moment the order in which they come does not show.
func TestAtOfEqualMoments(t *testing.T) {
	told := []string{"2 a since=2002", "2 b since=2003", "2 c since=2003 until=2010", "2 a.x since=2004", "2 d PROPOSED since=2001"}
	var want string
	for range len(told) {
		told = append(told[1:], told[0])
		for range 2 {
			slices.Reverse(told)
			h := newStory(PartnersWith)
			for _, s := range told {
				tellStory(t, h, s)
			}
			got := knownText(h, "2")
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("told as %q:\ngot  %s\nwant %s", told, got, want)
			}
		}
	}
}

// TestAtLeavesHistory holds that reading a history does not change it.
func TestAtLeavesHistory(t *testing.T) {
	build := func() *History {
		h := newStory(PartnersWith)
		for _, s := range []string{"2 a PROPOSED since=2002", "3 b.x,b.y until=2010", "4 -", "5 c against", "6 a since=2003"} {
			tellStory(t, h, s)
		}
		return h
	}
	h := build()
	for day := range 10 {
		if f := h.At(storyDay(day), storySource); f != nil {
			f.Values[0], f.Evidence[0].Source = "changed", "changed"
		}
	}
	if want := build(); !reflect.DeepEqual(h, want) {
		t.Errorf("got  %+v\nwant %+v", h, want)
	}
}
