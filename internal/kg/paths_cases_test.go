package kg_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// partnerships fills a store with cities that are partners: "a-b b-c" are two partnerships.
func partnerships(t *testing.T, s kg.Store, pairs string) *kg.Catalog {
	t.Helper()
	c := newCatalog(s)
	records := []kg.Record{source("report", "")}
	known := map[string]bool{}
	for _, pair := range strings.Fields(pairs) {
		a, b, _ := strings.Cut(pair, "-")
		for _, key := range []string{a, b} {
			if !known[key] {
				known[key] = true
				records = append(records, entity("city:"+key, key))
			}
		}
		records = append(records, partners("city:"+a, "city:"+b, kg.Evidence{Source: "source:report", Locator: pair}))
	}
	if refused := apply(t, c, records...); refused != nil {
		t.Fatal(refused)
	}
	return c
}

// ways writes the paths that are found: "a b c, a d c", and "…" where the search was stopped by a bound.
func ways(t *testing.T, c *kg.Catalog, w kg.Connecting) string {
	t.Helper()
	p, err := c.Read(t.Context(), pathQuery(w))
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, g := range p.Groups {
		var keys []string
		for i := range g.Rows {
			keys = append(keys, strings.TrimPrefix(string(g.Rows[i].ID()), "city:"))
		}
		out = append(out, strings.Join(keys, " "))
	}
	if p.More {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

func pathQuery(w kg.Connecting) *kg.Query {
	w.States = kg.OnlyAccepted
	if w.MaxHops == 0 {
		w.MaxHops = 4
	}
	if w.First == 0 {
		w.First = 5
	}
	return &kg.Query{Walk: w}
}

func TestPathsBetweenEnds(t *testing.T) {
	store := storetest.Counting(storetest.Reference())
	c := partnerships(t, store, "a-b b-c c-d a-e e-d lone-alone")
	if refused := apply(t, c, alias("city:old-a", "city:a")); refused != nil {
		t.Fatal(refused)
	}
	for _, q := range []struct {
		name     string
		from, to kg.ID
		want     string
		calls    int
	}{
		{"shortest first", "city:a", "city:d", "a e d, a b c d", 6},
		{"backwards too", "city:d", "city:a", "d e a, d c b a", 6},
		{"an alias", "city:old-a", "city:e", "a e, a b c d e", 6},
		{"an alias of the other end", "city:a", "city:old-a", "to: it is where the paths begin: a path leads from one entity to another, so write another id", 1},
		{"ends that are not connected", "city:a", "city:lone", "", 3},
		{"an unknown end", "city:a", "city:none", "", 1},
		{"another", "city:none", "city:a", "", 1},
	} {
		t.Run(q.name, func(t *testing.T) {
			store.Reads()
			if got := ways(t, c, kg.Connecting{From: q.from, To: q.to}); got != q.want {
				t.Errorf("gave   %s\nwanted %s", got, q.want)
			}
			if calls := store.Reads(); calls > q.calls {
				t.Errorf("%d calls of the store, want at most %d", calls, q.calls)
			}
		})
	}
}

// From whichever end it is asked, a search begins at the one with fewer facts, and can do without what a hub costs.
func TestPathsPastAHub(t *testing.T) {
	pairs := "a-b b-hub hub-y y-p y-q y-r lone-alone"
	for i := range 50 {
		pairs += fmt.Sprintf(" hub-x%d", i)
	}
	c := partnerships(t, storetest.Reference(), pairs)
	c.SetPathFacts(10)
	for _, q := range []struct {
		name string
		w    kg.Connecting
		want string
	}{
		{"to it", kg.Connecting{From: "city:a", To: "city:hub"}, "a b hub"},
		{"from it", kg.Connecting{From: "city:hub", To: "city:a"}, "hub b a"},
		{"through it, as far as is certain", kg.Connecting{From: "city:a", To: "city:x7"}, "a b hub x7, …"},
		{"through it, where that is enough", kg.Connecting{From: "city:a", To: "city:x7", First: 1}, "a b hub x7"},
		{"through it, from the other side", kg.Connecting{From: "city:a", To: "city:y"}, "a b hub y, …"},
		{"past it to what lies apart, which is certain", kg.Connecting{From: "city:a", To: "city:lone", MaxHops: 5}, ""},
		{"through it, where it may be too large", kg.Connecting{From: "city:a", To: "city:x7", MaxDegree: new(20)}, "…"},
		{"not as far as that", kg.Connecting{From: "city:a", To: "city:x7", MaxHops: 2}, ""},
		{"to it, while degrees are bounded", kg.Connecting{From: "city:a", To: "city:hub", MaxDegree: new(20)}, "a b hub"},
	} {
		t.Run(q.name, func(t *testing.T) {
			if got := ways(t, c, q.w); got != q.want {
				t.Errorf("gave   %s\nwanted %s", got, q.want)
			}
		})
	}
}

// In a graph in which everything is linked with everything there are a thousand million paths of six hops. The best are
// found without looking at the others.
func TestPathsInADenseGraph(t *testing.T) {
	const n = 60
	var pairs strings.Builder
	for i := range n {
		for j := range i {
			if i != n-1 || j != 0 { // the ends are no partners of each other
				fmt.Fprintf(&pairs, " %02d-%02d", j, i)
			}
		}
	}
	c := partnerships(t, storetest.Reference(), pairs.String())
	begin := time.Now()
	got := ways(t, c, kg.Connecting{From: "city:00", To: "city:59", MaxHops: 6, First: 3})
	if want := "00 01 59, 00 02 59, 00 03 59"; got != want {
		t.Errorf("gave   %s\nwanted %s", got, want)
	}
	var avoid []kg.ID // so that only longer ones are left
	for i := 1; i < n-1; i += 2 {
		avoid = append(avoid, kg.ID(fmt.Sprintf("city:%02d", i)))
	}
	if got := ways(t, c, kg.Connecting{From: "city:00", To: "city:59", MaxHops: 6, First: 20, Avoid: avoid}); strings.Count(got, ",") != 19 {
		t.Errorf("gave %s", got)
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

// What is selected is brought for the entities and for the facts of a path alike.
func TestPathsBringWhatIsSelected(t *testing.T) {
	c := partnerships(t, storetest.Reference(), "a-b b-c")
	q := pathQuery(kg.Connecting{From: "city:a", To: "city:c"})
	q.Select = &kg.Select{Follow: []kg.Follow{
		{Owners: kg.Facts, Relation: kg.Relation{Way: kg.EvidenceOf}, List: kg.List{First: 1}},
		{Owners: kg.Entities, Relation: kg.Relation{Way: kg.FactsOf}, List: kg.List{States: kg.OnlyAccepted, Total: true}},
	}}
	p, err := c.Read(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	g := p.Groups[0]
	if at := g.Facts[1].Pages[0].Rows[0].Evidence.Locator; at != "b-c" {
		t.Errorf("the second hop rests on %s", at)
	}
	if n := g.Rows[1].Pages[1].Total; n != 2 {
		t.Errorf("the stop between has %d facts", n)
	}
}

// Between two calls of the store a fact may be retracted. A path is not shown without it, and no other in its place.
func TestPathsWhileTheGraphChanges(t *testing.T) {
	var lost []kg.ID
	c := partnerships(t, retracting{storetest.Reference(), &lost}, "a-b b-c a-d d-e e-c")
	lost = []kg.ID{kg.FactID(kg.PartnersWith, "city:b", "city:c", "FRIENDSHIP", "")}
	if got, want := ways(t, c, kg.Connecting{From: "city:a", To: "city:c"}), "a d e c, …"; got != want {
		t.Errorf("gave   %s\nwanted %s", got, want)
	}
}

// retracting is a store in which some facts can be expanded, but not read any more.
type retracting struct {
	kg.Store
	lost *[]kg.ID
}

func (s retracting) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	p, err := s.Store.Read(ctx, q)
	if err == nil {
		for i := range p.Rows {
			if slices.Contains(*s.lost, p.Rows[i].ID()) {
				p.Rows[i] = kg.Row{}
			}
		}
	}
	return p, err
}

// What fails in the store fails the search.
func TestPathsOnABrokenStore(t *testing.T) {
	broken := errors.New("broken")
	for _, method := range []string{"Read", "Expand"} {
		store := storetest.Reference()
		partnerships(t, store, "a-b b-c")
		c := newCatalog(storetest.Faulty(store, storetest.On(method, storetest.Fail(broken))))
		if _, err := c.Read(t.Context(), pathQuery(kg.Connecting{From: "city:a", To: "city:c"})); err != broken {
			t.Errorf("%s fails: %v, want %v", method, err, broken)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	c := partnerships(t, giveUp{storetest.Reference(), cancel}, "a-b b-c")
	if _, err := c.Read(ctx, pathQuery(kg.Connecting{From: "city:a", To: "city:c"})); !errors.Is(err, context.Canceled) || kg.CodeOf(err) != kg.Canceled {
		t.Errorf("given up: %v, want %v", err, context.Canceled)
	}
}

// giveUp is a store whose caller gives up while it answers.
type giveUp struct {
	kg.Store
	cancel context.CancelFunc
}

func (s giveUp) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	got, err := s.Store.Expand(ctx, x)
	s.cancel()
	return got, err
}
