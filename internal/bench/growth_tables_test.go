package bench

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// writeSizes writes what the graphs are and take.
func writeSizes(w io.Writer, all []*grown) {
	row(w, "facts", "entities", "imported", "facts a second", "opened", "file", "heap", "resident", "an entity", "a fact")
	row(w, strings.Split(strings.Repeat("---|", 9)+"---", "|")...)
	for _, g := range all {
		row(w, count(g.facts), count(g.entities), seconds(g.imported), count(int(float64(g.facts)/g.imported.Seconds())), seconds(g.opened),
			megabytes(int(g.file)), megabytes(g.heap), megabytes(g.resident),
			fmt.Sprintf("%d B", g.things/g.entities), fmt.Sprintf("%d B", (g.heap-g.things)/g.facts))
	}
	fmt.Fprintln(w)
}

// writeAnswers writes how long questions take, and how many times as long on the largest graph as on the smallest.
func writeAnswers(w io.Writer, all []*grown) {
	first, last := all[0], all[len(all)-1]
	heads, rule := []string{"question, p50 and p99"}, []string{"---"}
	for _, g := range all {
		heads, rule = append(heads, count(g.facts)+" facts"), append(rule, "---")
	}
	row(w, append(heads, fmt.Sprintf("p50, at %.0f times the facts", float64(last.facts)/float64(first.facts)))...)
	row(w, append(rule, "---")...)
	for i, q := range growthQuestions {
		cells := []string{q.name}
		for _, g := range all {
			cell := short(g.answers[i].p50) + ", " + short(g.answers[i].p99)
			if g.answers[i].p50 == 0 {
				cell = "not answered"
			} else if found := g.found[i]; found >= 10 {
				cell += "; of " + count(int(found+.5))
			} else if found > 0 {
				cell += fmt.Sprintf("; of %.1f", found)
			}
			cells = append(cells, cell)
		}
		if last.answers[i].p50 > 0 {
			cells = append(cells, fmt.Sprintf("%.2g times", float64(last.answers[i].p50)/float64(first.answers[i].p50)))
		}
		row(w, cells...)
	}
	fmt.Fprintln(w)
}

// writePlain writes what plain SQL takes for the same, beside what Entente took in turns with it.
func writePlain(w io.Writer, all []*grown) {
	heads, rule := []string{"question, p50 of SQL and of Entente"}, []string{"---"}
	for _, g := range all {
		heads, rule = append(heads, count(g.facts)+" facts"), append(rule, "---")
	}
	row(w, heads...)
	row(w, rule...)
	for i, q := range growthQuestions {
		if plainQuestions[q.name] == "" {
			continue
		}
		cells := []string{q.name}
		for _, g := range all {
			sql, ours := g.plain[i].p50, g.beside[i].p50
			if sql == 0 {
				cells = append(cells, "not compared")
				continue
			}
			cells = append(cells, fmt.Sprintf("%s, %s: %.2g times", short(sql), short(ours), float64(sql)/float64(ours)))
		}
		row(w, cells...)
	}
	fmt.Fprintln(w)
}

func row(w io.Writer, cells ...string) { fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | ")) }

// seconds has two digits that count, or all whole ones.
func seconds(d time.Duration) string {
	if d >= 10*time.Second {
		return count(int(d.Round(time.Second).Seconds())) + " s"
	}
	return fmt.Sprintf("%.2g s", d.Seconds())
}

func megabytes(n int) string { return count((n+500_000)/1_000_000) + " MB" }

// short gives milliseconds with two digits that count.
func short(d time.Duration) string {
	x := float64(d) / float64(time.Millisecond)
	switch {
	case x >= 10:
		return fmt.Sprintf("%.0f ms", x)
	case x >= 1:
		return fmt.Sprintf("%.1f ms", x)
	}
	return fmt.Sprintf("%.2f ms", x)
}

// count writes a number with commas.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
