package kg

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// story writes a history as "1A 2- 3A": an assertion or a retraction and its day.
func story(h *History) string {
	var out []string
	a, r := h.Assertions, h.Retractions
	for len(a)+len(r) > 0 {
		if len(r) == 0 || len(a) > 0 && !a[0].RecordedAt.After(r[0].At) {
			what := a[0].Values[0]
			if a[0].State == Rejected {
				what = "X"
			}
			out = append(out, fmt.Sprint(a[0].RecordedAt.Day(), what))
			a = a[1:]
		} else {
			out = append(out, fmt.Sprint(r[0].At.Day(), "-"))
			r = r[1:]
		}
	}
	return strings.Join(out, " ")
}

// tell adds to a history what a story says, each "3A" or "3-", or "3X" for A refused; with a * it is dated.
func tell(h *History, parts ...string) (changed string) {
	for _, p := range parts {
		at := time.Date(2026, 1, int(p[0]-'0'), 0, 0, 0, 0, time.UTC)
		is := false
		dated := len(p) == 3
		switch p[1] {
		case '-':
			is = h.Retract(Retraction{At: at, Dated: dated})
		case 'X':
			is = h.Assert(Assertion{RecordedAt: at, State: Rejected, Values: []Value{"A"}, Evidence: []Evidence{{Source: "source:x"}}, Dated: dated})
		default:
			is = h.Assert(Assertion{RecordedAt: at, State: Accepted, Values: []Value{p[1:2]}, Evidence: []Evidence{{Source: "source:x"}}, Dated: dated})
		}
		changed += map[bool]string{true: "+", false: "."}[is]
	}
	return changed
}

func TestSayingItAgain(t *testing.T) {
	for _, c := range []struct{ told, want, changed string }{
		{"1A 2A", "1A", "+."},
		{"1A 2B 3A", "1A 2B", "++."},
		// A file that is imported again does not undo what a person took back; who means it anew says when.
		{"1A 2- 3A", "1A 2-", "++."},
		{"1A* 2- 3A", "1A 2-", "++."},
		{"1A 2- 3A*", "1A 2- 3A", "+++"},
		{"1A 2- 3A* 4A", "1A 2- 3A", "+++."},
		{"1A 2- 3B", "1A 2- 3B", "+++"},
		{"1A 2B 3- 4A 5B", "1A 2B 3-", "+++.."},
		{"1A 2X 3A", "1A 2X", "++."},
		{"1A 2X 3A*", "1A 2X 3A", "+++"},
		{"1A 2X 3B", "1A 2X 3B", "+++"},
		{"1A 2- 3A* 4X 5A", "1A 2- 3A 4X", "++++."},
		{"1A 1- 2A", "1A 1-", "++."}, // said and taken back in one import, which then is repeated
		{"1A 2- 3-", "1A 2-", "++."},
		{"1A 2- 3A* 4-", "1A 2- 3A 4-", "++++"},
		{"1A 2- 3A* 3- 4-", "1A 2- 3A 3-", "++++."},
		// Dated retractions are kept, since what lies between them may be still to come.
		{"1A* 2-* 4-* 3A*", "1A 2- 3A 4-", "++++"},
		{"1A* 4-* 2-* 3A*", "1A 2- 3A 4-", "++++"},
		{"1A* 2-* 2-*", "1A 2-", "++."},
		{"1A* 2-* 2-", "1A 2-", "++."},
		{"1A* 2-* 3-", "1A 2-", "++."},
		{"1A* 2- 3-*", "1A 2- 3-", "+++"},
		{"1A* 1A*", "1A", "+."},
		{"1A* 1A", "1A", "+."},
		{"1A* 2A*", "1A 2A", "++"}, // an old history may say it twice
		{"1A* 2B* 3A*", "1A 2B 3A", "+++"},
		{"3A* 1A*", "1A 3A", "++"},
	} {
		h := &History{Kind: PartnersWith}
		changed := tell(h, strings.Fields(c.told)...)
		if got := story(h); got != c.want || changed != c.changed {
			t.Errorf("%s: %s (%s), want %s (%s)", c.told, got, changed, c.want, c.changed)
		}
	}
}

// An export dates everything, and several imports may bring its parts in any order.
func TestACopyOfAHistoryIsEqual(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 0))
		original := &History{Kind: PartnersWith}
		for day := 1; day < 10; day++ {
			tell(original, fmt.Sprint(day, []string{"A", "B", "-", "X", "A*", "-*"}[r.IntN(6)]))
		}
		var parts []string
		for part := range strings.FieldsSeq(story(original)) {
			parts = append(parts, part+"*")
		}
		r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		c := &History{Kind: PartnersWith}
		tell(c, parts...)
		if got, want := story(c), story(original); got != want {
			t.Errorf("seed %d: %s, want %s", seed, got, want)
		}
		if changed := tell(c, parts...); strings.Contains(changed, "+") {
			t.Errorf("seed %d: copied again, it changes %s", seed, changed)
		}
	}
}
