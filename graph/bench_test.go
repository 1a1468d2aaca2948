package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/ententegraph/entente/graph/model"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/kg"
)

// BenchmarkNested writes the answer to question 02 (ten partners, each with its country and five companies, each with a
// sector) in three ways over the same rows: the writer, gqlgen's generated executor, and structs through encoding/json. What
// is timed goes from rows to bytes; compiling the operation, which the writer needs and gqlgen does on the way, stands apart.
func BenchmarkNested(b *testing.B) {
	var question string
	for _, q := range demo.Questions() {
		if q.Name == "02-nested" {
			question = q.Query
		}
	}
	x := New(broken(nestedRows), testNow).(*executable)
	e := executor.New(x)
	ctx := graphql.StartOperationTrace(context.Background())
	oc, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: question})
	if errs != nil {
		b.Fatal(errs)
	}
	ctx = graphql.WithResponseContext(graphql.WithOperationContext(ctx, oc), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
	compile := func() *plan.Operation {
		op, err := plan.Compile(x.Schema(), oc.Doc, oc.Operation, oc.Variables)
		if err != nil {
			b.Fatal(err)
		}
		return op
	}
	op := compile()
	writer := func() []byte { return x.answer(ctx, op, new(int)).Data }
	answers := model.WithAnswers(ctx, map[string]model.Answer{"entity": {Field: op.Roots[0].Field, Page: nested}})
	oracle := func() []byte { return x.ExecutableSchema.Exec(answers)(answers).Data }
	if got, want := writer(), oracle(); string(got) != string(want) {
		b.Fatalf("different answers:\n%s\n%s", got, want)
	}
	b.Run("compile", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			compile()
		}
	})
	b.Run("compiled-before", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := x.compiled.compile(x.Schema(), oc); err != nil {
				b.Fatal(err)
			}
		}
	})
	var writing, generated float64
	b.Run("writer", func(b *testing.B) { writing = measure(b, writer) })
	b.Run("gqlgen", func(b *testing.B) {
		generated = measure(b, oracle)
		if writing > 0 {
			b.ReportMetric(generated/writing, "times-the-writer")
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		by := measure(b, func() []byte {
			out, err := json.Marshal(byHand(nested))
			if err != nil {
				b.Fatal(err)
			}
			return out
		})
		if writing > 0 {
			b.ReportMetric(by/writing, "times-the-writer")
		}
	})
}

// measure gives the nanoseconds that one call takes.
func measure(b *testing.B, f func() []byte) float64 {
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = len(f())
	}
	b.SetBytes(int64(n))
	return float64(b.Elapsed().Nanoseconds()) / float64(b.N)
}

// nestedRows answers question 02 without a store.
func nestedRows(*kg.Query) (*kg.Page, error) { return nested, nil }

var nested = func() *kg.Page {
	entity := func(k kg.Kind, name string, pages ...kg.Page) kg.Row {
		id := kg.ID(fmt.Sprintf("%s:%s", k.Decl().Prefix, name))
		return kg.Row{Entity: &kg.Entity{ID: id, Kind: k, Key: name, Names: []kg.Name{{Value: name}}, Values: make([]kg.Value, len(k.Decl().Fields))}, Pages: pages}
	}
	since, err := kg.ParseDate("2002-10")
	if err != nil {
		panic(err)
	}
	var partners kg.Page
	for i := range 10 {
		var companies kg.Page
		for j := range 5 {
			sectors := kg.Page{Rows: []kg.Row{entity(kg.Sector, "education")}}
			companies.Rows = append(companies.Rows, entity(kg.Company, fmt.Sprintf("company-%d-%d", i, j), sectors))
		}
		row := entity(kg.City, fmt.Sprintf("city-%d", i), kg.Page{Rows: []kg.Row{entity(kg.Country, "france")}}, companies)
		row.Lead = []kg.Row{{Fact: &kg.Fact{ID: "partners_with:a", Kind: kg.PartnersWith, Since: since, Values: []kg.Value{"TWIN", nil, nil}}}}
		partners.Rows = append(partners.Rows, row)
	}
	return &kg.Page{Rows: []kg.Row{entity(kg.City, "jinan", partners)}}
}()

// byHand is what a server written for this one question would do.
func byHand(p *kg.Page) any {
	type named struct {
		Name string `json:"name"`
	}
	type company struct {
		ID      kg.ID  `json:"id"`
		Name    string `json:"name"`
		Sectors struct {
			Nodes []named `json:"nodes"`
		} `json:"sectors"`
	}
	type city struct {
		ID        kg.ID  `json:"id"`
		Name      string `json:"name"`
		Country   named  `json:"country"`
		Companies struct {
			Nodes []company `json:"nodes"`
		} `json:"companies"`
	}
	type edge struct {
		Fact struct {
			Since string `json:"since"`
			Type  string `json:"type"`
		} `json:"fact"`
		Node city `json:"node"`
	}
	var out struct {
		Entity struct {
			ID       kg.ID  `json:"id"`
			Name     string `json:"name"`
			Partners struct {
				Edges []edge `json:"edges"`
			} `json:"partners"`
		} `json:"entity"`
	}
	root := p.Rows[0]
	out.Entity.ID, out.Entity.Name = root.Entity.ID, root.Entity.Name()
	for _, r := range root.Pages[0].Rows {
		var e edge
		e.Fact.Since, e.Fact.Type = r.Lead[0].Fact.Since.String(), r.Lead[0].Fact.Values[0].(string)
		e.Node.ID, e.Node.Name, e.Node.Country.Name = r.Entity.ID, r.Entity.Name(), r.Pages[0].Rows[0].Entity.Name()
		for _, c := range r.Pages[1].Rows {
			co := company{ID: c.Entity.ID, Name: c.Entity.Name()}
			for _, s := range c.Pages[0].Rows {
				co.Sectors.Nodes = append(co.Sectors.Nodes, named{s.Entity.Name()})
			}
			e.Node.Companies.Nodes = append(e.Node.Companies.Nodes, co)
		}
		out.Entity.Partners.Edges = append(out.Entity.Partners.Edges, e)
	}
	return out
}
