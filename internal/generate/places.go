package generate

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/kg"
)

// world is what is real in a graph.
type world struct {
	countries    []string // as ISO 3166-1 alpha-2, in lower case; those with most people in cities first
	countryNames map[kg.ID]string
	cities       []city        // the largest first
	numbers      map[kg.ID]int // of cities and sectors, whose ids do not say them
}

type city struct {
	id, name, country string // the id is GeoNames'
	lat, lon          float64
	population        int64
	han               string // a name in Chinese, "" for most
}

//go:embed cities.tsv.gz
var packed []byte

// readWorld is not done before it is needed, so that no other verb waits for it.
var readWorld = sync.OnceValue(func() *world {
	w := &world{countryNames: map[kg.ID]string{}, numbers: map[kg.ID]int{}}
	w.readCountries()
	w.readCities()
	for i := range w.cities {
		w.numbers[w.cities[i].entity()] = i
	}
	for i := range sectors {
		w.numbers[sectorID(i)] = i
	}
	return w
})

// readCountries takes the demo's countries.
func (w *world) readCountries() {
	for line := range bytes.Lines(demo.Graph()[0].Data) {
		var r struct {
			Entity kg.ID
			Name   string
		}
		if json.Unmarshal(line, &r) == nil && r.Entity != "" {
			w.countries = append(w.countries, strings.TrimPrefix(string(r.Entity), "country:"))
			w.countryNames[r.Entity] = r.Name
		}
	}
}

func (w *world) readCities() {
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // embedded
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		c := city{id: f[0], name: f[1], country: strings.ToLower(f[2]), han: f[6]}
		if w.countryNames[kg.ID("country:"+c.country)] == "" {
			continue
		}
		c.lat, _ = strconv.ParseFloat(f[3], 64)
		c.lon, _ = strconv.ParseFloat(f[4], 64)
		c.population, _ = strconv.ParseInt(f[5], 10, 64)
		w.cities = append(w.cities, c)
	}
	people := map[string]int64{}
	for _, c := range w.cities {
		people[c.country] += c.population
	}
	slices.SortStableFunc(w.countries, func(a, b string) int { return cmp.Compare(people[b], people[a]) })
}

// entity gives the id that a city has in the graph.
func (c *city) entity() kg.ID { return kg.ID("city:" + c.country + "-" + c.id) }

func sectorID(i int) kg.ID {
	return kg.ID("sector:" + strings.ToLower(strings.ReplaceAll(sectors[i], " ", "-")))
}
