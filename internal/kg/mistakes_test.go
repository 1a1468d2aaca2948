package kg_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
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
		if got := kg.Nearest(misspelt, words); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", misspelt, got, want)
		}
	}
	if got := kg.Nearest("name", nil); got != "" {
		t.Errorf("of no words %q is near", got)
	}
}

// Words come from maps too.
func TestOrderOfWordsIsNothing(t *testing.T) {
	words := []string{"cities", "citied", "citrus"}
	want := kg.Nearest("citiex", words)
	slices.Reverse(words)
	if got := kg.Nearest("citiex", words); got != want || got != "citied" {
		t.Errorf("got %q, and %q in another order, want citied", got, want)
	}
}
