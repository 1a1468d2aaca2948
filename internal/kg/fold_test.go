package kg

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"nothing", "", ""},
		{"ASCII case", "Jinan High-Tech ZONE 2", "jinan high-tech zone 2"},
		{"ASCII white space", "\t New   York\r\n", "new york"},
		{"ASCII controls", "a\x00b\x7f \x1b c", "ab c"},
		{"only white space", " \t\u00a0\u3000 ", ""},

		{"accents", "Düsseldorf São Paulo Łódź Reykjavík", "dusseldorf sao paulo lodz reykjavik"},
		{"accents, decomposed", "Du\u0308sseldorf", "dusseldorf"},
		{"many accents", "Hồ Chí Minh, Việt Nam", "ho chi minh, viet nam"},
		{"letters that do not decompose", "Øst-Łęg Đồng Œuvre Ærø Þór Ħal Ŋ Ŧ ĸ", "ost-leg dong oeuvre aero thor hal n t q"},
		{"Icelandic eth", "Seyðisfjörður", "seydisfjordur"},
		{"sharp s", "Groß-Gerau GROẞ Straße", "gross-gerau gross strasse"},
		{"Turkish i", "İstanbul ISPARTA Iğdır Diyarbakır", "istanbul isparta igdir diyarbakir"},
		{"Azerbaijani", "Gəncə", "ganca"},
		{"African", "Ɔyɔ Ŋgaoundéré Ɓaɗe", "oyo ngaoundere bade"},
		{"ligatures, width", "ﬁnance Ｊｉｎａｎ　２０２４ ™ № ①", "finance jinan 2024 tm no 1"},
		{"long s", "Preuſſen", "preussen"},

		{"Greek: accents, final sigma", "Θεσσαλονίκης ΑΘΉΝΑΣ", "θεσσαλονικησ αθηνασ"},
		{"Cyrillic", "Орёл Нижний Київ", "орел нижнии киів"},
		{"Hebrew points", "יְרוּשָׁלַיִם", "ירושלים"},
		{"Arabic: points, hamza, tatweel", "الرِّيَاضُ أبو ظبـي", "الرياض ابو ظبي"},
		{"Persian keyboard", "کرمانشاه می", "كرمانشاه مي"},
		{"joiners", "می\u200cخواهم", "ميخواهم"},

		{"Hangul stays whole", "서울특별시", "서울특별시"},
		{"Hangul, decomposed", "\u1109\u1165\u110b\u116e\u11af", "서울"},
		{"Hangul, half width", "ﾡ", "ᄀ"},
		{"kana keep their voice", "がぎ バパ", "がぎ バパ"},
		{"kana, half width", "ﾄﾖﾀ ｶﾞｽ ﾊﾟ", "トヨタ ガス パ"},
		{"kana, decomposed", "か\u3099 ハ\u309a", "が パ"},
		{"kana, loose voicing", "か゛ ハ゜", "が パ"},
		{"Han", "济南 濟南", "济南 濟南"},
		{"Han, compatibility", "\uf900", "\u8c48"},
		{"Hindi vowels and virama", "हिन्दी", "हिन्दी"},
		{"Hindi nukta either way", "\u0958", "क\u093c"},
		{"Thai", "กรุงเทพฯ น้ำ", "กรุงเทพฯ น\u0e49\u0e4dา"},
		{"Khmer", "ភ្នំពេញ", "ភ្នំពេញ"},
		{"Tibetan", "ལྷ་ས", "ལྷ་ས"},
		{"Tamil", "சென்னை", "சென்னை"},
		{"Cherokee and Adlam have case", "Ꭰꭰ 𞤀𞤢", "ᎠᎠ 𞤢𞤢"},

		{"apostrophes", "L’Aquila L'Aquila L´Aquila Lʼ‘", "l'aquila l'aquila l'aquila l''"},
		{"okina, ayn and hamza", "Hawaiʻi ʿAmmān Sanāʾ Ꞌ", "hawai'i 'amman sana' '"},
		{"quotation marks", "“Belt” «Road» „x‟", `"belt" "road" "x"`},
		{"dashes", "Île‐de‑France 2010–2012 — −5", "ile-de-france 2010-2012 - -5"},
		{"white space of every width", "a\u00a0\u2009\u202f\u3000\u2028b", "a b"},
		{"soft hyphen, byte order mark, bidi", "\ufeffJi\u00adnan\u200f\u202a", "jinan"},
		{"variation selector, emoji", "✈\ufe0f", "✈"},
		{"Hangul filler makes no name", "\u3164", ""},
		{"only a mark", "\u0301", ""},
		{"a mark between spaces", "a \u0301 b", "a b"},
		{"invalid UTF-8", "a\xff\xfeB\xe6\xb5", "a\ufffd\ufffdb\ufffd\ufffd"},
	} {
		got := Fold(c.in)
		if got != c.want {
			t.Errorf("%s: Fold(%q) = %q (%+q), want %q (%+q)", c.why, c.in, got, got, c.want, c.want)
		}
		if again := Fold(got); again != got {
			t.Errorf("%s: folding %q again gives %q", c.why, got, again)
		}
	}
}

// What must not become the same: a reader would miss one of the two.
func TestFoldKeepsApart(t *testing.T) {
	for _, c := range [][2]string{
		{"はら", "ばら"}, {"ハリ", "パリ"}, {"कि", "की"}, {"ก่า", "ก้า"}, {"济南", "济宁"}, {"서울", "서을"}, {"a b", "ab"}, {"a-b", "ab"},
	} {
		if Fold(c[0]) == Fold(c[1]) {
			t.Errorf("%q and %q both fold to %q", c[0], c[1], Fold(c[0]))
		}
	}
}

func TestFoldLettersAreFolded(t *testing.T) {
	for from, to := range foldLetters {
		for _, s := range []string{to, strings.ToUpper(string(from)), string(from)} {
			if got := Fold(s); got != to {
				t.Errorf("Fold(%q) = %q, want %q", s, got, to)
			}
		}
	}
}

// A capital whose small letter is mapped, or a letter that decomposes only after
// folding, shows here.
func TestFoldEveryCharacter(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		if unicode.In(r, unicode.Han, unicode.Hangul, unicode.Co, unicode.Cs) {
			continue
		}
		s := "a" + string(r) + "b"
		once := Fold(s)
		if twice := Fold(once); twice != once || !norm.NFC.IsNormalString(once) {
			t.Errorf("Fold(%+q) = %+q, folded again %+q", s, once, twice)
		}
	}
}

func TestFoldOfFoldedASCIICostsNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Fold("jinan high-tech zone") }); n != 0 {
		t.Errorf("it allocates %v times", n)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"", " A  b ", "İstanbul", "ﾡﾞ", "か゛", "\u0958", "ß\xff", "\u1100\u200d\u1161", "𞤀\u3099", "ŉ ǰ ΐ ᾳ",
		strings.Repeat("\u093c\u0301\u3099", 20), "\u0e33\u034f\u0345", "ﷺ", "´¨", "\u1c80\u0306", "\u3099\u0f71\u0f72",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%+q) = %+q, folded again %+q", s, once, twice)
		}
		if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) {
			t.Fatalf("Fold(%+q) = %+q, which is not valid UTF-8 in NFC", s, once)
		}
		if once != strings.TrimSpace(once) || strings.Contains(once, "  ") {
			t.Fatalf("Fold(%+q) = %+q: white space is left", s, once)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{
		"folded": "jinan high-tech zone", "ascii": "Jinan High-Tech Zone", "latin": "Île-de-France, Düsseldorf", "han": "济南高新技术产业开发区",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Fold(s)
			}
		})
	}
}
