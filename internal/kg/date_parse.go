package kg

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseDay reads a calendar day written as exactly YYYY-MM-DD (ISO 8601-1),
// from 0001-01-01 to 9999-12-31. The error is a BadInput.
func ParseDay(s string) (Day, error) {
	p, why := parsePoint(s)
	switch {
	case why != "":
		return 0, Errorf(BadInput, "%s is not a day: %s; write it as 2024-10-07", quoteShort(s), why)
	case p.month == 0 || p.day == 0 || p.about:
		return 0, Errorf(BadInput, "%s is not a single day; write it as 2024-10-07", quoteShort(s))
	}
	day, _ := p.span()
	return day, nil
}

// ParseMoment reads a moment of knowledge, written as RFC 3339 has it, of the years 1 to 9999. The error is a BadInput.
func ParseMoment(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, Errorf(BadInput, "%s is not an instant: write RFC 3339, for example 2024-10-23T00:00:00Z", quoteShort(s))
	}
	if t = t.UTC(); t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return t, Errorf(BadInput, "%s is out of range: write an instant of the years 1 to 9999", quoteShort(s))
	}
	return t, nil
}

// ParseDate reads a date of the subset of ISO 8601-2:2019 that the model has:
//
//	2024  2024-10  2024-10-07    a year, a month, a day (years 0001 to 9999, days that exist)
//	2003~  2003-05~  2003-05-07~ about then
//	2010/2012  ../2012  2010/..  between the first day of one and the last day of the other;
//	                             .. is an open end, and one end at least is not open
//
// The standard leaves open how wide "about" is. Here it is one unit of its own
// precision on either side: 2003~ is 2002-01-01 to 2004-12-31, 2003-05~ is
// 2003-04-01 to 2003-06-30, and a day is three days. The width never leads out
// of the years 0001 to 9999.
//
// The text is kept as written. The error is a BadInput that says what came and
// what would be right; the empty text is one too.
func ParseDate(s string) (Date, error) {
	d := Date{Text: s, First: MinDay, Last: MaxDay}
	from, to, isInterval := strings.Cut(s, "/")
	if !isInterval {
		p, why := parsePoint(s)
		if why != "" {
			return Date{}, badDate(s, why)
		}
		d.First, d.Last = p.span()
		return d, nil
	}
	switch {
	case strings.Contains(to, "/"):
		return Date{}, badDate(s, "an interval has one /, and the parts of a date are joined by -")
	case from == "" || to == "":
		return Date{}, badDate(s, "an open end is written ..")
	case from == ".." && to == "..":
		return Date{}, badDate(s, "both ends are open")
	}
	if from != ".." {
		p, why := parsePoint(from)
		if why != "" {
			return Date{}, badDate(s, why)
		}
		d.First, _ = p.span()
	}
	if to != ".." {
		p, why := parsePoint(to)
		if why != "" {
			return Date{}, badDate(s, why)
		}
		_, d.Last = p.span()
	}
	if d.First > d.Last {
		return Date{}, badDate(s, fmt.Sprintf("it ends (%s) before it begins (%s)", d.Last, d.First))
	}
	return d, nil
}

func badDate(s, why string) error {
	return Errorf(BadInput, "%s is not a date: %s; write 2024, 2024-10, 2024-10-07, 2003~ (about), 2010/2012 or ../2012", quoteShort(s), why)
}

// point is one end of an interval as it is written; month and day are 0 where they are left out.
type point struct {
	year, month, day int
	about            bool
}

// parsePoint reads a year, a month or a day, or says in a few words why it can't.
func parsePoint(s string) (p point, why string) {
	s, p.about = strings.CutSuffix(s, "~")
	switch {
	case s == "":
		return p, "it is empty"
	case strings.ContainsAny(s, "?%"):
		return p, "the marks ? and % are not used here, only ~ (about)"
	case len(s) > 10 && (s[10] == 'T' || s[10] == ' ') && isPointForm(s[:10]):
		return p, "a date has no time of day"
	case !isPointForm(s):
		return p, "it has not the form of one"
	}
	p.year, _ = strconv.Atoi(s[:4])
	if p.year == 0 {
		return p, "year 0000 does not exist"
	}
	if len(s) >= 7 {
		p.month, _ = strconv.Atoi(s[5:7])
		if p.month < 1 || p.month > 12 {
			return p, "month " + s[5:7] + " does not exist"
		}
	}
	if len(s) == 10 {
		p.day, _ = strconv.Atoi(s[8:])
		if p.day < 1 || dayOf(p.year, time.Month(p.month), p.day) >= dayOf(p.year, time.Month(p.month)+1, 1) {
			return p, "day " + s[8:] + " does not exist in " + s[:7]
		}
	}
	return p, ""
}

// isPointForm says whether s is of the form 0000, 0000-00 or 0000-00-00.
func isPointForm(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i := range len(s) {
		if i == 4 || i == 7 {
			if s[i] != '-' {
				return false
			}
		} else if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// span is the first and the last day that the point can mean.
func (p point) span() (first, last Day) {
	before, after := 0, 1
	if p.about {
		before, after = -1, 2
	}
	return max(p.unit(before), firstDay), min(p.unit(after)-1, lastDay)
}

// unit is the first day of the year, month or day that lies n of these from the point's own.
func (p point) unit(n int) Day {
	switch {
	case p.month == 0:
		return dayOf(p.year+n, time.January, 1)
	case p.day == 0:
		return dayOf(p.year, time.Month(p.month+n), 1)
	}
	return dayOf(p.year, time.Month(p.month), p.day+n)
}
