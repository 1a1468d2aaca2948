package kg

import "strings"

// CheckISIC checks a code of the International Standard Industrial
// Classification of All Economic Activities (United Nations, Series M, No. 4):
// a section (C), a division (29), a group (291) or a class (2910), without the
// section's letter before digits. Sections and divisions must exist in Revision
// 4 or Revision 5, which has no division 45 and one section, V, more; groups and
// classes are checked by form and by their division. The error is a BadInput.
func CheckISIC(s string) error {
	if !isSection(s) && !(isDigits(s) && len(s) <= 4 && isDivision(s)) {
		return badCode(s, "an ISIC code", "a section A to V, a division that exists such as 29, a group such as 291 or a class such as 2910")
	}
	return nil
}

// CheckNACE checks a code of the statistical classification of economic
// activities in the European Union, Revision 2 (Regulation (EC) No 1893/2006) or
// 2.1 (Delegated Regulation (EU) 2023/137): a section (C), a division (29), a
// group (29.1) or a class (29.10), with the full stop and without the section's
// letter before digits. Sections and divisions must exist; they are those of
// ISIC. The error is a BadInput.
func CheckNACE(s string) error {
	division, rest, stop := strings.Cut(s, ".")
	if isSection(s) || isDivision(division) && len(division) == 2 && (!stop || isDigits(rest) && len(rest) <= 2) {
		return nil
	}
	return badCode(s, "a NACE code", "a section A to V, a division that exists such as 29, a group such as 29.1 or a class such as 29.10")
}

// sectorDivisions are the sections of ISIC Rev.4 and NACE Rev.2 with their first
// and last division, 88 in all. Rev.5 and Rev.2.1 cut the sections from J on
// otherwise and make V of the last, but have no division that is not here.
var sectorDivisions = []struct {
	section     byte
	first, last int
}{
	{'A', 1, 3}, {'B', 5, 9}, {'C', 10, 33}, {'D', 35, 35}, {'E', 36, 39}, {'F', 41, 43}, {'G', 45, 47},
	{'H', 49, 53}, {'I', 55, 56}, {'J', 58, 63}, {'K', 64, 66}, {'L', 68, 68}, {'M', 69, 75}, {'N', 77, 82},
	{'O', 84, 84}, {'P', 85, 85}, {'Q', 86, 88}, {'R', 90, 93}, {'S', 94, 96}, {'T', 97, 98}, {'U', 99, 99},
}

func isSection(s string) bool { return len(s) == 1 && 'A' <= s[0] && s[0] <= 'V' }

// isDivision says whether a code begins with the two digits of a division.
func isDivision(s string) bool {
	if len(s) < 2 || !isDigits(s[:2]) {
		return false
	}
	n := int(s[0]-'0')*10 + int(s[1]-'0')
	for _, d := range sectorDivisions {
		if d.first <= n && n <= d.last {
			return true
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
