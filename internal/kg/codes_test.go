package kg

import (
	"strings"
	"testing"
)

// codeChecks names every check with what it takes and what it refuses.
var codeChecks = []struct {
	name       string
	check      func(string) error
	right      string // separated by spaces
	wrong      []string
	wantInside string // the right form that every refusal shows
}{
	{"CheckISO3166Alpha2", CheckISO3166Alpha2, "CN FR XK", []string{"C", "CHN", "cn", "C1", "ＣＮ"}, "for example CN"},
	{"CheckISO3166Alpha3", CheckISO3166Alpha3, "CHN FRA", []string{"CN", "chn", "CH1", "CHNA"}, "for example CHN"},
	{"CheckISO3166Part2", CheckISO3166Part2, "CN-SD FR-35 FR-BRE GB-ENG AT-9", []string{"CN", "CN-", "CN-SDXX", "CNSD", "cn-sd", "CN-sd", "CN_SD", "CN–SD"}, "for example CN-SD"},
	{"CheckM49", CheckM49, "156 004 150 001", []string{"4", "04", "0156", "CN", "15６", "+15"}, "for example 156 or 004"},
	{"CheckUNLOCODE", CheckUNLOCODE, "CNTNA FRRNS USNY2", []string{"CN TNA", "TNA", "CNTN0", "CNTN1", "cntna", "12ABC"}, "for example CNTNA"},
	{"CheckWikidata", CheckWikidata, "Q1 Q170247 Q123456789012", []string{"170247", "q170247", "Q", "Q0", "Q01", "P31", "Q1234567890123", "https://www.wikidata.org/wiki/Q170247"}, "for example Q170247"},
	{"CheckGeoNames", CheckGeoNames, "1 1805753 2147483647", []string{"0", "01805753", "-1", "1.5", "12345678901", "https://www.geonames.org/1805753"}, "for example 1805753"},
	{"CheckUNTreatySeries", CheckUNTreatySeries, "I-14668 II-965 I-1", []string{"14668", "I14668", "I:14668", "III-5", "i-5", "I-0", "I-05", "I-", "-5", "I-1234567", "999 UNTS 171"}, "for example I-14668"},

	{"CheckLEI", CheckLEI, "506700GE1G29325QX363 5493001KJTIIGC8Y1R12 7LTWFZYICNSX8D621K86 HWUPKR0MPOU8FGXBT394 213800WSGIIZCXF1P572",
		[]string{"506700GE1G29325QX36", "506700GE1G29325QX3633", "506700ge1g29325qx363", "5067 00GE1G29325QX363", "506700GE1G29325QX3A3"}, "for example 506700GE1G29325QX363"},
	{"CheckLEI", CheckLEI, "",
		[]string{"506700GE1G29325QX364", "506700GE1G29325QX336", "560700GE1G29325QX363", "506700GE1G29325QX463"}, "a character is wrong"},
	{"CheckCurrency", CheckCurrency, "CNY EUR USD JPY DEM FRF ITL SUR YUD XDR XAU " + newCurrencies,
		[]string{"eur", "Eur", "EURO", "E", "€", "AAA", "QQQ", "ZZZ", "MR ", "E S"}, "for example CNY, EUR or USD"},
	{"CheckCurrency", CheckCurrency, "", []string{"XXX", "XTS"}, "leave the currency out"},
	{"CheckCurrency", CheckCurrency, "", []string{"CNH", "CNX"}, "write CNY"},
	{"CheckLanguage", CheckLanguage, "en zh zh-Hans zh-Hant-TW pt-BR sr-Latn es-419 yue nan lzh no iw sh und mul de-1996 x-tlh en-x-old",
		[]string{"xx", "en-ZX1", "deutsch?", "Chinese", "en-", "-en", "e", "de-foobar", "zh Hant", "en-US-US-US-US-US-US-US-US-US-US-US-US", "中文"}, "for example en, zh, zh-Hant or pt-BR"},
	{"CheckISIC", CheckISIC, "A C U V 01 29 291 2910 99 9900 45 4510",
		[]string{"W", "c", "C29", "29.10", "1", "04", "00", "34", "40", "44", "48", "54", "57", "67", "76", "83", "89", "0410", "29101", "2A", "29 1", "２９"}, "such as 2910"},
	{"CheckNACE", CheckNACE, "A C U V 01 29 29.1 29.10 99.00 45.11",
		[]string{"W", "c", "C29.10", "2910", "291", "1", "04", "34.1", "29.", "29.101", ".1", "29.1.0", "29,10", "2.10", "29.1a"}, "such as 29.10"},
}

func TestCodes(t *testing.T) {
	for _, c := range codeChecks {
		for _, s := range strings.Fields(c.right) {
			if err := c.check(s); err != nil {
				t.Errorf("%s(%q): %v", c.name, s, err)
			}
		}
		for _, s := range append(c.wrong, "", " ", "\xff", "\n") {
			err := c.check(s)
			if err == nil {
				t.Errorf("%s(%q) took it", c.name, s)
				continue
			}
			if s == "" || strings.TrimSpace(s) == "" || s == "\xff" {
				continue // which of its forms a check then shows does not matter
			}
			if CodeOf(err) != BadInput || !strings.Contains(err.Error(), c.wantInside) || !strings.HasPrefix(err.Error(), quoteShort(s)) {
				t.Errorf("%s(%q): %s %v: want what came first, and %q", c.name, s, CodeOf(err), err, c.wantInside)
			}
		}
		// Codes are compared as written: no check may look past white space.
		for _, s := range strings.Fields(c.right) {
			for _, spaced := range []string{" " + s, s + " ", s + "\n", s + "\x00"} {
				if c.check(spaced) == nil {
					t.Errorf("%s(%q) took it", c.name, spaced)
				}
			}
		}
	}
}

func TestCodesSayWhatIsRight(t *testing.T) {
	for _, c := range []struct {
		check    func(string) error
		in, want string
	}{
		{CheckISO3166Alpha2, "cn", `"cn" is not an ISO 3166-1 alpha-2 code; write two capital letters, for example CN`},
		{CheckLEI, "506", `"506" is not an LEI; write its 20 characters, capital letters and digits without spaces, for example 506700GE1G29325QX363`},
		{CheckM49, "4", `"4" is not a UN M49 code; write three digits, for example 156 or 004`},
		{CheckLanguage, "en_us", `"en_us" is not a language tag as it is spelled here; write en-US`},
		{CheckLanguage, "zho", `"zho" is not a language tag as it is spelled here; write zh`},
		{CheckLanguage, "zh-min-nan", `"zh-min-nan" is not a language tag as it is spelled here; write nan`},
		{CheckLanguage, "xx-CN", `"xx-CN" is not a language tag: xx is not known; write a tag of BCP 47, for example en, zh, zh-Hant or pt-BR`},
		{CheckLEI, "506700GE1G29325QX364", `"506700GE1G29325QX364" is not an LEI: its last two digits do not fit the rest, so a character is wrong; copy it anew`},
		{CheckCurrency, "ZZZ", `"ZZZ" is not an ISO 4217 currency code that is known; write three capital letters, for example CNY, EUR or USD`},
	} {
		if err := c.check(c.in); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

// One letter for another, one digit for another, and two neighbours exchanged are
// always found. (A digit for a letter moves all that follows, and slips through
// once in 97 times.)
func TestLEIFindsSlips(t *testing.T) {
	const lei = "7LTWFZYICNSX8D621K86"
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for i := range lei {
		for _, r := range letters {
			slip := lei[:i] + string(r) + lei[i+1:]
			if slip != lei && isDigit(byte(r)) == isDigit(lei[i]) && CheckLEI(slip) == nil {
				t.Errorf("CheckLEI(%q) took a wrong character %d", slip, i)
			}
		}
		if i > 0 && lei[i-1] != lei[i] {
			slip := lei[:i-1] + lei[i:i+1] + lei[i-1:i] + lei[i+1:]
			if CheckLEI(slip) == nil {
				t.Errorf("CheckLEI(%q) took characters %d and %d exchanged", slip, i-1, i)
			}
		}
	}
	// 97 more or less than the right digits leaves the same remainder, but is never issued.
	for _, c := range [][2]string{{"02", "99"}, {"97", "00"}, {"98", "01"}} {
		found := false
		for i := 0; i < 200 && !found; i++ {
			body := "506700GE1G29325" + letters[i%36:i%36+1] + letters[i/36:i/36+1] + "Z"
			if CheckLEI(body+c[0]) == nil {
				found = true
				if CheckLEI(body+c[1]) == nil {
					t.Errorf("CheckLEI(%q) took digits that are never issued", body+c[1])
				}
			}
		}
		if !found {
			t.Errorf("no LEI with the digits %s to try", c[0])
		}
	}
}

// The active codes of ISO 4217 with amendment 180, without XTS and XXX.
const activeCurrencies = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND
VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG`

func TestCurrencyKnowsISO4217(t *testing.T) {
	codes := strings.Fields(activeCurrencies)
	if len(codes) != 176 {
		t.Errorf("the list has %d codes, want 176", len(codes))
	}
	// Withdrawn ones that stand in sources about the last fifty years.
	codes = append(codes, strings.Fields("ANG ATS BEF BGN CSK CUC CYP DDM DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MRO MTL NLG PTE ROL SIT SKK SLL SUR TRL VEF YUM ZWL")...)
	for _, s := range codes {
		if err := CheckCurrency(s); err != nil {
			t.Error(err)
		}
	}
}

func TestSectorsAreThoseOfISIC4(t *testing.T) {
	divisions, last := 0, 0
	for i, d := range sectorDivisions {
		if d.section != byte('A'+i) || d.first <= last || d.last < d.first {
			t.Errorf("section %c from %d to %d does not follow", d.section, d.first, d.last)
		}
		divisions += d.last - d.first + 1
		last = d.last
	}
	if divisions != 88 || len(sectorDivisions) != 21 {
		t.Errorf("%d sections and %d divisions, want 21 and 88", len(sectorDivisions), divisions)
	}
}

func FuzzCodes(f *testing.F) {
	for _, c := range codeChecks {
		for _, s := range append(c.wrong, strings.Fields(c.right)...) {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range codeChecks {
			if err := c.check(s); err != nil && (CodeOf(err) != BadInput || len(err.Error()) > 500) {
				t.Fatalf("%s(%q): %s %v", c.name, s, CodeOf(err), err)
			}
		}
	})
}
