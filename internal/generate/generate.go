// Package generate makes synthetic graphs of any size, for tests of load and for trying a store: real countries and cities,
// with companies, agreements and the rest made up around them. Degrees follow a power law, as they do in the world: some cities
// have thousands of partners, most a few. Nothing that it says of anything but places is true.
//
// Every record follows from the seed and its number alone. So the same options give the same bytes everywhere, and a graph of
// any size is written in bounded memory.
package generate

import (
	"context"
	"io"
	"math"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/kg"
)

// Options say how large a graph is to be, and which of all that large.
type Options struct {
	Facts    int    // about how many; some have several records
	Entities int    // about how many beside the countries, at most Facts, as most lie somewhere; a tenth of Facts if 0
	Seed     uint64 // other seeds give other graphs
	// Progress is told of every thousandth record; nil for nobody.
	Progress func(done int)
}

// Least and most facts of a graph.
const (
	MinFacts = 100
	MaxFacts = 100_000_000
)

// Write writes a graph as Entente JSON Lines.
func Write(ctx context.Context, w io.Writer, o Options) (export.Counts, error) {
	if o.Entities == 0 {
		o.Entities = max(o.Facts/10, 60)
	}
	if _, err := w.Write(demo.Graph()[0].Data); err != nil { // the countries
		return export.Counts{}, err
	}
	out := export.NewStream(w)
	g := newGraph(o)
	done := 0
	put := func(r kg.Record) error {
		if done++; done%1000 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if o.Progress != nil {
				o.Progress(done)
			}
		}
		return out.Write(r)
	}
	for _, part := range []func(func(kg.Record) error) error{g.sources, g.entities, g.facts, g.retractions} {
		if err := part(put); err != nil {
			return out.Counts, err
		}
	}
	_, err := out.End()
	return out.Counts, err
}

// graph is what is known of a graph before any record is made: how many there are of each kind, and which facts are of which.
type graph struct {
	Options
	*world
	count [32]int // of entities, by kind
	quota []quota // of facts, in their order
	total int     // facts

	report     int    // the document that was made last
	reportText string // its text
}

// quota is a run of facts of one kind.
type quota struct {
	kind  kg.Kind
	first int // number of the first
	count int
}

func newGraph(o Options) *graph {
	g := &graph{Options: o, world: readWorld(), report: -1}
	share := func(k kg.Kind, parts int) { g.count[k] = max(o.Entities*parts/1000, 2) }
	share(kg.City, 200)
	share(kg.Zone, 10)
	share(kg.Company, 480)
	share(kg.Institution, 80)
	share(kg.Agreement, 140)
	share(kg.Event, 50)
	share(kg.Project, 35)
	g.count[kg.City] = min(g.count[kg.City], len(g.cities))
	g.count[kg.Sector] = len(sectors)
	g.count[kg.Country] = len(g.countries)

	located := g.count[kg.City] + g.count[kg.Zone] + g.count[kg.Company] + g.count[kg.Institution] + g.count[kg.Event] + g.count[kg.Project]
	g.add(kg.LocatedIn, located)
	rest := max(o.Facts-located, 0)
	for _, q := range []struct {
		kind  kg.Kind
		parts int
	}{
		{kg.PartnersWith, 130}, {kg.PartyTo, 200}, {kg.TookPartIn, 150}, {kg.ActiveIn, 210}, {kg.InvestsIn, 110},
		{kg.Concerns, 100}, {kg.PartOf, 30}, {kg.Represents, 20}, {kg.ResultedIn, 40}, {kg.RelatesTo, 10},
	} {
		g.add(q.kind, rest*q.parts/1000)
	}
	return g
}

func (g *graph) add(k kg.Kind, count int) {
	g.quota = append(g.quota, quota{k, g.total, count})
	g.total += count
}

// dice are random numbers that follow from a seed, a purpose and a number: splitmix64.
type dice struct{ state uint64 }

func (g *graph) dice(purpose, number uint64) *dice {
	d := &dice{g.Seed ^ purpose*0x9e3779b97f4a7c15}
	d.state = d.next() ^ number
	return d
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// n gives a number from 0 to n-1.
func (d *dice) n(n int) int { return int(d.next() % uint64(n)) }

// percent is true that often.
func (d *dice) percent(p int) bool { return d.n(100) < p }

// hub gives a number from 0 to n-1, the small ones most often: the density falls as the power -2/3. Of a million draws of one
// in ten thousand, the first comes 46,000 times, and the middle one 50 times.
func (d *dice) hub(n int) int {
	u := d.unit()
	return min(int(u*u*u*float64(n)), n-1)
}

// uneven is hub with the power -1/3, for what has hundreds of others at most, as the parties of an agreement: of a million
// draws of one in ten thousand, the first comes 2,200 times.
func (d *dice) uneven(n int) int {
	u := d.unit()
	return min(int(u*math.Sqrt(u)*float64(n)), n-1)
}

func (d *dice) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

func pick[T any](d *dice, of []T) T { return of[d.n(len(of))] }

// day gives a date between two years, as precise as sources are: mostly a day, often a year.
func (d *dice) day(from, to int) kg.Date {
	at := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, d.n((to-from)*365))
	layout := "2006-01-02"
	switch n := d.n(10); {
	case n < 3:
		layout = "2006"
	case n < 4:
		layout = "2006-01"
	}
	return date(at.Format(layout))
}

// later gives a date some years after another.
func (d *dice) later(than kg.Date, years int) kg.Date {
	year, _ := than.Year()
	return d.day(year+1, year+1+years)
}

func date(text string) kg.Date {
	read, err := kg.ParseDate(text)
	if err != nil {
		panic(err) // made here
	}
	return read
}
