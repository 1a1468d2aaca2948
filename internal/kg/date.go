package kg

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"
)

// Day is one day: the days since 1970-01-01 in the proleptic Gregorian
// calendar, earlier ones negative. Days are compared as numbers.
type Day int32

// MinDay and MaxDay stand for an end that is open: before and after every day
// that can be written.
const (
	MinDay Day = math.MinInt32
	MaxDay Day = math.MaxInt32
)

// The days that can be written: 0001-01-01 to 9999-12-31.
var (
	firstDay = dayOf(1, time.January, 1)
	lastDay  = dayOf(9999, time.December, 31)
)

// DayOf is the day that an instant falls on in UTC. Instants before the year
// 0001 or after 9999 fall on the first and the last day that can be written.
func DayOf(t time.Time) Day {
	t = t.UTC()
	switch y := t.Year(); {
	case y < 1:
		return firstDay
	case y > 9999:
		return lastDay
	}
	return dayOf(t.Date())
}

// String writes a day as YYYY-MM-DD, and an open end as two dots.
func (d Day) String() string {
	if d == MinDay || d == MaxDay {
		return ".."
	}
	return d.time().Format(time.DateOnly)
}

func (d Day) time() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

const secondsADay = 24 * 60 * 60

// dayOf takes months and days beyond their ends as time.Date does.
func dayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
}

// Date is a date as precisely as a source gives it, and no more: a year, a
// month, a day, about one of these, or somewhere between two of them. It is a
// subset of ISO 8601-2:2019; see ParseDate. The zero Date is unknown.
type Date struct {
	Text string // as it was written
	// First and Last are the earliest and the latest day that it can mean, both
	// included; MinDay and MaxDay where it is open. They mean nothing if it is unknown.
	First, Last Day
}

// Known says whether there is a date at all.
func (d Date) Known() bool { return d.Text != "" }

// String is the date as it was written; empty if it is unknown.
func (d Date) String() string { return d.Text }

// Year is the year under which a date is counted: the one written first, so
// that "2003~" counts under 2003 although it may mean 2002, and "../2012" under
// 2012. It is false for an unknown date.
func (d Date) Year() (int, bool) {
	text := strings.TrimPrefix(d.Text, "../")
	if len(text) < 4 {
		return 0, false
	}
	year, err := strconv.Atoi(text[:4])
	return year, err == nil
}

// Month is the month of that year, as 2024-10, where the date names one.
func (d Date) Month() (string, bool) {
	text := strings.TrimPrefix(d.Text, "../")
	if len(text) < len("2024-10") || text[4] != '-' {
		return "", false
	}
	return text[:len("2024-10")], true
}

// CompareDates orders two known dates by their first day, then their last day,
// then their text, and is 0 only for the same text. Where unknown dates stand
// is for the caller to decide.
func CompareDates(a, b Date) int {
	return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Text, b.Text))
}
