package spelling

import (
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	words := []string{"id", "name", "country", "county", "city", "since", "until", "recordedAt"}
	for misspelt, want := range map[string]string{
		"contry":                     "country",
		"Country":                    "country",
		"ID":                         "id",
		"sicne":                      "since",
		"recorded_at":                "recordedAt",
		"untill":                     "until",
		"nothing":                    "",
		"":                           "",
		"i":                          "",
		strings.Repeat("a", 100_000): "",
	} {
		if got := Nearest(misspelt, words); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", misspelt, got, want)
		}
	}
	if got := Nearest("name", nil); got != "" {
		t.Errorf("of no words %q is near", got)
	}
}

// Words come from maps too.
func TestOrderOfWordsIsNothing(t *testing.T) {
	words := []string{"cities", "citied", "citrus"}
	want := Nearest("citiex", words)
	slices.Reverse(words)
	if got := Nearest("citiex", words); got != want || got != "citied" {
		t.Errorf("got %q, and %q in another order, want citied", got, want)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "ab", 1}, {"ab", "abc", 1}, {"abc", "acb", 1}, {"abcd", "badc", 2}, {"abc", "", 3}, {"kitten", "sitting", 3},
	} {
		if got := distance(c.a, c.b, 10); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := distance("abcdef", "", 2); got <= 2 {
		t.Errorf("what is more than 2 counts as %d", got)
	}
}
