package generate

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ententegraph/entente/internal/kg"
)

// A fact rests on a sentence of a document, or on a row of a table. A document speaks of the facts of a run of numbers, one
// sentence each; tables are large and few, by a power law.

const (
	perDocument = 20 // facts that follow each other
	spoken      = 16 // of these, the first ones have a sentence in the document; the others stand in tables
	reported    = 10 // one run in so many has a document; the others stand in tables
)

func (g *graph) documents() int { return (g.total/perDocument + reported - 1) / reported }

// document says in which document a fact has a sentence; false where it has none.
func (g *graph) document(i int) (int, bool) {
	run := i / perDocument
	n := run / reported
	return n, run%reported == 0 && i%perDocument < spoken && n < g.documents()
}

func (g *graph) tables() int { return max(g.total/1000, 3) }

func documentID(n int) kg.ID { return kg.ID(fmt.Sprintf("source:report-%d", n)) }
func tableID(n int) kg.ID    { return kg.ID(fmt.Sprintf("source:table-%d", n)) }

// sentence says a fact in words, as a timeline does.
func (g *graph) sentence(r *kg.FactRecord) string {
	decl := r.Kind.Decl()
	names := strings.NewReplacer("{from}", g.name(r.From), "{to}", g.name(r.To), " ({detail})", "")
	said := names.Replace(decl.Began)
	switch r.Kind {
	case kg.LocatedIn: // it has always been there
		said = names.Replace("{from} lies in {to}")
	case kg.PartyTo: // what is dated by fields of its own has no word for its beginning
		said = names.Replace("{from} joined {to}")
	}
	for _, date := range append([]kg.Value{r.Since}, r.Values...) {
		if date, ok := date.(kg.Date); ok && date.Known() {
			return "In " + date.Text[:4] + ", " + said + "."
		}
	}
	return said + "."
}

// text is a document: its sentences, one after another. Facts come in order, so that the last one is asked for again.
func (g *graph) text(n int) string {
	if g.report == n {
		return g.reportText
	}
	var b strings.Builder
	first := n * reported * perDocument
	for i := first; i < min(first+spoken, g.total); i++ {
		if r := g.fact(i); r != nil {
			b.WriteString(g.sentence(r) + "\n")
		}
	}
	if b.Len() == 0 {
		b.WriteString("Nothing happened.\n")
	}
	g.report, g.reportText = n, b.String()
	return g.reportText
}

var firstReport = time.Date(2019, time.March, 1, 8, 0, 0, 0, time.UTC)

// published says when a document or table came out; the graph learned of it then.
func (g *graph) published(purpose uint64, n int) time.Time {
	return firstReport.AddDate(0, 0, g.dice(purpose, uint64(n)).n(2400))
}

const (
	ofDocuments = 4
	ofTables    = 5
)

// sources makes the documents and the tables.
func (g *graph) sources(put func(kg.Record) error) error {
	classes := []string{"NEWS", "OFFICIAL_STATEMENT", "COMPANY_STATEMENT", "ACADEMIC", "REPRINT", "OTHER"}
	for n := range g.documents() {
		at := g.published(ofDocuments, n)
		class := pick(g.dice(6, uint64(n)), classes)
		s := &kg.Source{ID: documentID(n), Title: fmt.Sprintf("Report %d on partnerships", n+1), Publisher: "Made up", Language: "en", Class: class,
			Reliability: kg.DefaultReliability(class), PublishedOn: date(at.Format(time.DateOnly)), Text: g.text(n), RecordedAt: at}
		if err := put(kg.Record{Source: s}); err != nil {
			return err
		}
	}
	for n := range g.tables() {
		at := g.published(ofTables, n)
		s := &kg.Source{ID: tableID(n), Title: fmt.Sprintf("Table %d of partnerships", n+1), Publisher: "Made up", Class: "DATASET",
			Reliability: kg.DefaultReliability("DATASET"), PublishedOn: date(at.Format(time.DateOnly)), RecordedAt: at}
		if err := put(kg.Record{Source: s}); err != nil {
			return err
		}
	}
	return nil
}

// inTable is a row of a table, by a number that says which.
func (g *graph) inTable(number uint64) kg.Evidence {
	n := g.dice(9, number).hub(g.tables())
	return kg.Evidence{Source: tableID(n), Locator: fmt.Sprintf("table-%d.csv:%d", n, number%1_000_000+2),
		Confidence: kg.DefaultConfidence, Method: kg.DefaultMethod, RecordedAt: g.published(ofTables, n)}
}

// rest gives a fact its evidence, one piece or two, and with that the moment at which the graph learned of it. One second piece
// in twenty disputes it.
func (g *graph) rest(i int, r *kg.FactRecord) {
	d := g.dice(8, uint64(i))
	if n, ok := g.document(i); ok {
		said, text := g.sentence(r), g.text(n)
		start := utf8.RuneCountInString(text[:strings.Index(text, said)])
		r.Evidence = []kg.Evidence{{Source: documentID(n), Quote: said, Start: start, End: start + utf8.RuneCountInString(said),
			Confidence: float64(70+d.n(30)) / 100, Method: "EXTRACTED"}}
		r.RecordedAt = g.published(ofDocuments, n)
	} else {
		row := g.inTable(uint64(i))
		r.Evidence, r.RecordedAt = []kg.Evidence{row}, row.RecordedAt
	}
	if d.percent(25) {
		row := g.inTable(d.next())
		row.Disputes = d.percent(5)
		r.Evidence = append(r.Evidence, row)
	}
}
