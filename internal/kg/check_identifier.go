package kg

import "slices"

// schemes are the registers whose identifiers an entity may have, and how each proves one; nil is any text.
var schemes = []struct {
	name  string
	check func(string) error
}{
	{"WIKIDATA", CheckWikidata},
	{"GEONAMES", CheckGeoNames},
	{"LEI", CheckLEI},
	{"ISO_3166_1", checkISO3166Part1},
	{"ISO_3166_2", CheckISO3166Part2},
	{"UN_M49", CheckM49},
	{"UN_LOCODE", CheckUNLOCODE},
	{"ISIC", CheckISIC},
	{"NACE", CheckNACE},
	{"UN_TREATY_SERIES", CheckUNTreatySeries},
	{"OTHER", nil},
}

// Check proves an identifier's scheme and, by it, its form, before it is looked for.
func (id Identifier) Check() error {
	if err := id.check(); err != nil {
		return err
	}
	return nil
}

// check proves an identifier's scheme and, by it, its form.
func (id Identifier) check() *Error {
	for _, s := range schemes {
		if s.name != id.Scheme {
			continue
		}
		if err := checkLine(id.Value, maxCode); err != nil {
			return err.In("value")
		}
		if s.check != nil {
			if err := s.check(id.Value); err != nil {
				return asError(err).In("value")
			}
		}
		return nil
	}
	names := make([]string, len(schemes))
	for i, s := range schemes {
		names[i] = s.name
	}
	if id.Scheme == "" {
		return Errorf(BadInput, "it is missing: write %s", oneOf(names)).In("scheme")
	}
	return Errorf(BadInput, "%s is not a register known here: write %s", quoteShort(id.Scheme), oneOf(names)).In("scheme")
}

// checkISO3166Part1 proves any of the three codes that ISO 3166-1 gives a country.
func checkISO3166Part1(s string) error {
	if CheckISO3166Alpha2(s) == nil || CheckISO3166Alpha3(s) == nil || CheckM49(s) == nil {
		return nil
	}
	return Errorf(BadInput, "%s is not a code of ISO 3166-1: write two or three capital letters or three digits, for example CN, CHN or 156", quoteShort(s))
}

// checkIdentifiers proves an entity's identifiers. One that the kind has a field for is moved there, so that it is found,
// ordered and filtered by whichever way it was given.
func (e *Entity) checkIdentifiers() *Error {
	var others []Identifier
	for i, id := range e.Others {
		if err := id.check(); err != nil {
			return err.In(indexed(i)).In("identifiers")
		}
		f := e.fieldFor(id)
		switch {
		case f == nil && !slices.Contains(others, id):
			others = append(others, id)
		case f == nil || e.Values[f.slot] == id.Value:
		case e.Values[f.slot] == nil:
			e.Values[f.slot] = id.Value
		default:
			return Errorf(BadInput, "%s is %v, and this identifier says %s: keep the one that is right", f.Name, e.Values[f.slot], id.Value).In(indexed(i)).In("identifiers")
		}
	}
	e.Others = others
	return nil
}

// fieldFor gives the kind's own field that holds such an identifier, nil if there is none.
func (e *Entity) fieldFor(id Identifier) *Field {
	for _, f := range e.Kind.Decl().Fields {
		if f.Scheme == id.Scheme && (f.Check == nil || f.Check(id.Value) == nil) {
			return f
		}
	}
	return nil
}

// checkSectorCode proves a sector's code against the classification that it is of, if it says which.
func checkSectorCode(value func(string) Value) error {
	code, ok := value("code").(string)
	if !ok {
		return nil
	}
	var err error
	switch value("scheme") {
	case "ISIC":
		err = CheckISIC(code)
	case "NACE":
		err = CheckNACE(code)
	}
	if err != nil {
		return asError(err).In("code")
	}
	return nil
}
