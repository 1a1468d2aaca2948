package kg

import "net/url"

// Identifier is what another register calls an entity.
type Identifier struct{ Scheme, Value string }

// registers say where each register shows what it holds, for those that have a page for each.
var registers = map[string]string{
	"WIKIDATA": "https://www.wikidata.org/wiki/",
	"GEONAMES": "https://www.geonames.org/",
	"LEI":      "https://search.gleif.org/#/record/",
}

// URL gives the page where the register shows it, "" if it has none.
func (id Identifier) URL() string {
	base := registers[id.Scheme]
	if base == "" {
		return ""
	}
	return base + url.PathEscape(id.Value)
}
