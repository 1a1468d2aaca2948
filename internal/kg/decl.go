package kg

import "strings"

// Decl declares one kind: its names, its fields and, for a fact, what it may join. A new kind or relation is an entry here
// and its file in schema/.
type Decl struct {
	Kind   Kind
	Name   string // CITY, PARTNERS_WITH: in the API, in the data format, and as Neo4j's relationship type
	Type   string // City, PartnersWith: the GraphQL object type, and Neo4j's label
	Prefix string // city, partners_with: what its ids begin with

	// Fields are the kind's own, in the order of [Entity.Values] or [Fact.Values].
	Fields []*Field
	// Detail is the field that says its type, role or mode in a word; nil if it has none.
	Detail *Field
	// Day is the field of an entity that it is known by in lists ordered by date (signed, started, founded); nil if none.
	Day *Field

	// Spans are pairs of date fields of which the second can't lie before the first.
	Spans [][2]*Field
	// Check proves what single fields can't: that values fit each other. It is given each value by its field's name; nil if
	// there is nothing of the sort to prove.
	Check func(value func(field string) Value) error

	// Joins are the pairs of kinds that a fact may link.
	Joins []Join
	// Symmetric facts have no direction: they are stored once, the smaller id first.
	Symmetric bool
	// Identity is the field that tells apart two facts between the same ends and is hashed into the id; nil if none.
	Identity *Field
	// Since and Until are the fields whose first known value stands for the fact's own dates; nil where it has its own.
	Since, Until []*Field
	// Prefer is the field whose largest value decides which fact a singular relation shows first; nil if none.
	Prefer *Field
	// Began and Ended say what happened when a fact began to hold and when it ceased, as sentences; see [MomentTitle]. A kind
	// whose dates are derived has none for them, as its fields say it better.
	Began, Ended string
}

// Join is a pair of kinds that a fact may link: any of From with any of To.
type Join struct{ From, To KindSet }

// Ends gives the kinds that facts of this kind may lead from, and those that they may lead to.
func (d *Decl) Ends() (from, to KindSet) {
	for _, j := range d.Joins {
		from, to = from|j.From, to|j.To
	}
	return from, to
}

// MayJoin says whether a fact of this kind may lead from the one kind to the other.
func (d *Decl) MayJoin(from, to Kind) bool {
	for _, j := range d.Joins {
		if j.From.Has(from) && j.To.Has(to) {
			return true
		}
	}
	return false
}

// Field finds a field by name: one of the kind's own, or one that all of its class have (name, since, confidence). It is
// nil where there is none.
func (d *Decl) Field(name string) *Field {
	for _, fields := range [...][]*Field{d.Fields, commonFields[classOf(d.Kind)]} {
		for _, f := range fields {
			if f.Name == name {
				return f
			}
		}
	}
	return nil
}

// Own gives where the values of the kind have the field, if it is one of the kind's own.
func (d *Decl) Own(f *Field) (position int, ok bool) {
	if f == nil || f.slot < 0 || f.slot >= len(d.Fields) || d.Fields[f.slot] != f {
		return 0, false
	}
	return f.slot, true
}

// AllFields lists the kind's own fields, then those that all of its class have.
func (d *Decl) AllFields() []*Field {
	return append(d.Fields[:len(d.Fields):len(d.Fields)], commonFields[classOf(d.Kind)]...)
}

func classOf(k Kind) Kind {
	switch {
	case k.IsEntity():
		return Country
	case k.IsFact():
		return LocatedIn
	}
	return k
}

var (
	entityDecls = []Decl{
		{Kind: Country, Name: "COUNTRY", Fields: []*Field{
			{Name: "iso2", Type: Text, Check: CheckISO3166Alpha2, Scheme: "ISO_3166_1"},
			{Name: "iso3", Type: Text, Check: CheckISO3166Alpha3, Scheme: "ISO_3166_1"},
			{Name: "m49", Type: Text, Check: CheckM49, Scheme: "UN_M49"},
			{Name: "population", Type: Int},
		}},
		{Kind: Region, Name: "REGION", Fields: []*Field{
			{Name: "isoCode", Type: Text, Check: CheckISO3166Part2, Scheme: "ISO_3166_2"},
			{Name: "population", Type: Int},
		}},
		{Kind: City, Name: "CITY", Fields: []*Field{
			{Name: "population", Type: Int},
		}},
		{Kind: Zone, Name: "ZONE", Day: field("establishedOn"), Detail: field("type"), Fields: []*Field{
			{Name: "type", Type: Enum, Required: true, Enum: words("ECONOMIC_TECHNOLOGICAL HIGH_TECH FREE_TRADE BONDED SPECIAL_ECONOMIC INDUSTRIAL_PARK SCIENCE_PARK MEDICAL NEW_AREA OTHER")},
			{Name: "level", Type: Enum, Enum: words("NATIONAL REGIONAL MUNICIPAL OTHER")},
			{Name: "establishedOn", Type: Dated, Happened: "{name} was established"},
			{Name: "areaKm2", Type: Float, Max: 20e6},
		}},
		{Kind: Company, Name: "COMPANY", Day: field("foundedOn"), Fields: []*Field{
			{Name: "lei", Type: Text, Check: CheckLEI, Scheme: "LEI"},
			{Name: "foundedOn", Type: Dated, Happened: "{name} was founded"},
		}},
		{Kind: Institution, Name: "INSTITUTION", Detail: field("type"), Fields: []*Field{
			{Name: "type", Type: Enum, Required: true, Enum: words("CHAMBER ASSOCIATION FOUNDATION EMBASSY CONSULATE GOVERNMENT UNIVERSITY HOSPITAL INTERNATIONAL OTHER")},
		}},
		{Kind: Agreement, Name: "AGREEMENT", Day: field("signedOn"), Detail: field("type"), Spans: [][2]*Field{span("signedOn", "endedOn"), span("inForceOn", "endedOn"), span("endedOn", "survivesUntil")}, Fields: []*Field{
			{Name: "type", Type: Enum, Required: true, Enum: words("TRADE INVESTMENT TAX ECONOMIC_COOPERATION TWINNING FRIENDSHIP SCIENCE CULTURE EDUCATION TRANSPORT ENERGY ENVIRONMENT HEALTH SECURITY OTHER")},
			{Name: "form", Type: Enum, Enum: words("TREATY CONVENTION PROTOCOL MEMORANDUM LETTER_OF_INTENT DECLARATION CONTRACT EXCHANGE_OF_NOTES OTHER")},
			{Name: "signedOn", Type: Dated, Happened: "{name} was signed"},
			{Name: "inForceOn", Type: Dated, Happened: "{name} entered into force"},
			{Name: "endedOn", Type: Dated, Happened: "{name} ended"},
			{Name: "ending", Type: Enum, Enum: words("EXPIRED TERMINATED")},
			{Name: "survivesUntil", Type: Dated, Happened: "{name} ceased to bind"},
		}},
		{Kind: Event, Name: "EVENT", Day: field("startsOn"), Detail: field("type"), Spans: [][2]*Field{span("startsOn", "endsOn")}, Fields: []*Field{
			{Name: "type", Type: Enum, Required: true, Enum: words("VISIT MEETING TALKS FORUM CONFERENCE EXHIBITION SIGNING OPENING CEREMONY OTHER")},
			{Name: "startsOn", Type: Dated, Happened: "{name} began"},
			{Name: "endsOn", Type: Dated, Happened: "{name} ended"},
			{Name: "attendance", Type: Int},
		}},
		{Kind: Project, Name: "PROJECT", Day: field("startedOn"), Detail: field("type"), Spans: [][2]*Field{span("startedOn", "openedOn")}, Fields: []*Field{
			{Name: "type", Type: Enum, Required: true, Enum: words("INDUSTRY INFRASTRUCTURE ENERGY TRANSPORT HEALTH EDUCATION RESEARCH CULTURE FINANCE OTHER")},
			{Name: "stage", Type: Enum, Required: true, Enum: words("ANNOUNCED AGREED BUILDING RUNNING COMPLETED SUSPENDED CANCELLED UNKNOWN")},
			{Name: "startedOn", Type: Dated, Happened: "{name} began"},
			{Name: "openedOn", Type: Dated, Happened: "{name} opened"},
		}},
		{Kind: Sector, Name: "SECTOR", Detail: field("scheme"), Check: checkSectorCode, Fields: []*Field{
			{Name: "scheme", Type: Enum, Enum: words("ISIC NACE")},
			{Name: "code", Type: Text},
		}},
	}

	factDecls = []Decl{
		{Kind: LocatedIn, Name: "LOCATED_IN", Began: "{from} came to be in {to}", Ended: "{from} ceased to be in {to}", Joins: []Join{{Places&^SetOf(Country) | SetOf(Company, Institution, Event, Project), Places}}},
		{Kind: PartOf, Name: "PART_OF", Began: "{from} became part of {to}", Ended: "{from} ceased to be part of {to}", Prefer: field("share"), Joins: []Join{same(Company), same(Event), same(Zone), same(Sector)}, Fields: []*Field{
			{Name: "share", Type: Float, Max: 1},
		}},
		{Kind: PartnersWith, Name: "PARTNERS_WITH", Began: "{from} and {to} became partners ({detail})", Ended: "{from} and {to} ceased to be partners ({detail})", Symmetric: true, Identity: field("type"), Detail: field("type"), Joins: []Join{{Parties, Parties}}, Fields: []*Field{
			{Name: "type", Type: Enum, Required: true, Enum: words("TWIN FRIENDSHIP STRATEGIC ECONOMIC ACADEMIC OTHER")},
			{Name: "basis", Type: Ref, Refers: SetOf(Agreement)},
			{Name: "assertedBy", Type: Refs, Refers: Parties},
		}},
		{Kind: PartyTo, Name: "PARTY_TO", Identity: field("role"), Detail: field("role"), Joins: []Join{{Parties, SetOf(Agreement)}},
			Since: []*Field{field("inForceOn"), field("ratifiedOn"), field("signedOn")}, Until: []*Field{field("withdrewOn")},
			Spans: [][2]*Field{span("signedOn", "ratifiedOn"), span("signedOn", "withdrewOn"), span("ratifiedOn", "withdrewOn")}, Fields: []*Field{
				{Name: "role", Type: Enum, Required: true, Enum: words("SIGNATORY ACCEDING GUARANTOR DEPOSITARY OBSERVER OTHER")},
				{Name: "signedOn", Type: Dated, Happened: "{from} signed {to} ({detail})"},
				{Name: "ratifiedOn", Type: Dated, Happened: "{from} ratified {to} ({detail})"},
				{Name: "inForceOn", Type: Dated, Happened: "{to} entered into force for {from} ({detail})"},
				{Name: "withdrewOn", Type: Dated, Happened: "{from} withdrew from {to} ({detail})"},
			}},
		{Kind: TookPartIn, Name: "TOOK_PART_IN", Began: "{from} joined {to} ({detail})", Ended: "{from} left {to} ({detail})", Identity: field("role"), Detail: field("role"), Joins: []Join{{Parties, SetOf(Event)}}, Fields: []*Field{
			{Name: "role", Type: Enum, Required: true, Enum: words("HOST ORGANIZER VISITOR PARTICIPANT SPEAKER")},
		}},
		{Kind: ResultedIn, Name: "RESULTED_IN", Began: "{from} led to {to}", Ended: "{to} ceased to count as a result of {from}", Joins: []Join{{SetOf(Event), SetOf(Agreement, Project)}}},
		{Kind: Concerns, Name: "CONCERNS", Began: "{from} came to concern {to}", Ended: "{from} ceased to concern {to}", Joins: []Join{{SetOf(Agreement, Event, Project), SetOf(Zone, City, Project, Sector)}}},
		{Kind: ActiveIn, Name: "ACTIVE_IN", Began: "{from} became active in {to}", Ended: "{from} ceased to be active in {to}", Joins: []Join{{SetOf(Company, Institution, Zone, City), SetOf(Sector)}}},
		{Kind: InvestsIn, Name: "INVESTS_IN", Began: "{from} invested in {to} ({detail})", Ended: "{from} ended its investment in {to} ({detail})", Detail: field("mode"), Joins: []Join{{SetOf(Company, Institution), SetOf(City, Zone, Project, Company)}}, Fields: []*Field{
			{Name: "amount", Type: Float, Max: 1e15},
			{Name: "currency", Type: Text, Check: CheckCurrency},
			{Name: "mode", Type: Enum, Enum: words("GREENFIELD ACQUISITION JOINT_VENTURE LOAN GRANT OTHER")},
		}},
		{Kind: Represents, Name: "REPRESENTS", Began: "{from} began to represent {to}", Ended: "{from} ceased to represent {to}", Joins: []Join{{SetOf(Institution), SetOf(Country)}}},
		{Kind: RelatesTo, Name: "RELATES_TO", Began: "{from} came to bear on {to} ({detail})", Ended: "{from} ceased to bear on {to} ({detail})", Identity: field("type"), Detail: field("type"), Joins: []Join{same(Agreement)}, Fields: []*Field{
			{Name: "type", Type: Enum, Required: true, Enum: words("AMENDS REPLACES IMPLEMENTS PROTOCOL_TO ACCESSION_TO")},
		}},
	}
)

var (
	decls        [maxKinds]Decl
	kindByName   = map[string]Kind{}
	kindByPrefix = map[string]Kind{}
	kindByType   = map[string]Kind{}
)

func init() {
	for _, d := range entityDecls {
		declare(&Entities, d)
	}
	for _, d := range factDecls {
		declare(&Facts, d)
	}
	for kind, name := range map[Kind]string{SourceKind: "SOURCE", EvidenceKind: "EVIDENCE", ChangeKind: "CHANGE", StatusKind: "AGREEMENT_STATUS"} {
		declare(new(KindSet), Decl{Kind: kind, Name: name})
	}
}

// declare finishes an entry and puts it into the table and into the set of its class: names follow from the kind's name, and a
// reference to a field by name becomes the field.
func declare(class *KindSet, d Decl) {
	*class |= SetOf(d.Kind)
	d.Prefix = strings.ToLower(d.Name)
	for _, word := range strings.Split(d.Prefix, "_") {
		d.Type += strings.ToUpper(word[:1]) + word[1:]
	}
	for i, f := range d.Fields {
		f.slot = i
	}
	own := func(f *Field) *Field {
		if f == nil {
			return nil
		}
		return d.Field(f.Name)
	}
	d.Detail, d.Day, d.Identity, d.Prefer = own(d.Detail), own(d.Day), own(d.Identity), own(d.Prefer)
	for i := range d.Since {
		d.Since[i] = own(d.Since[i])
	}
	for i := range d.Until {
		d.Until[i] = own(d.Until[i])
	}
	for i, s := range d.Spans {
		d.Spans[i] = [2]*Field{own(s[0]), own(s[1])}
	}
	decls[d.Kind] = d
	kindByName[d.Name] = d.Kind
	kindByPrefix[d.Prefix] = d.Kind
	kindByType[d.Type] = d.Kind
}

func field(name string) *Field    { return &Field{Name: name} }
func words(names string) []string { return strings.Fields(names) }
func same(k Kind) Join            { return Join{SetOf(k), SetOf(k)} }
func span(from, to string) [2]*Field {
	return [2]*Field{field(from), field(to)}
}
