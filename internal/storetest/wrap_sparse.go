package storetest

import (
	"context"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Sparse wraps a store so that it gives nothing of nodes but what is selected of them. Where an answer is the same with it as
// without, whoever asked has selected all that it reads; where those of two stores are, both give what is selected.
func Sparse(s kg.Store) kg.Store { return sparse{s} }

type sparse struct{ kg.Store }

// Read passes the call on, and leaves out of what comes back all that was not asked for.
func (s sparse) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	p, err := s.Store.Read(ctx, q)
	if err != nil {
		return nil, err
	}
	all := kg.Follow{Lead: q.Select, List: q.List} // of walks, one select is for all
	thin := sparsePage(p, &all)
	thin.Facts = sparseRows(p.Facts, q.Select, nil)
	thin.Groups = make([]kg.Page, len(p.Groups))
	for i := range p.Groups {
		thin.Groups[i] = sparsePage(&p.Groups[i], &all)
		thin.Groups[i].More = p.Groups[i].More
		thin.Groups[i].Facts = sparseRows(p.Groups[i].Facts, q.Select, nil)
	}
	return &thin, nil
}

func sparsePage(p *kg.Page, f *kg.Follow) kg.Page {
	thin := *p
	sel, lead := f.Select, f.Lead
	if !f.Unpaged {
		sel, lead = f.Keyed(lead)
	}
	thin.Rows = sparseRows(p.Rows, sel, lead)
	thin.More = p.More && !f.Unpaged
	return thin
}

// sparseRows leaves out of rows what is not selected of them, and of the facts that led what is not; these go where lead is nil.
func sparseRows(rows []kg.Row, sel, lead *kg.Select) []kg.Row {
	var thin []kg.Row
	for _, r := range rows {
		switch {
		case sel == nil:
		case r.Entity != nil:
			r.Entity = sparseEntity(r.Entity, sel)
		case r.Fact != nil:
			r.Fact = sparseFact(r.Fact, sel)
		case r.Source != nil:
			r.Source = sparseSource(r.Source, sel)
		}
		if lead == nil {
			r.Lead = nil
		}
		if d := r.Difference; d != nil && d.Before != nil {
			thinner := *d
			thinner.Before = &sparseRows([]kg.Row{*d.Before}, sel, nil)[0]
			r.Difference = &thinner
		}
		r.Lead = sparseRows(r.Lead, lead, nil)
		pages := r.Pages
		r.Pages = make([]kg.Page, len(pages))
		for i := range pages {
			r.Pages[i] = sparsePage(&pages[i], &sel.Follow[i])
		}
		thin = append(thin, r)
	}
	return thin
}

func reads(sel *kg.Select, p kg.Parts) bool { return sel.Without&p == 0 }

func sparseEntity(e *kg.Entity, sel *kg.Select) *kg.Entity {
	thin := &kg.Entity{ID: e.ID, Kind: e.Kind, Values: sparseValues(e.Kind, e.Values, sel)}
	switch {
	case reads(sel, kg.PartNames):
		thin.Names = e.Names
	case reads(sel, kg.PartName):
		thin.Names = []kg.Name{{Value: e.Name(), Kind: kg.Primary}}
	}
	if sel.Reads(e.Kind, kg.FieldName) {
		thin.Key = e.Key
	}
	if reads(sel, kg.PartDescription) && sel.Reads(e.Kind, e.Kind.Decl().Field("description")) {
		thin.Description = e.Description
	}
	if reads(sel, kg.PartIdentifiers) {
		thin.Others = e.Others
	}
	if reads(sel, kg.PartLocation) {
		thin.Location = e.Location
	}
	if reads(sel, kg.PartEvidence) {
		thin.Evidence = e.Evidence
	}
	return thin
}

func sparseFact(f *kg.Fact, sel *kg.Select) *kg.Fact {
	thin := *f
	thin.Values = sparseValues(f.Kind, f.Values, sel)
	whole := func(name string) bool { return sel.Reads(f.Kind, f.Kind.Decl().Field(name)) }
	if !reads(sel, kg.PartEnds) {
		thin.From, thin.To = "", ""
	}
	if sel.Fields != nil {
		thin.Key = ""
	}
	if !whole("since") {
		thin.Since = kg.Date{}
	}
	if !whole("until") {
		thin.Until = kg.Date{}
	}
	if !whole("state") {
		thin.State = 0
	}
	if !whole("confidence") {
		thin.Confidence = 0
	}
	for name, at := range map[string]*time.Time{"recordedAt": &thin.RecordedAt, "acceptedAt": &thin.AcceptedAt, "retractedAt": &thin.RetractedAt} {
		if !whole(name) {
			*at = time.Time{}
		}
	}
	if !reads(sel, kg.PartEvidence) {
		thin.Evidence = nil
	}
	return &thin
}

func sparseSource(s *kg.Source, sel *kg.Select) *kg.Source {
	thin := *s
	whole := func(name string) bool { return sel.Reads(kg.SourceKind, kg.SourceKind.Decl().Field(name)) }
	for name, text := range map[string]*string{
		"title": &thin.Title, "url": &thin.URL, "publisher": &thin.Publisher, "language": &thin.Language, "licence": &thin.Licence,
		"sha256": &thin.SHA256, "class": &thin.Class, "text": &thin.Text,
	} {
		if !whole(name) {
			*text = ""
		}
	}
	if !whole("publishedOn") {
		thin.PublishedOn = kg.Date{}
	}
	if !whole("reliability") {
		thin.Reliability = 0
	}
	if !reads(sel, kg.PartOrigin) {
		thin.BasedOn = nil
	}
	if sel.Fields != nil {
		thin.Key, thin.RecordedAt = "", time.Time{}
	}
	return &thin
}

func sparseValues(k kg.Kind, values []kg.Value, sel *kg.Select) []kg.Value {
	thin := make([]kg.Value, len(values))
	for i, f := range k.Decl().Fields {
		if sel.Reads(k, f) {
			thin[i] = values[i]
		}
	}
	return thin
}
