package kg

import (
	"strings"
	"testing"
)

// TestHoldsOn says for dates of a fact what asOf makes of days: no, may (it is shown, and certain is false) or surely.
func TestHoldsOn(t *testing.T) {
	for _, c := range []struct{ since, until, want string }{
		// Exact days, both included.
		{"2002-03-04", "2010-05-06", "2002-03-03 no, 2002-03-04 surely, 2010-05-06 surely, 2010-05-07 no"},
		{"2002-03-04", "2002-03-04", "2002-03-03 no, 2002-03-04 surely, 2002-03-05 no"},
		// Months and years: what is possible is shown, what lies inside an end is not certain.
		{"2002-03", "2010-05", "2002-02-28 no, 2002-03-01 may, 2002-03-31 surely, 2010-05-01 surely, 2010-05-02 may, 2010-05-31 may, 2010-06-01 no"},
		{"2002", "2010", "2001-12-31 no, 2002-01-01 may, 2002-12-30 may, 2002-12-31 surely, 2010-01-01 surely, 2010-12-31 may, 2011-01-01 no"},
		{"2002", "2002", "2001-12-31 no, 2002-01-01 may, 2002-07-01 may, 2002-12-31 may, 2003-01-01 no"},
		{"2002", "2002-07-01", "2002-06-30 may, 2002-07-01 may, 2002-07-02 no"},
		{"2000-02", "2000-02-29", "2000-01-31 no, 2000-02-01 may, 2000-02-29 surely, 2000-03-01 no"},
		// About is one more on either side, of what was written.
		{"2002~", "2010", "2000-12-31 no, 2001-01-01 may, 2003-12-30 may, 2003-12-31 surely"},
		{"2002-03~", "2010", "2002-01-31 no, 2002-02-01 may, 2002-04-30 surely"},
		{"2002-03-04~", "2010", "2002-03-02 no, 2002-03-03 may, 2002-03-04 may, 2002-03-05 surely"},
		{"2002", "2010~", "2009-01-01 surely, 2009-01-02 may, 2011-12-31 may, 2012-01-01 no"},
		// Intervals.
		{"2002/2004", "2010", "2001-12-31 no, 2002-01-01 may, 2004-12-30 may, 2004-12-31 surely"},
		{"2002", "2008/2010", "2008-01-01 surely, 2008-01-02 may, 2010-12-31 may, 2011-01-01 no"},
		{"2002/2010", "2004/2006", "2001-12-31 no, 2003-01-01 may, 2005-01-01 may, 2006-12-31 may, 2007-01-01 no"},
		// Open dates.
		{"../2004", "2010", "0001-01-01 may, 2004-12-30 may, 2004-12-31 surely, 2011-01-01 no"},
		{"2004/..", "2010", "2003-12-31 no, 2004-01-01 may, 2009-01-01 may, 2010-12-31 may, 2011-01-01 no"},
		{"2002", "2010/..", "2010-01-01 surely, 2010-01-02 may, 9999-12-31 may"},
		{"2002", "../2010", "2001-12-31 no, 2002-01-01 may, 2005-01-01 may, 2010-12-31 may, 2011-01-01 no"},
		// Unknown dates exclude nothing, and make nothing certain.
		{"", "2010", "0001-01-01 may, 2010-12-31 may, 2011-01-01 no"},
		{"2002", "", "2001-12-31 no, 2002-01-01 may, 2024-01-01 may, 9999-12-31 may"},
		{"", "", "0001-01-01 may, 2024-01-01 may, 9999-12-31 may"},
	} {
		f := &Fact{Kind: LocatedIn}
		if c.since != "" {
			f.Since = dateIn(t, c.since)
		}
		if c.until != "" {
			f.Until = dateIn(t, c.until)
		}
		var got []string
		for _, part := range strings.Split(c.want, ", ") {
			text, _, _ := strings.Cut(part, " ")
			day, word := dayIn(t, text), "no"
			switch holds, certain := f.HoldsOn(day), f.CertainOn(day); {
			case certain && !holds:
				word = "surely, and yet not"
			case certain:
				word = "surely"
			case holds:
				word = "may"
			}
			got = append(got, text+" "+word)
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("since %q until %q:\ngot  %s\nwant %s", c.since, c.until, got, c.want)
		}
	}
}
