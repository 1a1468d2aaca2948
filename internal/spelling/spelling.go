// Package spelling finds the word that a misspelt one may have been. It knows no language: words are names of programs and formats.
package spelling

import "strings"

// Nearest gives the word that a misspelt one may have been, "" if none is near: a slip for every three letters at most, and three
// in all. Of equally near ones it is the first of the alphabet, in whichever order they come. A word of any length costs no more
// than one that is as long as the words.
func Nearest(misspelt string, words []string) string {
	best, least := "", 0
	s := strings.ToLower(misspelt)
	for _, w := range words {
		near := min(max(len(s), len(w))/3, 3)
		if d := distance(s, strings.ToLower(w), near); d <= near && (best == "" || d < least || d == least && w < best) {
			best, least = w, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with the next one to make b of a; what is more than most is
// not counted exactly.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	// The distances of what b begins with from what a begins with: two letters ago, one ago, and now.
	n := len(b) + 1
	rows := make([]int, 3*n)
	before, last, row := rows[:n], rows[n:2*n], rows[2*n:]
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
