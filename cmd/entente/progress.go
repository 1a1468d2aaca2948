package main

import (
	"fmt"
	"io"
	"time"
)

// progress shows on a terminal how far something long is, at what rate it goes and how long it still takes. Elsewhere it shows
// nothing.
type progress struct {
	out       io.Writer // nil where it is no terminal
	one, many string
	began     time.Time
	shown     time.Time
}

// Between two lines of progress lies at least so much time.
const showEvery = 200 * time.Millisecond

func newProgress(w io.Writer, one, many string) *progress {
	p := &progress{one: one, many: many, began: time.Now()}
	if _, terminal := terminalWidth(w); terminal {
		p.out = w
	}
	return p
}

// at shows that done of total have been dealt with; a total of 0 is not known.
func (p *progress) at(done, total int) {
	now := time.Now()
	if p.out == nil || now.Sub(p.shown) < showEvery {
		return
	}
	p.shown = now
	took := now.Sub(p.began)
	rate := float64(done) / took.Seconds()
	line := counted(done, p.one, p.many)
	if total > 0 {
		line = fmt.Sprintf("%d of %s (%d %%)", done, counted(total, p.one, p.many), 100*done/total)
	}
	line += fmt.Sprintf(", %.0f a second", rate)
	if total > done && done > 0 {
		left := time.Duration(float64(total-done) / rate * float64(time.Second))
		line += fmt.Sprintf(", %v left", left.Round(time.Second))
	}
	fmt.Fprintf(p.out, "\r\x1b[K%s", line)
}

// clear takes the line away, so that others can be written.
func (p *progress) clear() {
	if p.out != nil && !p.shown.IsZero() {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
