package kg

import (
	"cmp"
	"strings"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ text, first, last string }{
		{"2024", "2024-01-01", "2024-12-31"},
		{"2024-10", "2024-10-01", "2024-10-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"1900-02", "1900-02-01", "1900-02-28"}, // no leap year
		{"2000-02", "2000-02-01", "2000-02-29"}, // a leap year after all
		{"2024-12", "2024-12-01", "2024-12-31"},
		{"2024-10-07", "2024-10-07", "2024-10-07"},
		{"2024-02-29", "2024-02-29", "2024-02-29"},
		{"1582-10-10", "1582-10-10", "1582-10-10"}, // proleptic: a day that Rome never had
		{"0001", "0001-01-01", "0001-12-31"},
		{"9999-12-31", "9999-12-31", "9999-12-31"},

		{"2003~", "2002-01-01", "2004-12-31"},
		{"2003-05~", "2003-04-01", "2003-06-30"},
		{"2003-01~", "2002-12-01", "2003-02-28"},
		{"2003-12~", "2003-11-01", "2004-01-31"},
		{"2003-05-07~", "2003-05-06", "2003-05-08"},
		{"2003-03-01~", "2003-02-28", "2003-03-02"},
		{"2003-12-31~", "2003-12-30", "2004-01-01"},
		{"0001~", "0001-01-01", "0002-12-31"}, // never out of the years that can be written
		{"0001-01~", "0001-01-01", "0001-02-28"},
		{"0001-01-01~", "0001-01-01", "0001-01-02"},
		{"9999~", "9998-01-01", "9999-12-31"},
		{"9999-12-31~", "9999-12-30", "9999-12-31"},

		{"2010/2012", "2010-01-01", "2012-12-31"},
		{"2010-03/2010-03-31", "2010-03-01", "2010-03-31"},
		{"2010/2010", "2010-01-01", "2010-12-31"},
		{"2010-06/2010", "2010-06-01", "2010-12-31"},
		{"2010/2010-01-01", "2010-01-01", "2010-01-01"},
		{"../2012", "..", "2012-12-31"},
		{"../2012-06~", "..", "2012-07-31"},
		{"2012-06-01/..", "2012-06-01", ".."},
		{"2010~/2012~", "2009-01-01", "2013-12-31"},
		{"2013~/2012", "2012-01-01", "2012-12-31"}, // possible, since about reaches back
	} {
		d, err := ParseDate(c.text)
		if err != nil {
			t.Errorf("ParseDate(%q): %v", c.text, err)
			continue
		}
		if d.First.String() != c.first || d.Last.String() != c.last {
			t.Errorf("ParseDate(%q) = %v to %v, want %s to %s", c.text, d.First, d.Last, c.first, c.last)
		}
		if !d.Known() || d.String() != c.text {
			t.Errorf("ParseDate(%q) is known %v and written %q", c.text, d.Known(), d)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	const form = "; write 2024, 2024-10, 2024-10-07, 2003~ (about), 2010/2012 or ../2012"
	for _, c := range [][2]string{
		{"", `"" is not a date: it is empty`},
		{"2024-13", `"2024-13" is not a date: month 13 does not exist`},
		{"2024-00", `"2024-00" is not a date: month 00 does not exist`},
		{"2023-02-29", `"2023-02-29" is not a date: day 29 does not exist in 2023-02`},
		{"1900-02-29", `"1900-02-29" is not a date: day 29 does not exist in 1900-02`},
		{"2024-04-31~", `"2024-04-31~" is not a date: day 31 does not exist in 2024-04`},
		{"2024-12-32", `"2024-12-32" is not a date: day 32 does not exist in 2024-12`},
		{"2024-10-00", `"2024-10-00" is not a date: day 00 does not exist in 2024-10`},
		{"0000", `"0000" is not a date: year 0000 does not exist`},
		{"2012/2010", `"2012/2010" is not a date: it ends (2010-12-31) before it begins (2012-01-01)`},
		{"2012-03-02/2012-03-01", `"2012-03-02/2012-03-01" is not a date: it ends (2012-03-01) before it begins (2012-03-02)`},
		{"../..", `"../.." is not a date: both ends are open`},
		{"2010/", `"2010/" is not a date: an open end is written ..`},
		{"/2010", `"/2010" is not a date: an open end is written ..`},
		{"/", `"/" is not a date: an open end is written ..`},
		{"07/10/2024", `"07/10/2024" is not a date: an interval has one /, and the parts of a date are joined by -`},
		{"2024?", `"2024?" is not a date: the marks ? and % are not used here, only ~ (about)`},
		{"2024-10-07T12:00:00Z", `"2024-10-07T12:00:00Z" is not a date: a date has no time of day`},
		{"2024-10-07 12:00", `"2024-10-07 12:00" is not a date: a date has no time of day`},
	} {
		d, err := ParseDate(c[0])
		if err == nil || d != (Date{}) {
			t.Errorf("ParseDate(%q) = %v, %v, want an error and no date", c[0], d, err)
		} else if want := c[1] + form; err.Error() != want || CodeOf(err) != BadInput {
			t.Errorf("ParseDate(%q):\ngot  %s %v\nwant %s %s", c[0], CodeOf(err), err, BadInput, want)
		}
	}
	for _, s := range []string{
		"~", "..", "../", "~2024", "2024~~", "24", "02024", "-2024", "+2024", "20 24", " 2024", "2024 ", "2024-1", "2024-1-07",
		"2024-10-7", "202410", "20241007", "2024-W41", "2024-281", "2024-", "2024/10", "Oct 2024", "2024年", "２０２４", "2024–10",
		"2010/../2012", "..~/2012", "2010--2012", "2010\n", "\xff\xff\xff\xff", strings.Repeat("2024-", 1000),
	} {
		d, err := ParseDate(s)
		if err == nil || d != (Date{}) {
			t.Errorf("ParseDate(%q) = %v, %v, want an error and no date", s, d, err)
		} else if len(err.Error()) > 300 || !strings.HasSuffix(err.Error(), form) {
			t.Errorf("ParseDate(%q): too long, or does not show the right form: %v", s, err)
		}
	}
}

func TestParseDay(t *testing.T) {
	for s, want := range map[string]Day{
		"1970-01-01": 0, "1969-12-31": -1, "2024-10-07": 20003, "2000-02-29": 11016,
		"0001-01-01": -719162, "9999-12-31": 2932896,
	} {
		d, err := ParseDay(s)
		if err != nil || d != want || d.String() != s {
			t.Errorf("ParseDay(%q) = %d (%v), %v, want %d", s, d, d, err, want)
		}
	}
	for _, s := range []string{"", "2024", "2024-10", "2024-10-07~", "2024-10-07/2024-10-07", "2024-02-30", "..", "today", "0000-01-01"} {
		d, err := ParseDay(s)
		if CodeOf(err) != BadInput || d != 0 || !strings.HasSuffix(err.Error(), "write it as 2024-10-07") {
			t.Errorf("ParseDay(%q) = %v, %v, want a BadInput that shows the form", s, d, err)
		}
	}
}

func TestDayOf(t *testing.T) {
	east := time.FixedZone("east", 8*3600)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2024, 10, 7, 23, 59, 59, 999, time.UTC), "2024-10-07"},
		{time.Date(2024, 10, 7, 7, 59, 0, 0, east), "2024-10-06"}, // the day is that of UTC
		{time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), "1969-12-31"},
		{time.Date(1965, 3, 1, 12, 0, 0, 0, time.UTC), "1965-03-01"}, // before 1970 the rest of a day must not round up
		{time.Time{}, "0001-01-01"},
		{time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), "0001-01-01"},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "9999-12-31"},
		{time.Unix(1<<60, 0), "9999-12-31"},
	} {
		if got := DayOf(c.at).String(); got != c.want {
			t.Errorf("DayOf(%v) = %s, want %s", c.at, got, c.want)
		}
	}
	if MinDay.String() != ".." || MaxDay.String() != ".." {
		t.Errorf("open ends are written %v and %v", MinDay, MaxDay)
	}
}

func TestYearAndMonth(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"2024", 2024}, {"2024-10-07", 2024}, {"0476", 476},
		{"2003~", 2003}, // and not 2002, where about begins
		{"2003-01-01~", 2003},
		{"2010/2012", 2010}, {"2010/..", 2010}, {"../2012", 2012}, {"../2012-01~", 2012},
	} {
		d, _ := ParseDate(c.text)
		if got, ok := d.Year(); !ok || got != c.want {
			t.Errorf("%q.Year() = %d, %v, want %d", c.text, got, ok, c.want)
		}
	}
	for text, want := range map[string]string{"2024": "", "2024-10": "2024-10", "2003-05-07~": "2003-05", "2003~": "", "2010/2012-03": "", "2010-04/..": "2010-04", "../2012": "", "../2012-03-01": "2012-03"} {
		d, err := ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := d.Month(); got != want || ok != (want != "") {
			t.Errorf("%q.Month() = %q, %v, want %q", text, got, ok, want)
		}
	}
	if y, ok := (Date{}).Year(); ok || y != 0 {
		t.Errorf("an unknown date is of the year %d", y)
	}
	if (Date{}).Known() {
		t.Error("the zero Date is known")
	}
}

func TestCompareDates(t *testing.T) {
	sorted := []string{
		"../2012",       // begins before everything
		"2002", "2003~", // both begin with 2002, but about 2003 ends later
		"2002-06",
		"2003-01-01", "2003-01", "2003-01-01/2003-01-31", // the last two are the same days: the text decides
		"2003-01-01/..",
		"2003-02-01", "2003-02-01/2003-02-01",
	}
	var dates []Date
	for _, s := range sorted {
		d, err := ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		dates = append(dates, d)
	}
	for i, a := range dates {
		for j, b := range dates {
			if got, want := CompareDates(a, b), cmp.Compare(i, j); got != want {
				t.Errorf("CompareDates(%v, %v) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024", "2024-02-29~", "2010/2012", "../0001~", "9999-12~/..", "2024-13", "", "/", "~"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if d != (Date{}) || CodeOf(err) != BadInput {
				t.Fatalf("ParseDate(%q) = %v, %v", s, d, err)
			}
			return
		}
		if d.Text != s || d.First > d.Last || d.First == MinDay && d.Last == MaxDay {
			t.Fatalf("ParseDate(%q) = %+v", s, d)
		}
		for _, day := range []Day{d.First, d.Last} {
			if day == MinDay || day == MaxDay {
				continue
			}
			if again, err := ParseDay(day.String()); err != nil || again != day {
				t.Fatalf("%q: its end %d is written %v and read back as %d, %v", s, day, day, again, err)
			}
		}
		if y, ok := d.Year(); !ok || y < 1 || y > 9999 {
			t.Fatalf("%q is of the year %d, %v", s, y, ok)
		}
	})
}
