package kg

import (
	"strings"
	"testing"
)

func TestParseID(t *testing.T) {
	for _, c := range [][3]string{
		{"city:cn-jinan", "city", "cn-jinan"},
		{"partners_with:7q3kbx2m5aoxyzab", "partners_with", "7q3kbx2m5aoxyzab"},
		{"took_part_in:0", "took_part_in", "0"},
		{"sector:isic4-c.29_x~y", "sector", "isic4-c.29_x~y"},
		{"a:" + strings.Repeat("k", 120), "a", strings.Repeat("k", 120)},
		{strings.Repeat("p", 40) + ":k", strings.Repeat("p", 40), "k"},
	} {
		prefix, key, err := ParseID(c[0])
		if err != nil || prefix != c[1] || key != c[2] {
			t.Errorf("ParseID(%q) = %q, %q, %v, want %q, %q", c[0], prefix, key, err, c[1], c[2])
		}
	}
	for _, s := range []string{
		"", ":", "Jinan", "jinan", "city:", ":jinan", "City:jinan", "city:Jinan", "city:cn jinan", "city:cn:jinan",
		"city :jinan", " city:jinan", "city:jinan\n", "city:-jinan", "city:.jinan", "city:~", "city:jinán", "city:济南",
		"_city:x", "city_:x", "a__b:x", "a-b:x", "city2:x", "city:a/b", "city:a%20b",
		"a:" + strings.Repeat("k", 121), strings.Repeat("p", 41) + ":k", "city:\xff",
	} {
		prefix, key, err := ParseID(s)
		if err == nil || prefix != "" || key != "" {
			t.Errorf("ParseID(%q) = %q, %q, %v, want an error and nothing else", s, prefix, key, err)
			continue
		}
		if CodeOf(err) != BadInput || !strings.HasSuffix(err.Error(), "write kind:key, for example city:cn-jinan") {
			t.Errorf("ParseID(%q): %s %v: does not show the right form", s, CodeOf(err), err)
		}
	}
	_, _, err := ParseID("Jinan")
	if got, want := err.Error(), `"Jinan" is not an id: write kind:key, for example city:cn-jinan`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCheckKey(t *testing.T) {
	for _, s := range []string{"a", "0", "cn-jinan", "2024.10~x_", strings.Repeat("z", 120)} {
		if err := CheckKey(s); err != nil {
			t.Errorf("CheckKey(%q) = %v", s, err)
		}
	}
	for _, s := range []string{"", "-", "A", "a b", "a:b", "é", strings.Repeat("z", 121)} {
		err := CheckKey(s)
		if CodeOf(err) != BadInput {
			t.Errorf("CheckKey(%q) = %v, want a BadInput", s, err)
		}
	}
}

// The values are stored in ids of facts everywhere. If this test fails, the
// code is wrong, not the test. To redo the second by hand:
//
//	printf '\015PARTNERS_WITH\015city:cn-jinan\016city:fr-rennes\012FRIENDSHIP\000' | sha256sum |
//	cut -c 1-20 | xxd -r -p | base32 | tr A-Z a-z
func TestFactHashNeverChanges(t *testing.T) {
	for _, c := range []struct {
		parts []string
		want  string
	}{
		{nil, "4oymiquy7qobjgx3"},
		{[]string{"PARTNERS_WITH", "city:cn-jinan", "city:fr-rennes", "FRIENDSHIP", ""}, "h53dgubxyzah2xr2"},
		{[]string{strings.Repeat("x", 300)}, "sxuyomgzmyc2y6sq"},
	} {
		if got := FactHash(c.parts...); got != c.want {
			t.Errorf("FactHash(%q) = %s, want %s", c.parts, got, c.want)
		}
	}
}

func TestFactHashKeepsPartsApart(t *testing.T) {
	seen := map[string][]string{}
	for _, parts := range [][]string{
		{}, {""}, {"", ""}, {"abc"}, {"a", "bc"}, {"ab", "c"}, {"", "abc"}, {"abc", ""}, {"a", "b", "c"}, {"\x01b"}, {"", "\x01b"},
	} {
		h := FactHash(parts...)
		if other, ok := seen[h]; ok {
			t.Errorf("%q and %q have the same hash %s", other, parts, h)
		}
		seen[h] = parts
		if len(h) != 16 || CheckKey(h) != nil {
			t.Errorf("FactHash(%q) = %q, which is no key of 16 characters", parts, h)
		}
	}
}
