package kg

import "strings"

// The checks in this file are of form: whether a code exists is for the register
// that issues it, or for the data that is shipped. Each takes exactly one
// spelling, since codes are compared as they are written. Errors are a BadInput
// that says what came and what would be right.

// CheckISO3166Alpha2 checks the form of a country's code of ISO 3166-1 alpha-2:
// two capital letters (CN). User-assigned codes (XK) have it too.
func CheckISO3166Alpha2(s string) error {
	return checkForm(s, "an ISO 3166-1 alpha-2 code", "two capital letters, for example CN", "AA")
}

// CheckISO3166Alpha3 checks the form of a country's code of ISO 3166-1 alpha-3:
// three capital letters (CHN).
func CheckISO3166Alpha3(s string) error {
	return checkForm(s, "an ISO 3166-1 alpha-3 code", "three capital letters, for example CHN", "AAA")
}

// CheckISO3166Part2 checks the form of a subdivision's code of ISO 3166-2: the
// country's alpha-2 code, a hyphen, and one to three capital letters or digits (CN-SD).
func CheckISO3166Part2(s string) error {
	return checkForm(s, "an ISO 3166-2 code", "the country's two letters, a hyphen and one to three capital letters or digits, for example CN-SD",
		"AA-X", "AA-XX", "AA-XXX")
}

// CheckM49 checks the form of a code of the United Nations' standard country or
// area codes for statistical use (Series M, No. 49): three digits, zeros in
// front kept (004). It names countries and regions (150 is Europe).
func CheckM49(s string) error {
	return checkForm(s, "a UN M49 code", "three digits, for example 156 or 004", "000")
}

// CheckUNLOCODE checks the form of a code for trade and transport locations
// (UNECE Recommendation 16): the country's alpha-2 code and three of A-Z and
// 2-9, written without the space that lists often show (CNTNA).
func CheckUNLOCODE(s string) error {
	const form = "the country's two letters and three of A-Z and 2-9 without a space, for example CNTNA"
	if err := checkForm(s, "a UN/LOCODE", form, "AAXXX"); err != nil {
		return err
	}
	if strings.ContainsAny(s, "01") {
		return badCode(s, "a UN/LOCODE", form)
	}
	return nil
}

// CheckWikidata checks the form of the id of an item in Wikidata: Q and a
// number of up to 12 digits without zeros in front (Q170247).
// Properties (P) and lexemes (L) are no entities of ours.
func CheckWikidata(s string) error {
	if digits, found := strings.CutPrefix(s, "Q"); !found || !isNumber(digits, 12) {
		return badCode(s, "a Wikidata item", "Q and a number without zeros in front, for example Q170247")
	}
	return nil
}

// CheckGeoNames checks the form of an id of GeoNames: a positive number of up to
// 10 digits without zeros in front (1805753), and not the page's address.
func CheckGeoNames(s string) error {
	if !isNumber(s, 10) {
		return badCode(s, "a GeoNames id", "the number alone, without zeros in front, for example 1805753")
	}
	return nil
}

// CheckUNTreatySeries checks the form of a registration number of the United
// Nations Treaty Series: I- and a number for what was registered under Article
// 102 of the Charter, II- and a number for what was filed and recorded (I-14668).
// The series' own indexes write a colon or a hyphen; here it is the hyphen, as
// the Treaty Collection's website has it. A number alone is refused, since the
// two registers count separately. Neither volume and page nor the League of
// Nations' series is meant.
func CheckUNTreatySeries(s string) error {
	register, number, found := strings.Cut(s, "-")
	if !found || register != "I" && register != "II" || !isNumber(number, 6) {
		return badCode(s, "a registration number of the UN Treaty Series",
			"I- (registered) or II- (filed and recorded) and the number without zeros in front, for example I-14668")
	}
	return nil
}

// checkForm wants s to have one of the forms, in which A stands for a capital
// letter, 0 for a digit, X for either, and anything else for itself.
func checkForm(s, what, right string, forms ...string) error {
	for _, form := range forms {
		if hasForm(s, form) {
			return nil
		}
	}
	return badCode(s, what, right)
}

func hasForm(s, form string) bool {
	if len(s) != len(form) {
		return false
	}
	for i := range len(s) {
		var ok bool
		switch c := s[i]; form[i] {
		case 'A':
			ok = isUpper(c)
		case '0':
			ok = isDigit(c)
		case 'X':
			ok = isUpper(c) || isDigit(c)
		default:
			ok = c == form[i]
		}
		if !ok {
			return false
		}
	}
	return true
}

// isNumber says whether s is a positive whole number in its one spelling.
func isNumber(s string, maxDigits int) bool {
	if s == "" || len(s) > maxDigits || s[0] == '0' {
		return false
	}
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

func badCode(s, what, right string) error {
	return Errorf(BadInput, "%s is not %s; write %s", quoteShort(s), what, right)
}
