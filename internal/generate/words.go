package generate

import "strings"

func words(text string) []string { return strings.Split(text, ",") }

var (
	sectors = words("Aerospace,Agriculture,Artificial intelligence,Automotive,Banking,Batteries,Biotechnology,Chemicals,Construction,Consumer goods,Cultural industries," +
		"Data centres,Design,Digital trade,Education,Electronics,Energy storage,Engineering,Environmental protection,Film,Fisheries,Food processing,Forestry,Furniture,Glass," +
		"Health care,High-speed rail,Hydrogen,Insurance,Iron and steel,Logistics,Machine tools,Maritime transport,Medical devices,Mining,New energy,New materials,Nuclear energy," +
		"Optics,Paper,Pharmaceuticals,Photovoltaics,Ports,Printing,Publishing,Quantum technology,Railways,Real estate,Recycling,Robotics,Rubber,Semiconductors,Shipbuilding," +
		"Smart cities,Software,Sports,Telecommunications,Textiles,Tourism,Toys,Universities,Urban planning,Vaccines,Veterinary medicine,Vocational training,Water management,Wind power,Wine")
	brands = words("Alto,Amberton,Andera,Arcana,Astrel,Aurum,Bellano,Bergson,Boréal,Brightwater,Calder,Cantor,Célestin,Corvo,Dalian,Delphi,Dorado,Élan,Ember,Eurasia,Falken,Fenwick," +
		"Fjordal,Galen,Garuda,Glaswerk,Hanseat,Harbour,Hélios,Hikari,Huaxin,Iberis,Indus,Jadestone,Jötun,Kaleva,Karakum,Kestrel,Kōwa,Lagune,Lindqvist,Łódka,Lumière,Maple,Meridian,Minato,Montclair," +
		"Nagara,Neva,Nordlicht,Oakridge,Océane,Orinoco,Østlund,Pacifica,Palisade,Pérez,Quantis,Quilmes,Ravenna,Rhône,Sakura,Santos,Savanna,Silkway,Søren,Sterling,Taiga,Tamar,Tigris,Toledano,Tundra,Ulysse,Umbria,Valcour,Vega,Vistula,Wayfarer,Weiwei,Xinda,Yangtze,Yılmaz,Zenit,Zhonghe")
	trades = words("Aerospace,Agritech,Automation,Batteries,Biotech,Capital,Chemicals,Components,Construction,Consulting,Design,Electronics,Energy,Engineering,Films,Foods,Forge,Freight,Glass," +
		"Green Power,Health,Hydrogen,Instruments,Logistics,Machinery,Marine,Materials,Medical,Metals,Mobility,Motors,Networks,Optics,Paper,Pharma,Photonics,Polymers,Ports,Rail,Robotics,Semiconductor,Shipping,Software,Solar,Steel,Systems,Telecom,Textiles,Tools,Trading,Turbines,Water,Wind")
	companyForms = map[string][]string{
		"cn": {"Co., Ltd.", "Group Co., Ltd.", "Technology Co., Ltd."}, "de": {"GmbH", "AG", "SE", "GmbH & Co. KG"}, "fr": {"SA", "SAS", "SARL"}, "es": {"S.A.", "S.L."},
		"fi": {"Oy", "Oyj"}, "se": {"AB"}, "it": {"S.p.A.", "S.r.l."}, "jp": {"K.K.", "Kabushiki Kaisha"}, "kr": {"Co., Ltd."}, "nl": {"B.V.", "N.V."}, "pl": {"Sp. z o.o.", "S.A."},
		"br": {"S.A.", "Ltda."}, "mx": {"S.A. de C.V."}, "us": {"Inc.", "Corp.", "LLC"}, "gb": {"Ltd", "plc"}, "in": {"Pvt. Ltd.", "Ltd."}, "tr": {"A.Ş."}, "ru": {"AO", "OOO"}, "cz": {"a.s.", "s.r.o."},
	}
	hanBrands        = words("华信,中和,新达,长江,金石,东方,恒瑞,远景,宏图,瑞丰")
	hanTrades        = words("科技,能源,机械,材料,医药,电子,物流,贸易")
	zoneWords        = words("Economic and Technological Development Zone,High-Tech Zone,Free Trade Zone,Industrial Park,Science Park,Bonded Zone,New Area,Port Park")
	institutionWords = words("Chamber of Commerce,University,Institute of Technology,City Hall,Foreign Trade Association,Research Foundation,General Hospital,Consulate,Port Authority,Academy of Sciences,Friendship Association,Investment Agency")
	agreementWords   = words("Memorandum,Framework agreement,Protocol,Letter of intent,Cooperation agreement,Joint declaration,Convention,Exchange of notes")
	eventWords       = words("Forum,Delegation visit,Signing ceremony,Trade fair,Round table,Conference,Exhibition,Mayors' meeting,Opening ceremony")
	projectWords     = words("Industrial Park Phase II,Metro Line,Solar Farm,Research Centre,Container Terminal,Teaching Hospital,Water Works,Convention Centre,Data Centre,Battery Plant,Wind Farm,Rail Link")
	// What institutions are called in the language of their country, with the city's name.
	localInstitutions = map[string]struct {
		lang  string
		forms []string
	}{
		"cn": {"zh", words("%s大学,%s国际商会,%s市人民政府外事办公室,%s科学院,%s人民对外友好协会")},
		"fr": {"fr", words("Chambre de commerce et d'industrie de %s,Université de %s,Mairie de %s,Agence de développement de %s")},
		"de": {"de", words("Industrie- und Handelskammer %s,Technische Universität %s,Stadt %s,Hafenbehörde %s")},
		"es": {"es", words("Cámara de Comercio de %s,Universidad de %s,Ayuntamiento de %s")},
		"br": {"pt", words("Câmara de Comércio de %s,Universidade de %s,Prefeitura de %s")},
		"it": {"it", words("Camera di Commercio di %s,Università di %s,Comune di %s")},
	}
)
