package kg

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestConfidence(t *testing.T) {
	report := &Original{Title: "Jinan and Rennes", Publisher: "The Courier", PublishedOn: dateIn(t, "2024-05-04")}
	sources := map[ID]*Source{
		"statement": {Reliability: 0.9},
		"news":      {Reliability: 0.8, Title: "JINAN and Rennes", Publisher: "The Courier", PublishedOn: report.PublishedOn},
		"reprint":   {Reliability: 0.75, BasedOn: report, URL: "https://example.org/a", SHA256: "1"},
		"copy":      {Reliability: 0.7, URL: "https://example.org/a"},
		"same text": {Reliability: 0.5, SHA256: "1"},
		"file":      {Reliability: 0.5, Title: "data.csv"},
		"namesake":  {Reliability: 0.5, Title: "data.csv"},
		"certain":   {Reliability: 1},
		"third":     {Reliability: 1.0 / 3},
	}
	for id, s := range sources {
		s.ID = id
	}
	for _, c := range []struct {
		evidence     string // "source reading", "-" before what disputes
		want         float64
		corroborated bool
	}{
		{"", 0, false},
		{"statement 1", 0.9, false},
		{"statement 0.5", 0.45, false},
		{"statement 0.5, statement 1, statement 0.2", 0.9, false},
		{"statement 1, news 1", 0.98, true},
		{"news 1, statement 1", 0.98, true},
		{"statement 1, -news 1", 0.9, false},
		{"-statement 1", 0, false},
		{"nobody 1", 0, false},
		{"statement 1, nobody 1", 0.9, false},
		{"news 1, reprint 1", 0.8, false},               // an original and its reprint
		{"news 0.75, reprint 1", 0.75, false},           // of the two the surer reading
		{"reprint 1, copy 1", 0.75, false},              // one address
		{"reprint 1, same text 1", 0.75, false},         // one hash
		{"copy 1, same text 1", 0.85, true},             // nothing in common that is known,
		{"copy 1, same text 1, reprint 1", 0.75, false}, // until a third joins them
		{"reprint 1, news 1, copy 1, same text 1, statement 1", 0.98, true},
		{"file 1, namesake 1", 0.75, true}, // a file's name alone makes no text one
		{"certain 1, statement 1", 1, true},
		{"third 1", 0.3333, false},
		{"third 1, file 1", 0.6667, true},
	} {
		var evidence []Evidence
		for part := range strings.SplitSeq(c.evidence, ", ") {
			if part == "" {
				continue
			}
			i := strings.LastIndex(part, " ")
			ev := Evidence{}
			name, against := strings.CutPrefix(part[:i], "-")
			ev.Source, ev.Disputes = ID(name), against
			if _, err := fmt.Sscan(part[i:], &ev.Confidence); err != nil {
				t.Fatal(err)
			}
			evidence = append(evidence, ev)
		}
		source := func(id ID) *Source { return sources[id] }
		if got := Confidence(evidence, source); got != c.want {
			t.Errorf("Confidence(%s) = %v, want %v", c.evidence, got, c.want)
		}
		if got := Corroborated(evidence, source); got != c.corroborated {
			t.Errorf("Corroborated(%s) = %t, want %t", c.evidence, got, c.corroborated)
		}
	}
}

// TestConfidencePage holds the page for analysts to the formula: its table of classes, and its example.
func TestConfidencePage(t *testing.T) {
	page, err := os.ReadFile("../docs/confidence.md")
	if err != nil {
		t.Fatal(err)
	}
	for class, reliability := range reliabilities {
		if row := fmt.Sprintf("\n| %s | %v |\n", class, reliability); !strings.Contains(string(page), row) {
			t.Errorf("the page has no row %q", row)
		}
	}
	sources := map[ID]*Source{}
	for id, class := range map[ID]string{"statement": "OFFICIAL_STATEMENT", "report": "NEWS", "reprint": "REPRINT", "column": "NEWS"} {
		sources[id] = &Source{ID: id, Reliability: reliabilities[class]}
	}
	sources["report"].URL = "https://example.org/report"
	sources["reprint"].BasedOn = &Original{Title: "The report", URL: "https://example.org/report"}
	got := Confidence([]Evidence{
		{Source: "statement", Confidence: 1}, {Source: "statement", Confidence: 0.5},
		{Source: "report", Confidence: 0.75}, {Source: "reprint", Confidence: 1},
		{Source: "column", Confidence: 1, Disputes: true},
	}, func(id ID) *Source { return sources[id] })
	if text := fmt.Sprintf("0.1 × 0.25 = %v\n", got); !strings.Contains(string(page), text) {
		t.Errorf("the page does not have %q", text)
	}
}
