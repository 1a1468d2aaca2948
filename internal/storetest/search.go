package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// searchedEntities are the entities of the table of searches: an id, the primary name, and other names. A name may be preceded by
// former:, alias:, short: or said:, the last of which is the description. What has none of these is primary too.
var searchedEntities = [][]string{
	// Poland and its neighbours
	{"city:pl-lodz", "Łódź", "alias:Lodsch"},
	{"city:pl-wroclaw", "Wrocław", "former:Breslau"},
	{"city:pl-gdansk", "Gdańsk", "former:Danzig"},
	{"city:pl-swietochlowice", "Świętochłowice"},
	{"city:pl-bielsko-biala", "Bielsko-Biała"},
	{"city:cz-ceske-budejovice", "České Budějovice", "alias:Budweis"},
	{"city:ro-iasi", "Iași", "alias:Jassy"},
	{"city:hr-sibenik", "Šibenik"},
	// France and Germany
	{"city:fr-rennes", "Rennes", "primary:Roazhon"},
	{"city:fr-reims", "Reims", "former:Rheims"},
	{"city:fr-saint-etienne", "Saint-Étienne"},
	{"city:fr-nimes", "Nîmes"},
	{"city:fr-lhay", "L'Haÿ-les-Roses"},
	{"region:fr-ile-de-france", "Île-de-France"},
	{"company:edf", "EDF", "alias:Électricité de France"},
	{"company:engie", "Engie", "former:Gaz de France Suez"},
	{"company:credit-agricole", "Crédit Agricole"},
	{"city:de-munich", "Munich", "primary:München"},
	{"city:de-cologne", "Cologne", "primary:Köln"},
	{"city:de-gross-gerau", "Groß-Gerau"},
	{"city:de-dusseldorf", "Düsseldorf"},
	{"city:de-frankfurt", "Frankfurt am Main", "short:FFM"},
	{"city:de-frankfurt-oder", "Frankfurt (Oder)"},
	// The rest of Europe, and what was named from it
	{"city:dk-aeroskobing", "Ærøskøbing"},
	{"city:dk-aarhus", "Århus", "primary:Aarhus"},
	{"city:is-seydisfjordur", "Seyðisfjörður"},
	{"city:mt-rabat", "Ir-Rabat, Ħal Safi"},
	{"city:es-a-coruna", "A Coruña", "alias:La Coruña"},
	{"city:pt-evora", "Évora"},
	{"city:br-sao-paulo", "São Paulo"},
	{"city:it-laquila", "L’Aquila"},
	{"city:us-new-york", "New York City", "short:NYC", "former:New Amsterdam"},
	{"city:us-springfield", "Springfield"},
	{"zone:us-research-triangle", "Research Triangle Park"},
	{"city:us-st-louis", "St. Louis", "alias:Saint Louis"},
	{"institution:mit", "Massachusetts Institute of Technology", "short:M.I.T."},
	{"institution:eib", "European Investment Bank", "short:EIB"},
	{"institution:oxford", "University of Oxford"},
	{"institution:cambridge", "University of Cambridge"},
	{"company:siemens", "Siemens Energy AG"},
	{"company:volkswagen", "Volkswagen", "short:VW"},
	{"company:3m", "3M"},
	{"agreement:2010", "Friendship Agreement 2010"},
	{"agreement:2011", "Friendship Agreement 2011"},
	// Turkish, Vietnamese
	{"city:tr-istanbul", "İstanbul", "former:Constantinople"},
	{"city:tr-izmir", "İzmir", "former:Smyrna"},
	{"city:tr-diyarbakir", "Diyarbakır"},
	{"city:tr-igdir", "Iğdır"},
	{"city:tr-eskisehir", "Eskişehir"},
	{"city:az-ganja", "Gəncə"},
	{"city:vn-ho-chi-minh", "Thành phố Hồ Chí Minh", "former:Sài Gòn"},
	{"city:vn-ha-noi", "Hà Nội", "alias:Hanoi"},
	{"city:vn-da-nang", "Đà Nẵng"},
	{"city:vn-can-tho", "Cần Thơ"},
	// Chinese
	{"city:cn-jinan", "Jinan", "primary:济南", "alias:濟南", "former:Tsinan"},
	{"city:cn-xian", "Xi'an", "primary:西安", "former:长安"},
	{"city:cn-beijing", "Beijing", "primary:北京", "former:Peking"},
	{"city:cn-nanjing", "Nanjing", "primary:南京"},
	{"city:cn-shanghai", "Shanghai", "primary:上海"},
	{"city:tw-new-taipei", "新北市"},
	{"city:tw-taipei", "臺北市", "alias:Taipei"},
	{"zone:cn-jinan-hitech", "Jinan High-Tech Zone", "primary:济南高新技术产业开发区"},
	{"zone:cn-tianjin", "天津经济技术开发区", "short:TEDA"},
	{"institution:cn-peking-university", "北京大学", "short:北大"},
	{"company:cn-byd", "BYD", "primary:比亚迪股份有限公司"},
	// Japanese
	{"city:jp-tokyo", "東京都", "alias:Tōkyō"},
	{"city:jp-kyoto", "京都市", "alias:Kyōto"},
	{"city:jp-osaka", "大阪市", "alias:Ōsaka"},
	{"city:jp-sapporo", "札幌市", "alias:さっぽろ"},
	{"company:jp-toyota", "トヨタ自動車", "alias:Toyota"},
	{"company:jp-jr-east", "JR東日本"},
	{"company:jp-hello", "ハローデータ"},
	// Korean
	{"city:kr-seoul", "서울특별시", "alias:Seoul"},
	{"city:kr-busan", "부산광역시", "alias:Pusan"},
	{"company:kr-samsung", "삼성전자", "alias:Samsung Electronics"},
	// Cyrillic, Greek
	{"city:ua-kyiv", "Київ", "alias:Kyiv", "former:Киев"},
	{"city:ru-nizhny", "Нижний Новгород", "former:Горький"},
	{"city:ru-oryol", "Орёл"},
	{"city:ru-petersburg", "Санкт-Петербург", "former:Ленинград"},
	{"city:bg-sofia", "София"},
	{"city:gr-athens", "Αθήνα"},
	{"city:gr-thessaloniki", "Θεσσαλονίκη"},
	{"city:gr-piraeus", "Πειραιάς"},
	// Arabic, Persian, Hebrew, Hindi, Thai
	{"city:sa-riyadh", "الرياض"},
	{"city:ae-abu-dhabi", "أبو ظبي"},
	{"city:eg-cairo", "القاهرة"},
	{"city:ir-kermanshah", "کرمانشاه"},
	{"city:il-jerusalem", "ירושלים"},
	{"city:in-delhi", "दिल्ली"},
	{"city:th-bangkok", "กรุงเทพมหานคร"},
	// What is only described, and a fact-laden namesake
	{"project:bridge", "Chenab Link", "said:A railway bridge in the mountains. It carries trains since 2024."},
	{"project:port", "Gwadar East Bay", "said:深水港口建设项目。由两国共同投资。"},
	{"sector:steel", "Iron and steel"},
	{"city:us-paris", "Paris"},
	{"city:fr-paris", "Paris", "alias:Lutetia"},
	{"company:paris-baguette", "Paris Baguette"},
	{"institution:emoji", "Club ★"},
}

// searchCases say what is found first; nothing where want is empty.
var searchCases = []struct{ text, want string }{
	// Accents, case, letters that do not decompose
	{"lodz", "city:pl-lodz"}, {"ŁÓDŹ", "city:pl-lodz"}, {"Lodsch", "city:pl-lodz"}, {"wroclaw", "city:pl-wroclaw"}, {"breslau", "city:pl-wroclaw"},
	{"gdansk", "city:pl-gdansk"}, {"danzig", "city:pl-gdansk"}, {"swietochlowice", "city:pl-swietochlowice"}, {"świeto", "city:pl-swietochlowice"},
	{"bielsko biala", "city:pl-bielsko-biala"}, {"biala", "city:pl-bielsko-biala"}, {"bielskobiala", "city:pl-bielsko-biala"},
	{"ceske budejovice", "city:cz-ceske-budejovice"}, {"iasi", "city:ro-iasi"}, {"sibenik", "city:hr-sibenik"},
	{"Gross-Gerau", "city:de-gross-gerau"}, {"GROSS GERAU", "city:de-gross-gerau"}, {"koln", "city:de-cologne"}, {"munchen", "city:de-munich"},
	{"aeroskobing", "city:dk-aeroskobing"}, {"arhus", "city:dk-aarhus"}, {"seydisfjordur", "city:is-seydisfjordur"}, {"hal safi", "city:mt-rabat"},
	{"coruna", "city:es-a-coruna"}, {"evora", "city:pt-evora"}, {"sao paulo", "city:br-sao-paulo"}, {"SÃO", "city:br-sao-paulo"},
	{"nimes", "city:fr-nimes"}, {"saint etienne", "city:fr-saint-etienne"},

	// Apostrophes, hyphens, full stops
	{"l'aquila", "city:it-laquila"}, {"aquila", "city:it-laquila"}, {"laquila", "city:it-laquila"}, {"L´Haÿ les Roses", "city:fr-lhay"},
	{"ile de france", "region:fr-ile-de-france"}, {"iledefrance", "region:fr-ile-de-france"}, {"mit", "institution:mit"}, {"m.i.t.", "institution:mit"},
	{"e.d.f.", "company:edf"}, {"st louis", "city:us-st-louis"}, {"xian", "city:cn-xian"}, {"Xi’an", "city:cn-xian"}, {"hightech", "zone:cn-jinan-hitech"},
	{"frankfurt (oder)", "city:de-frankfurt-oder"},

	// Aliases, former names, abbreviations
	{"Electricite de France", "company:edf"}, {"edf", "company:edf"}, {"gaz de france", "company:engie"}, {"nyc", "city:us-new-york"},
	{"new amsterdam", "city:us-new-york"}, {"constantinople", "city:tr-istanbul"}, {"rheims", "city:fr-reims"}, {"eib", "institution:eib"}, {"vw", "company:volkswagen"},
	{"teda", "zone:cn-tianjin"}, {"ffm", "city:de-frankfurt"}, {"roazhon", "city:fr-rennes"},

	// As one types
	{"ren", "city:fr-rennes"}, {"volks", "company:volkswagen"}, {"massach", "institution:mit"}, {"univ oxf", "institution:oxford"}, {"3m", "company:3m"},
	{"fra", "city:de-frankfurt-oder"}, {"düsseld", "city:de-dusseldorf"}, {"new y", "city:us-new-york"},

	// Words in another order, and only some
	{"oxford university", "institution:oxford"}, {"paulo sao", "city:br-sao-paulo"}, {"agricole", "company:credit-agricole"}, {"zone jinan", "zone:cn-jinan-hitech"},
	{"triangle research", "zone:us-research-triangle"}, {"energy siemens", "company:siemens"}, {"york", "city:us-new-york"},

	// Within a word
	{"nchen", "city:de-munich"}, {"field", "city:us-springfield"}, {"wagen", "company:volkswagen"},

	// Small mistakes
	{"Renes", "city:fr-rennes"}, {"rennse", "city:fr-rennes"}, {"rannes", "city:fr-rennes"}, {"muncih", "city:de-munich"}, {"Dusseldrof", "city:de-dusseldorf"},
	{"dusseldorff", "city:de-dusseldorf"}, {"swietochlovise", "city:pl-swietochlowice"}, {"univercity of oxfrod", "institution:oxford"}, {"lozd", "city:pl-lodz"},
	{"electrisite de frence", "company:edf"}, {"massachusets institut", "institution:mit"}, {"volkswagn", "company:volkswagen"}, {"jinna", "city:cn-jinan"},
	{"credit agrikole", "company:credit-agricole"}, {"sprinfgield", "city:us-springfield"}, {"bejing", "city:cn-beijing"}, {"shangai", "city:cn-shanghai"},
	{"volkswg", "company:volkswagen"}, {"kolm", "city:de-cologne"},

	// But none in short words and in numbers
	{"edg", ""}, {"nyk", ""}, {"vm", ""}, {"friendship agreement 2010", "agreement:2010"}, {"agreement 2011", "agreement:2011"}, {"agreement 2012", ""}, {"rxnxxs", ""},
	{"qqqq", ""}, {"oxford oxford", ""}, {"rennes paris", ""},

	// Turkish, Vietnamese
	{"istanbul", "city:tr-istanbul"}, {"ISTANBUL", "city:tr-istanbul"}, {"İSTANBUL", "city:tr-istanbul"}, {"ıstanbul", "city:tr-istanbul"}, {"izmir", "city:tr-izmir"},
	{"diyarbakir", "city:tr-diyarbakir"}, {"IGDIR", "city:tr-igdir"}, {"eskisehir", "city:tr-eskisehir"}, {"smyrna", "city:tr-izmir"}, {"ganca", "city:az-ganja"},
	{"ho chi minh", "city:vn-ho-chi-minh"}, {"thanh pho ho chi minh", "city:vn-ho-chi-minh"}, {"saigon", "city:vn-ho-chi-minh"}, {"sai gon", "city:vn-ho-chi-minh"},
	{"hà nội", "city:vn-ha-noi"}, {"ha noi", "city:vn-ha-noi"}, {"hanoi", "city:vn-ha-noi"}, {"da nang", "city:vn-da-nang"}, {"can tho", "city:vn-can-tho"},

	// Chinese
	{"济南", "city:cn-jinan"}, {"濟南", "city:cn-jinan"}, {"济", "city:cn-jinan"}, {"tsinan", "city:cn-jinan"}, {"北市", "city:tw-new-taipei"}, {"新北", "city:tw-new-taipei"},
	{"臺北", "city:tw-taipei"}, {"北京", "city:cn-beijing"}, {"北大", "institution:cn-peking-university"}, {"大学", "institution:cn-peking-university"},
	{"高新技术", "zone:cn-jinan-hitech"}, {"高薪技术产业", "zone:cn-jinan-hitech"}, {"天津开发区", ""}, {"天津经济技木开发区", "zone:cn-tianjin"}, {"济南 开发区", ""},
	{"比亚迪", "company:cn-byd"}, {"长安", "city:cn-xian"}, {"上海", "city:cn-shanghai"},

	// Japanese
	{"京都", "city:jp-kyoto"}, {"東京", "city:jp-tokyo"}, {"東京都", "city:jp-tokyo"}, {"大阪", "city:jp-osaka"}, {"osaka", "city:jp-osaka"}, {"tokyo", "city:jp-tokyo"},
	{"ﾄﾖﾀ", "company:jp-toyota"}, {"トヨタ", "company:jp-toyota"}, {"自動車", "company:jp-toyota"}, {"JR", "company:jp-jr-east"}, {"ｊｒ東日本", "company:jp-jr-east"},
	{"東日本", "company:jp-jr-east"}, {"さっぽろ", "city:jp-sapporo"}, {"データ", "company:jp-hello"},

	// Korean
	{"서울", "city:kr-seoul"}, {"서울특별시", "city:kr-seoul"}, {"특별시", "city:kr-seoul"}, {"부산", "city:kr-busan"}, {"삼성", "company:kr-samsung"}, {"전자", "company:kr-samsung"},
	{"\u1109\u1165\u110b\u116e\u11af", "city:kr-seoul"}, {"서울특벌시", "city:kr-seoul"},

	// Cyrillic, Greek
	{"київ", "city:ua-kyiv"}, {"КИЕВ", "city:ua-kyiv"}, {"нижнии новгород", "city:ru-nizhny"}, {"Новгород Нижний", "city:ru-nizhny"}, {"орел", "city:ru-oryol"}, {"ОРЁЛ", "city:ru-oryol"},
	{"петербург", "city:ru-petersburg"}, {"Ленинрад", "city:ru-petersburg"}, {"софия", "city:bg-sofia"}, {"αθηνα", "city:gr-athens"}, {"ΑΘΗΝΑ", "city:gr-athens"},
	{"θεσσαλονικη", "city:gr-thessaloniki"}, {"Θεσαλονίκη", "city:gr-thessaloniki"}, {"πειραιας", "city:gr-piraeus"}, {"ΠΕΙΡΑΙΆΣ", "city:gr-piraeus"},

	// Arabic, Persian, Hebrew, Hindi, Thai
	{"الرياض", "city:sa-riyadh"}, {"الرِّيَاضُ", "city:sa-riyadh"}, {"ابو ظبي", "city:ae-abu-dhabi"}, {"أبو ظبى", "city:ae-abu-dhabi"}, {"القاهره", "city:eg-cairo"}, {"كرمانشاه", "city:ir-kermanshah"},
	{"ירושלים", "city:il-jerusalem"}, {"יְרוּשָׁלַיִם", "city:il-jerusalem"}, {"दिल्ली", "city:in-delhi"}, {"กรุงเทพ", "city:th-bangkok"},

	// Descriptions, identifiers, signs
	{"railway bridge", "project:bridge"}, {"mountain", "project:bridge"}, {"港口", "project:port"}, {"共同投资", "project:port"}, {"railwya", ""},
	{"Q1477", "city:pl-lodz"}, {"Q 1477", "city:pl-lodz"}, {"★", "institution:emoji"}, {"!?", ""}, {"", ""},

	// What more is known of comes first, after how well it fits
	{"paris", "city:fr-paris"}, {"paris b", "company:paris-baguette"}, {"pari", "city:fr-paris"}, {"university", "institution:oxford"}, {"steel", "sector:steel"},
}

// searchFinds say what else is found, within the first three.
var searchFinds = []struct{ text, want string }{
	{"京都", "city:jp-tokyo"}, {"北市", "city:tw-taipei"}, {"oxford", "institution:oxford"}, {"jinan", "zone:cn-jinan-hitech"}, {"paris", "city:us-paris"},
	{"frankfurt", "city:de-frankfurt"}, {"friendship", "agreement:2011"},
}

// testSearch holds the table of searches, through the Catalog: what is found first is the same on every engine.
func testSearch(t *testing.T, open opener) {
	g := newFixture(t, open)
	kinds := map[string]kg.NameKind{"primary": kg.Primary, "former": kg.Former, "alias": kg.Alias, "short": kg.Abbreviation}
	for _, e := range searchedEntities {
		g.entity(kg.ID(e[0]), e[1], func(entity *kg.Entity) {
			for _, name := range e[2:] {
				sort, value, _ := strings.Cut(name, ":")
				if sort == "said" {
					entity.Description = value
				} else {
					entity.Names = append(entity.Names, kg.Name{Value: value, Kind: kinds[sort]})
				}
			}
			if e[0] == "city:pl-lodz" {
				entity.Others = []kg.Identifier{{Scheme: "WIKIDATA", Value: "Q1477"}}
			}
		})
	}
	g.fact("seat", kg.LocatedIn, "company:edf", "city:fr-paris")
	g.apply()
	catalog := kg.NewCatalog(g.store, func() time.Time { return late })
	found := func(text string) []string {
		p, err := catalog.Read(t.Context(), &kg.Query{Walk: kg.Finding{Text: text}, List: kg.List{First: 3, Order: kg.ScoreOrder}})
		if err != nil {
			t.Errorf("search %q: %v", text, err)
			return []string{""}
		}
		var ids []string
		for i := range p.Rows {
			ids = append(ids, string(p.Rows[i].ID()))
		}
		return ids
	}
	for _, c := range searchCases {
		if got := found(c.text); c.want == "" && len(got) > 0 || c.want != "" && (len(got) == 0 || got[0] != c.want) {
			t.Errorf("search %q found %q, want %q first", c.text, got, c.want)
		}
	}
	for _, c := range searchFinds {
		if got := found(c.text); !slices.Contains(got, c.want) {
			t.Errorf("search %q found %q, want %q among them", c.text, got, c.want)
		}
	}
	// Every name finds its entity, with nothing but what has the same name before it.
	for _, e := range searchedEntities {
		for _, name := range e[1:] {
			if _, value, ok := strings.Cut(name, ":"); ok {
				name = value
			}
			if got := found(name); !slices.Contains(got, e[0]) {
				t.Errorf("search %q found %q, want %q among them", name, got, e[0])
			}
		}
	}
}
