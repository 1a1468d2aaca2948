package generate

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/internal/demo"
)

// city is a real one.
type city struct {
	id, name, country string // the country as ISO 3166-1 alpha-2, in lower case
	lat, lon          float64
	population        int64
	han               string // a name in Chinese, "" for most
}

//go:embed cities.tsv.gz
var packed []byte

var (
	countries = readCountries()
	cities    = readCities() // the largest first
)

// readCountries lists the codes of the demo's countries, in the order of the file.
func readCountries() []string {
	var codes []string
	for line := range bytes.Lines(demo.Graph()[0].Data) {
		var r struct{ Entity string }
		if json.Unmarshal(line, &r) == nil && r.Entity != "" {
			codes = append(codes, strings.TrimPrefix(r.Entity, "country:"))
		}
	}
	return codes
}

func readCities() []city {
	known := map[string]bool{}
	for _, c := range countries {
		known[c] = true
	}
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // embedded
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		panic(err)
	}
	var list []city
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		c := city{id: f[0], name: f[1], country: strings.ToLower(f[2]), han: f[6]}
		if !known[c.country] {
			continue
		}
		c.lat, _ = strconv.ParseFloat(f[3], 64)
		c.lon, _ = strconv.ParseFloat(f[4], 64)
		c.population, _ = strconv.ParseInt(f[5], 10, 64)
		list = append(list, c)
	}
	return list
}
