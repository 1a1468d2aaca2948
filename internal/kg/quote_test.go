package kg

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestQuotesStandAtCodePoints(t *testing.T) {
	const text = "Jinan met Rennes. 济南与雷恩结为友好城市。 أصبحت جينان مدينة صديقة. Cafe\u0301 in Łódź 👩‍👩‍👧 twice: 济南. Jinan met Rennes."
	for _, c := range []struct {
		quote string
		start int // -1 if it does not stand there
	}{
		{"Jinan", 0},
		{"Jinan met Rennes.", 0},
		{"济南", 18},
		{"友好城市", 25},
		{"جينان", 37},
		{"Cafe", 56},       // an accent that follows is a code point of its own
		{"Cafe\u0301", 56}, // as it is written
		{"Caf\u00e9", -1},  // looks the same, but is written otherwise
		{"\u0301", 60},
		{"Łódź", 65},
		{"👩‍👩‍👧", 70}, // five code points
		{"👧", 74},
		{"twice: 济南", 76},
		{"jinan", -1},
		{text, 0},
		{text + ".", -1},
	} {
		q := newQuotable(text)
		start, end, ok := q.find(c.quote)
		if ok != (c.start >= 0) || ok && (start != c.start || string([]rune(text)[start:end]) != c.quote) {
			t.Errorf("find(%q) = %d, %d, %t, want %d", c.quote, start, end, ok, c.start)
		}
	}
}

// Long texts are counted by blocks: offsets have to be those of []rune wherever a block ends.
func TestQuotesInLongTexts(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		for b.Len() < 3*textBlock+int(seed) {
			b.WriteRune([]rune("aé济👧\u0301")[r.IntN(5)])
		}
		text := b.String()
		runes := []rune(text)
		q := newQuotable(text)
		for range 200 {
			start := r.IntN(len(runes))
			quote := string(runes[start:min(start+1+r.IntN(40), len(runes))])
			first := utf8.RuneCountInString(text[:strings.Index(text, quote)])
			if got, end, ok := q.find(quote); !ok || got != first || end != first+utf8.RuneCountInString(quote) {
				t.Fatalf("seed %d: find(%q) = %d, %d, %t, want %d", seed, quote, got, end, ok, first)
			}
			if !q.standsAt(quote, start) {
				t.Fatalf("seed %d: %q does not stand at %d", seed, quote, start)
			}
		}
		for _, at := range []int{-1, len(runes), len(runes) + 1, 1 << 40} {
			if q.standsAt("a", at) {
				t.Errorf("seed %d: something stands at %d of %d", seed, at, len(runes))
			}
		}
	}
}

func TestQuotesThatPartFromTheText(t *testing.T) {
	q := newQuotable("Jinan met Rennes. 济南。")
	for quote, want := range map[string]string{
		"Jinan left": "Jinan ",
		"济北":         "济",
		"济浏":         "济", // its first byte is that of 南, which is no character in common
		"x":          "",
		"met Rennes": "met Rennes",
	} {
		if got := q.inCommon(quote); got != want {
			t.Errorf("inCommon(%q) = %q, want %q", quote, got, want)
		}
	}
}

// The time of a quote is that of searching its bytes: counting is done once for the text.
func BenchmarkQuoteIn10MB(b *testing.B) {
	text := strings.Repeat("济南与雷恩于2002年结为友好城市。", 10<<20/44) + "The end."
	q := newQuotable(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, _, ok := q.find("The end."); !ok {
			b.Fatal("not found")
		}
	}
}
