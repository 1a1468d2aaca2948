package kg

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestSortKey(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"empty", "", ""},
		{"folds to nothing", "\u0301", ""},
		{"plain", "Jinan", "jinan"},
		{"of the basic plane", "济南\ue000\ufffd", "济南\ue000\ufffd"},
		{"the first above", "\U00010000", "\uffff\u0020\u0021"},
		{"emoji", "x🚀y", "x\uffff\u005d\u02a1y"}, // U+1F680 - U+FFFF = 62081 = 60*1024 + 641
		{"the last", "\U0010FFFF", "\uffff\u0420\u0020"},
		{"the escape itself", "\uffff", "\uffff\u0020\u0020"},
		{"the escape before what follows one", "\uffff\u0020\u0021", "\uffff\u0020\u0020\u0020\u0021"},
		{"cut between bytes", strings.Repeat("x", 1200), strings.Repeat("x", 1000)},
		{"cut between characters", "x" + strings.Repeat("é南", 1200), "x" + strings.Repeat("e南", 249) + "e"}, // 998 bytes; 南 would end at 1001
		{"cut before it is encoded", strings.Repeat("\U0010FFFF", 300), strings.Repeat("\uffff\u0420\u0020", 250)},
	} {
		got := SortKey(c.in)
		if got != c.want {
			t.Errorf("%s: SortKey(%.20q) = %+q, want %+q", c.why, c.in, got, c.want)
		}
		if len(got) > 1750 || !utf8.ValidString(got) {
			t.Errorf("%s: the key has %d bytes, valid %v", c.why, len(got), utf8.ValidString(got))
		}
	}
}

// Names as a reader wants them listed, wherever they come from.
func TestSortKeyOrdersNames(t *testing.T) {
	want := []string{
		"Aachen", "Ålesund", "Ämari", "Boğazköy", "Düren", "Düsseldorf", "İzmir", "Łódź", "Lublin", "Zürich", "Zwolle",
		"Αθήνα", "Москва", "ירושלים", "ガス", "济南", "서울", "\ue000", "\ufffe", "\uffff", "𠮷野", "\U0010ffff",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return cmp.Compare(SortKey(a), SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestPrefixEnd(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"every text begins with nothing", "", ""},
		{"letter", "jin", "jio"},
		{"space", "new ", "new!"},
		{"from one to two bytes", "a\u007f", "a\u0080"},
		{"from two to three bytes", "\u07ff", "\u0800"},
		{"over the surrogates", "x\ud7ff", "x\ue000"},
		{"the last but one", "x\ufffe", "x\uffff"},
		{"after the largest, the one before it", "xy\uffff\uffff", "xz"},
		{"only the largest", "\uffff\uffff", ""},
		{"inside a character that is written as three", SortKey("🚀"), "\uffff\u005d\u02a2"},
	} {
		if got := PrefixEnd(c.in); got != c.want {
			t.Errorf("%s: PrefixEnd(%+q) = %+q, want %+q", c.why, c.in, got, c.want)
		}
	}
}

func FuzzSortKey(f *testing.F) {
	for _, s := range [][2]string{
		{"", "a"}, {"\ue000", "\U00010000"}, {"\uffff", "\U00010000"}, {"\uffff!", "\uffff"}, {"🚀", "🚀!"}, {"\ud7ff", "\ue000"}, {"Łódź", "lodz"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		ka, kb := SortKey(a), SortKey(b)
		asBytes := cmp.Compare(ka, kb)
		if asUTF16 := slices.Compare(utf16.Encode([]rune(ka)), utf16.Encode([]rune(kb))); asUTF16 != asBytes {
			t.Fatalf("keys of %+q and %+q: %d by bytes, %d by UTF-16", a, b, asBytes, asUTF16)
		}
		fa, fb := Fold(a), Fold(b)
		if len(fa) <= maxSortKey && len(fb) <= maxSortKey && cmp.Compare(fa, fb) != asBytes {
			t.Fatalf("keys of %+q and %+q: %d, but folded %d", a, b, asBytes, cmp.Compare(fa, fb))
		}
		end := PrefixEnd(ka)
		if !utf8.ValidString(end) {
			t.Fatalf("PrefixEnd(%+q) = %+q is not valid", ka, end)
		}
		inRange := kb >= ka && (end == "" || kb < end)
		if inRange != strings.HasPrefix(kb, ka) {
			t.Fatalf("%+q to %+q holds %+q: %v, but it begins so: %v", ka, end, kb, inRange, !inRange)
		}
	})
}
