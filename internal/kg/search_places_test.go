package kg

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// foldedText is the text of what foldPlaces gives.
func foldedText(folded []foldedRune) string {
	var b strings.Builder
	for _, f := range folded {
		b.WriteRune(f.r)
	}
	return b.String()
}

// Folding with places folds as folding without, and each character comes from a place in the text, in order.
func holdPlaces(t *testing.T, s string) {
	t.Helper()
	folded := foldPlaces(s)
	if got, want := foldedText(folded), Fold(s); got != want {
		t.Fatalf("%+q folds to %+q with places, to %+q without", s, got, want)
	}
	most := len([]rune(s))
	for i, f := range folded {
		if f.Start < 0 || f.End > most || f.End < f.Start || f.r != ' ' && f.End == f.Start || i > 0 && f.Start < folded[i-1].Start {
			t.Fatalf("character %d of %+q comes from %v", i, s, f.Span)
		}
	}
}

func TestFoldPlaces(t *testing.T) {
	for _, s := range []string{
		"", " ", "Łódź", "ﬁne Ｊｉｎａｎ  ①", "ｶﾞｽ か\u3099 カ゛", "İstanbul IĞDIR ß", "e\u0301\u0323 x", "\u0301 start", "Hồ Chí Minh Đà", "ﷺ الرِّيَاضُ ـ أ",
		"서울 \u1109\u1165\u110b\u116e\u11af \u1109\u200b\u1165", "दिल्ली ক্ষ", "\xff\xfe a", "a\u00adb\u200dc", "Ꭰꭰ", "Å\u0327\u0301", " \u3099 ", "x\u0345\u0301", "ǆ Ǆ",
		strings.Repeat("a\u0301", 100), "a" + strings.Repeat("\u0301", 100), "\U0001F1E9\U0001F1EA ★",
	} {
		holdPlaces(t, s)
	}
}

func FuzzFoldPlaces(f *testing.F) {
	f.Add("Łódź ﬁ ｶﾞ e\u0301 ﷺ 서울 दिल्ली")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 500 {
			holdPlaces(t, s)
		}
	})
}

// What matched is marked in the text as it is written, whatever folding makes of it: [ and ] stand around it.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		how        match
		text, want string
	}{
		{matchExact, "rennes", "[Rennes]"},
		{matchPrefix, "new y", "[New] [Y]ork"},
		{matchWord, "york new", "[New] [York] City"},
		{matchWithin, "nchen", "Mü[nchen]"},
		{matchNear, "electrisite france", "[Électricité] de [France]"},
		{matchFar, "univercity oxfrod", "[University] of [Oxford]"},
		{matchExact, "lodz", "[Łódź]"},
		{matchExact, "cafe", "[Cafe\u0301] x"},
		{matchExact, "cafe", "[Cafe\u0301\u0323]"},
		{matchExact, "strasse", "[Straße] 5"},
		{matchWithin, "ass", "Str[aß]e"}, // half of the ß is in it
		{matchWord, "fin", "[ﬁn]de"},
		{matchWord, "jinan", "ＸＸ [Ｊｉｎａｎ]"},
		{matchExact, "istanbul", "[İstanbul]"},
		{matchExact, "igdir", "[Iğdır]"},
		{matchWord, "ho chi minh", "Thành phố [Hồ] [Chí] [Minh]"},
		{matchWord, "saigon", "[Sài Gòn]"}, // all of it, but for its spaces
		{matchWord, "hightech", "Jinan [High-Tech] Zone"},
		{matchWord, "aquila", "L’[Aquila]"},
		{matchWord, "laquila", "[L’Aquila]"},
		{matchWord, "edf", "[E.D.F]. (France)"},
		{matchExact, "الرياض", "[الرِّيَاضُ]"},
		{matchWithin, "北市", "新[北市]"},
		{matchWithin, "トヨタ", "[ﾄﾖﾀ]自動車"},
		{matchWithin, "データ", "ハロー[デー\u30bf]"},
		{matchNear, "高薪技术产业", "济南[高新技术产业]开发区"},
		{matchExact, "서울", "[\u1109\u1165\u110b\u116e\u11af]"},
		{matchWithin, "दिल्ली", "[दिल्ली]"},
		{matchWithin, "กรุงเทพ", "[กรุงเทพ]มหานคร"},
		{matchExact, "q 1477", "[Q1477]"},
		{matchDescription, "friend city", "[Friend]s of the [City], a [city]. Friday"},
		{matchDescription, "港口", "[港口]与[港口]。"},
		{matchQuote, "city of jin", "A [city] [of] [Jin]an, [Jin]hua; the citys"},
		{matchQuote, "sister city", "a [sister] [city]; two sisters, [city]’s"},
		{matchQuote, "友好城市", "建立[友好城市]关系"},
	} {
		plain := strings.NewReplacer("[", "", "]", "").Replace(c.want)
		spans := newScorer(Seek(c.text, InNames|InDescriptions|InQuotes)).places(plain, c.how)
		var b strings.Builder
		for i, r := range []rune(plain + "\x00") {
			if slices.ContainsFunc(spans, func(s Span) bool { return s.End == i }) {
				b.WriteByte(']')
			}
			if slices.ContainsFunc(spans, func(s Span) bool { return s.Start == i }) {
				b.WriteByte('[')
			}
			b.WriteRune(r)
		}
		if got := strings.TrimSuffix(b.String(), "\x00"); got != c.want {
			t.Errorf("%q marks %s, want %s", c.text, got, c.want)
		}
	}
}

// Whatever is typed and found, the places are within the text, in order, and none touches another.
func FuzzPlaces(f *testing.F) {
	f.Add("Electrisite", "Électricité de France")
	f.Add("高薪技术产业 x", "济南高新技术产业开发区")
	f.Fuzz(func(t *testing.T, text, in string) {
		if len(text) > 200 || len(in) > 500 {
			return
		}
		sc := newScorer(Seek(text, InNames|InDescriptions|InQuotes))
		for how := matchQuote; how <= matchExact; how++ {
			last := -1
			for _, s := range sc.places(in, how) {
				if s.Start <= last || s.End <= s.Start || s.End > len([]rune(in)) {
					t.Fatalf("%+q in %+q: %v", text, in, sc.places(in, how))
				}
				last = s.End
			}
		}
	})
}

// The first digit of a score says what matched.
func TestMatchOf(t *testing.T) {
	for m := matchNone; m <= matchExact; m++ {
		for _, large := range []int{0, 1, 1<<17 - 1, 1 << 30} {
			for _, small := range []int{0, 255} {
				if got := matchOf(packed(m, 2, large, small, "")); got != m {
					t.Errorf("a score of %d by %d and %d is said to be of %d", m, large, small, got)
				}
			}
		}
	}
}

// What the catalog takes for a quote with all words, a store proposes.
func FuzzQuoted(f *testing.F) {
	f.Add("sister cit", "Rennes became a sister-city of Jinan's")
	f.Add("友好 x", "建立友好城市关系 X")
	f.Fuzz(func(t *testing.T, text, quote string) {
		if len(text) > 300 || len(quote) > 1_000 {
			return
		}
		s := Seek(text, InQuotes)
		evidence := []Evidence{{Quote: quote}}
		grams := QuoteGrams(evidence)
		if newScorer(s).quote(&Fact{Evidence: evidence}) != "" && len(s.words) > 0 && !s.Hold(grams) {
			t.Fatalf("%+q is found in %+q, but not proposed: %+v of %+q", text, quote, s.Quoted, grams)
		}
		for _, g := range grams {
			if strings.ContainsAny(g, " \t\n\"\\*?:+-!(){}[]^~/|&") || len([]rune(g)) > maxWhole {
				t.Fatalf("%+q has the gram %+q", quote, g)
			}
		}
		if len(s.Quoted) > maxSearched {
			t.Fatalf("%+q seeks %d grams", text, len(s.Quoted))
		}
	})
}

func TestQuoteGrams(t *testing.T) {
	got := QuoteGrams([]Evidence{{Quote: "L’Aquila, a High-Tech city: 北京市 (A)."}, {Locator: "x"}, {Quote: strings.Repeat("x", 50), Disputes: true}})
	want := strings.Fields("a aquila city high hightech l laquila tech " + strings.Repeat("x", 40) + " 京 京市 北 北京 市")
	slices.Sort(want)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("gave   %q\nwanted %q", got, want)
	}
}
