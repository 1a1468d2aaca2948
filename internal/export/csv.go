package export

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// Tables writes what a graph holds now as three tables, which `entente import` reads again: sources; entities, by their primary names;
// and the facts that are asserted, each with the first quote that speaks for it, or else another piece of evidence. A column whose
// name begins with # says what follows from others, and is passed over there.
type Tables struct {
	sources, entities, facts *csv.Writer
	ofEntities, ofFacts      []*kg.Field
}

// The tables' names, without their ending.
const (
	SourcesTable  = "sources"
	EntitiesTable = "entities"
	FactsTable    = "facts"
)

// NewTables makes the tables, with the rows that name their columns.
func NewTables(sources, entities, facts io.Writer) (*Tables, error) {
	t := &Tables{csv.NewWriter(sources), csv.NewWriter(entities), csv.NewWriter(facts), ownFields(kg.Entities), ownFields(kg.Facts)}
	names := func(fields []*kg.Field) (out []string) {
		for _, f := range fields {
			out = append(out, f.Name)
		}
		return out
	}
	for table, columns := range map[*csv.Writer][]string{
		t.sources: {"source", "title", "url", "publisher", "publishedOn", "language", "licence", "class", "reliability",
			"basedOn.title", "basedOn.publisher", "basedOn.url", "basedOn.publishedOn", "text"},
		t.entities: append([]string{"entity", "name", "description", "location"}, names(t.ofEntities)...),
		t.facts: append(append([]string{"fact", "from", "to", "key"}, names(t.ofFacts)...), "since", "until",
			"evidence.source", "evidence.quote", "evidence.locator", "evidence.confidence", "evidence.method", "#id", "#confidence", "#sources"),
	} {
		if err := table.Write(columns); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func write(table *csv.Writer, cells []string) error {
	for i := range cells {
		cells[i] = Harmless(cells[i])
	}
	return table.Write(cells)
}

// Source implements Part.
func (t *Tables) Source(s *kg.Source) error {
	cells := []string{string(s.ID), s.Title, s.URL, s.Publisher, s.PublishedOn.Text, s.Language, s.Licence, s.Class, decimal(s.Reliability)}
	o := kg.Original{}
	if s.BasedOn != nil {
		o = *s.BasedOn
	}
	return write(t.sources, append(cells, o.Title, o.Publisher, o.URL, o.PublishedOn.Text, s.Text))
}

// Entity implements Part.
func (t *Tables) Entity(e *kg.Entity) error {
	location := ""
	if p := e.Location; p != nil { // with no space before it, so that no spreadsheet takes a southern one for a formula
		location = decimal(p.Lat) + " " + decimal(p.Lon)
	}
	cells := []string{string(e.ID), e.Names[0].Value, e.Description, location}
	for _, f := range t.ofEntities {
		cells = append(cells, plain(held(e.Kind, e.Values, f.Name)))
	}
	return write(t.entities, cells)
}

// Fact implements Part.
func (t *Tables) Fact(f *kg.Fact) error {
	cells := []string{f.Kind.String(), string(f.From), string(f.To), f.Key}
	for _, field := range t.ofFacts {
		cells = append(cells, plain(held(f.Kind, f.Values, field.Name)))
	}
	ev := bestEvidence(f)
	since, until := f.Since.Text, f.Until.Text
	if f.Kind.Decl().Since != nil { // then they stand in fields of the kind's own
		since = ""
	}
	if f.Kind.Decl().Until != nil {
		until = ""
	}
	cells = append(cells, since, until, string(ev.Source), ev.Quote, ev.Locator, decimal(ev.Confidence), ev.Method)
	return write(t.facts, append(cells, string(f.ID), decimal(f.Confidence), strings.Join(sourcesOf(f), " ")))
}

// bestEvidence gives the first quote that speaks for a fact, or else what speaks for it first.
func bestEvidence(f *kg.Fact) (best kg.Evidence) {
	for i := range f.Evidence {
		ev := &f.Evidence[i]
		switch {
		case ev.Disputes:
		case ev.Quote != "":
			return *ev
		case best.Source == "":
			best = *ev
		}
	}
	return best
}

// End implements Part.
func (t *Tables) End() error {
	for _, table := range []*csv.Writer{t.sources, t.entities, t.facts} {
		if table.Flush(); table.Error() != nil {
			return table.Error()
		}
	}
	return nil
}
