package kg

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A case tells what is known of an agreement and what it is then, day by day. Dates of its own stand as field=date, parties as
// "fr SIGNATORY field=date ...", one after another with semicolons, and what replaces it as the fact's own dates. The
// wanted days read "day status by what": fields by their names, parties by theirs, a replacing agreement's with "new." before.
var statusCases = []struct {
	name, own, parties, replaces, newOwn, newParties string
	want                                             []string
}{
	// The agreement's own dates.
	{name: "nothing is known", want: []string{"2020-01-01 UNKNOWN"}},
	{name: "signed", own: "signedOn=2010-05-20", want: []string{
		"2010-05-19 UNKNOWN", "2010-05-20 SIGNED by signedOn", "2500-01-01 SIGNED by signedOn",
	}},
	{name: "signed is not in force", own: "signedOn=2010-05-20 inForceOn=2011-02-01", want: []string{
		"2010-05-19 UNKNOWN", "2010-05-20 SIGNED by signedOn", "2011-01-31 SIGNED by signedOn", "2011-02-01 IN_FORCE by inForceOn",
	}},
	{name: "in force, and nothing of a signature", own: "inForceOn=2011-02-01", want: []string{
		"2011-01-31 UNKNOWN", "2011-02-01 IN_FORCE by inForceOn",
	}},
	{name: "the last day is in force", own: "inForceOn=2011 endedOn=2020-12-31 ending=EXPIRED", want: []string{
		"2020-12-31 IN_FORCE by inForceOn", "2021-01-01 EXPIRED by endedOn ending",
	}},
	{name: "terminated", own: "inForceOn=2011 endedOn=2015-06-30 ending=TERMINATED", want: []string{
		"2015-06-30 IN_FORCE by inForceOn", "2015-07-01 TERMINATED by endedOn ending", "2400-01-01 TERMINATED by endedOn ending",
	}},
	{name: "ended, nobody says how", own: "inForceOn=2011 endedOn=2015-06-30", want: []string{"2015-07-01 TERMINATED by endedOn"}},
	{name: "a term that is still to run out", own: "inForceOn=2011 endedOn=2031 ending=EXPIRED", want: []string{
		"2024-01-01 IN_FORCE by inForceOn", "2031-12-31 IN_FORCE by inForceOn", "2032-01-01 EXPIRED by endedOn ending",
	}},
	{name: "given up before it was in force", own: "signedOn=2010 endedOn=2012", want: []string{
		"2012-12-31 SIGNED by signedOn", "2013-01-01 TERMINATED by endedOn",
	}},
	{name: "only its end is known", own: "endedOn=2012", want: []string{"2012-06-01 UNKNOWN", "2013-01-01 TERMINATED by endedOn"}},

	// Survival.
	{name: "survives", own: "inForceOn=2000 endedOn=2010-03-31 ending=TERMINATED survivesUntil=2020-03-31", want: []string{
		"2010-03-31 IN_FORCE by inForceOn",
		"2010-04-01 SURVIVING by endedOn ending survivesUntil",
		"2020-03-31 SURVIVING by endedOn ending survivesUntil",
		"2020-04-01 TERMINATED by endedOn ending",
	}},
	{name: "survives an expiry until some day of a year", own: "inForceOn=2000 endedOn=2010 ending=EXPIRED survivesUntil=2025", want: []string{
		"2010-12-31 IN_FORCE by inForceOn", "2025-12-31 SURVIVING by endedOn ending survivesUntil", "2026-01-01 EXPIRED by endedOn ending",
	}},
	{name: "survives a withdrawal", own: "survivesUntil=2025 endedOn=2016", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000 withdrewOn=2015", want: []string{
		"2015-12-31 IN_FORCE by cn fr", "2016-01-01 SURVIVING by cn survivesUntil", "2026-01-01 TERMINATED by cn",
	}},
	{name: "survives its replacement", own: "inForceOn=2000 endedOn=2014 survivesUntil=2020", replaces: " ", newOwn: "inForceOn=2015-01-01", want: []string{
		"2014-12-31 IN_FORCE by inForceOn", "2015-01-01 SURVIVING by r new.inForceOn survivesUntil", "2021-01-01 REPLACED by r new.inForceOn",
	}},
	{name: "survives at least so long", own: "endedOn=2010 survivesUntil=2020/..", want: []string{"2100-01-01 SURVIVING by endedOn survivesUntil"}},
	{name: "it can't survive what has not ended", own: "inForceOn=2000 endedOn=2010 survivesUntil=2020", want: []string{"2005-01-01 IN_FORCE by inForceOn"}},

	// Imprecise and open dates.
	{name: "a year counts from its first day", own: "inForceOn=2010", want: []string{"2009-12-31 UNKNOWN", "2010-01-01 IN_FORCE by inForceOn", "2010-06-01 IN_FORCE by inForceOn"}},
	{name: "about", own: "signedOn=2009-05~ inForceOn=2011~", want: []string{
		"2009-03-31 UNKNOWN", "2009-04-01 SIGNED by signedOn", "2009-12-31 SIGNED by signedOn", "2010-01-01 IN_FORCE by inForceOn",
	}},
	{name: "not before its signature in the same year", own: "signedOn=2010-06-15 inForceOn=2010", want: []string{
		"2010-03-01 UNKNOWN", "2010-06-14 UNKNOWN", "2010-06-15 IN_FORCE by inForceOn",
	}},
	{name: "not before a party's signature in the same year", own: "inForceOn=2010", parties: "fr SIGNATORY signedOn=2010-06-15; cn SIGNATORY signedOn=2010-06-20", want: []string{
		"2010-06-14 UNKNOWN", "2010-06-15 IN_FORCE by inForceOn",
	}},
	{name: "retroactive, as the source says", own: "signedOn=2010-06-15 inForceOn=2010-01-01", want: []string{
		"2009-12-31 UNKNOWN", "2010-01-01 IN_FORCE by inForceOn",
	}},
	{name: "signed and in force in one year", own: "signedOn=2010 inForceOn=2010", want: []string{"2009-12-31 UNKNOWN", "2010-01-01 IN_FORCE by inForceOn"}},
	{name: "signed on some day of an interval", own: "signedOn=2024-10-07/2024-10-15", want: []string{"2024-10-06 UNKNOWN", "2024-10-07 SIGNED by signedOn"}},
	{name: "in force by some day", own: "inForceOn=../2012", want: []string{"1800-01-01 UNKNOWN", "2012-12-30 UNKNOWN", "2012-12-31 IN_FORCE by inForceOn"}},
	{name: "in force by some day after its signature", own: "signedOn=2005-03-01 inForceOn=../2012", want: []string{"2005-02-28 UNKNOWN", "2005-03-01 IN_FORCE by inForceOn"}},
	{name: "in force on some day or later", own: "signedOn=2005 inForceOn=2012/..", want: []string{"2011-12-31 SIGNED by signedOn", "2012-01-01 IN_FORCE by inForceOn"}},
	{name: "ended in some year", own: "inForceOn=2000 endedOn=2015~", want: []string{"2016-12-31 IN_FORCE by inForceOn", "2017-01-01 TERMINATED by endedOn"}},
	{name: "ended by some day", own: "inForceOn=2000 endedOn=../2012", want: []string{"2012-12-31 IN_FORCE by inForceOn", "2013-01-01 TERMINATED by endedOn"}},
	{name: "ended on some day or later", own: "inForceOn=2000 endedOn=2012/..", want: []string{"2012-01-01 IN_FORCE by inForceOn", "2012-01-02 UNKNOWN by endedOn"}},
	{name: "ended, nobody says when", own: "inForceOn=2000 ending=TERMINATED", want: []string{"2005-01-01 UNKNOWN by ending"}},
	{name: "it survives an end that nobody dates", own: "inForceOn=2000 survivesUntil=2030", want: []string{"2005-01-01 UNKNOWN by survivesUntil"}},

	// Two parties.
	{name: "in force once it is for both", parties: "fr SIGNATORY signedOn=2009 inForceOn=2010-03-01; cn SIGNATORY signedOn=2009 inForceOn=2010-04-01", want: []string{
		"2008-12-31 UNKNOWN", "2009-01-01 SIGNED by fr cn", "2010-03-31 SIGNED by fr cn", "2010-04-01 IN_FORCE by fr cn",
	}},
	{name: "ratified is not in force", parties: "fr SIGNATORY signedOn=2009 ratifiedOn=2010; cn SIGNATORY signedOn=2009 ratifiedOn=2011", want: []string{"2020-01-01 SIGNED by fr cn"}},
	{name: "ratified, nobody says when it was signed", parties: "fr SIGNATORY ratifiedOn=2010", want: []string{"2009-12-31 UNKNOWN", "2010-01-01 SIGNED by fr"}},
	{name: "signed by one", parties: "fr SIGNATORY signedOn=2009; cn SIGNATORY signedOn=2010", want: []string{"2009-06-01 SIGNED by fr", "2010-06-01 SIGNED by fr cn"}},
	{name: "in force for one of two", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY", want: []string{"2009-12-31 UNKNOWN", "2010-01-01 SIGNED by fr"}},
	{name: "the only signatory known", parties: "fr SIGNATORY signedOn=2009 inForceOn=2010", want: []string{"2009-12-31 SIGNED by fr", "2010-01-01 IN_FORCE by fr"}},
	{name: "one of two leaves", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000 withdrewOn=2015-06-30", want: []string{
		"2015-06-30 IN_FORCE by cn fr", "2015-07-01 TERMINATED by cn",
	}},
	{name: "one of two leaves in some year", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000 withdrewOn=2015", want: []string{
		"2015-12-31 IN_FORCE by cn fr", "2016-01-01 TERMINATED by cn",
	}},
	{name: "one of two leaves on some day or later", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000 withdrewOn=2015/..", want: []string{
		"2015-01-01 IN_FORCE by cn fr", "2015-01-02 UNKNOWN by cn",
	}},
	{name: "both leave", parties: "fr SIGNATORY inForceOn=2000 withdrewOn=2012; cn SIGNATORY inForceOn=2001 withdrewOn=2015", want: []string{
		"2012-12-31 IN_FORCE by fr cn", "2014-01-01 TERMINATED by fr", "2016-01-01 TERMINATED by fr cn",
	}},
	{name: "one of two leaves what was never in force", parties: "fr SIGNATORY signedOn=2000; cn SIGNATORY signedOn=2000 withdrewOn=2002", want: []string{"2003-01-01 TERMINATED by cn"}},
	{name: "one leaves and comes back", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000 withdrewOn=2015; cn ACCEDING inForceOn=2018", want: []string{
		"2016-01-01 TERMINATED by cn", "2017-12-31 TERMINATED by cn", "2018-01-01 IN_FORCE by fr cn+",
	}},
	{name: "two facts of one party are one party", parties: "fr SIGNATORY inForceOn=2000; fr ACCEDING inForceOn=2001; cn SIGNATORY signedOn=2000", want: []string{"2005-01-01 SIGNED by cn fr fr+"}},
	{name: "each not before its own ratification in the same year", parties: "fr SIGNATORY inForceOn=2010 signedOn=2009 ratifiedOn=2010-09-01; cn SIGNATORY inForceOn=2010 signedOn=2009", want: []string{
		"2010-08-31 SIGNED by cn fr", "2010-09-01 IN_FORCE by cn fr",
	}},

	// Many parties.
	{name: "in force for the first two of three", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2011; fi SIGNATORY inForceOn=2012", want: []string{
		"2010-12-31 SIGNED by fr", "2011-01-01 IN_FORCE by fr cn", "2012-01-01 IN_FORCE by fr cn fi",
	}},
	{name: "one of three leaves", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2011; fi SIGNATORY inForceOn=2012 withdrewOn=2015", want: []string{
		"2015-12-31 IN_FORCE by fr cn fi", "2016-01-01 IN_FORCE by fr cn",
	}},
	{name: "two of three leave", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2011 withdrewOn=2018; fi SIGNATORY inForceOn=2012 withdrewOn=2015", want: []string{
		"2018-12-31 IN_FORCE by fr cn", "2019-01-01 TERMINATED by cn fi",
	}},
	{name: "who acceded keeps it in force", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2010 withdrewOn=2018; fi ACCEDING inForceOn=2015", want: []string{
		"2019-01-01 IN_FORCE by fr fi",
	}},
	{name: "who accedes later does not", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2010 withdrewOn=2018; fi ACCEDING inForceOn=2025", want: []string{
		"2019-01-01 TERMINATED by cn",
	}},
	{name: "who signed and may be bound is left", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2010 withdrewOn=2018; fi SIGNATORY signedOn=2009", want: []string{
		"2019-01-01 IN_FORCE by fr",
	}},
	{name: "all for whom it was in force left, others have signed", parties: "fr SIGNATORY inForceOn=2010 withdrewOn=2018; cn SIGNATORY inForceOn=2010 withdrewOn=2018; fi SIGNATORY signedOn=2009; es SIGNATORY signedOn=2009", want: []string{
		"2018-12-31 IN_FORCE by cn fr", "2019-01-01 UNKNOWN by cn fr",
	}},
	{name: "the only party known leaves", parties: "fr SIGNATORY inForceOn=2010 withdrewOn=2018", want: []string{"2018-12-31 IN_FORCE by fr", "2019-01-01 UNKNOWN by fr"}},
	{name: "the only party known leaves what is in force", own: "inForceOn=2005", parties: "fr SIGNATORY inForceOn=2010 withdrewOn=2018", want: []string{"2019-01-01 IN_FORCE by inForceOn"}},
	{name: "the only signatory known takes its signature back", parties: "fr SIGNATORY signedOn=2010 withdrewOn=2018", want: []string{"2018-12-31 SIGNED by fr", "2019-01-01 UNKNOWN by fr"}},
	{name: "those who acceded leave those whom the graph lacks", parties: "fr ACCEDING inForceOn=2010 withdrewOn=2018; fi ACCEDING inForceOn=2011 withdrewOn=2018", want: []string{
		"2010-06-01 IN_FORCE by fr", "2018-12-31 IN_FORCE by fr fi", "2019-01-01 UNKNOWN by fr fi",
	}},

	// Who does not count.
	{name: "observers, depositaries and guarantors", parties: "fr OBSERVER signedOn=2009 inForceOn=2010; ch DEPOSITARY inForceOn=2010; gb GUARANTOR inForceOn=2010", want: []string{"2020-01-01 UNKNOWN"}},
	{name: "a role that is not known", parties: "fr OTHER signedOn=2009 inForceOn=2010; cn OTHER inForceOn=2010", want: []string{"2020-01-01 UNKNOWN"}},
	{name: "an observer does not make two", parties: "fr SIGNATORY signedOn=2009 inForceOn=2010; cn SIGNATORY signedOn=2009; fi OBSERVER inForceOn=2010", want: []string{"2020-01-01 SIGNED by cn fr"}},
	{name: "a guarantor is not left as a party", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2010 withdrewOn=2018; gb GUARANTOR inForceOn=2010", want: []string{"2019-01-01 TERMINATED by cn"}},
	{name: "an observer that leaves ends nothing", own: "inForceOn=2005", parties: "fr SIGNATORY; cn SIGNATORY; fi OBSERVER inForceOn=2010 withdrewOn=2018", want: []string{"2019-01-01 IN_FORCE by inForceOn"}},
	{name: "facts that are not accepted", parties: "fr SIGNATORY inForceOn=2010 PROPOSED; cn SIGNATORY inForceOn=2010 REJECTED; fi SIGNATORY inForceOn=2010 RETRACTED", want: []string{"2020-01-01 UNKNOWN"}},

	// Parties and the agreement's own dates.
	{name: "parties come first", own: "signedOn=2008 inForceOn=2010", parties: "fr SIGNATORY inForceOn=2010; cn SIGNATORY inForceOn=2010", want: []string{"2009-01-01 SIGNED by signedOn", "2010-01-01 IN_FORCE by cn fr"}},
	{name: "in force before the parties that are known", own: "inForceOn=1995", parties: "fr ACCEDING inForceOn=2010; cn ACCEDING inForceOn=2011", want: []string{"2000-01-01 IN_FORCE by inForceOn", "2011-01-01 IN_FORCE by fr cn"}},
	{name: "in force as a whole, signed by the parties", own: "inForceOn=2010", parties: "fr SIGNATORY signedOn=2008; cn SIGNATORY signedOn=2008", want: []string{"2009-01-01 SIGNED by cn fr", "2010-01-01 IN_FORCE by inForceOn"}},
	{name: "a withdrawal ends what its own dates keep", own: "inForceOn=2010", parties: "fr SIGNATORY; cn SIGNATORY withdrewOn=2015", want: []string{"2015-12-31 IN_FORCE by inForceOn", "2016-01-01 TERMINATED by cn"}},
	{name: "its own end ends what the parties keep", own: "endedOn=2015 ending=EXPIRED", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000", want: []string{"2016-01-01 EXPIRED by endedOn ending"}},
	{name: "parties leave before the term is over", own: "endedOn=2020 ending=EXPIRED", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000 withdrewOn=2015", want: []string{"2016-01-01 TERMINATED by cn", "2021-01-01 TERMINATED by cn"}},
	{name: "parties leave with the term", own: "endedOn=2015-12-31 ending=EXPIRED", parties: "fr SIGNATORY inForceOn=2000 withdrewOn=2015-12-31; cn SIGNATORY inForceOn=2000 withdrewOn=2015", want: []string{"2015-12-31 IN_FORCE by cn fr", "2016-01-01 EXPIRED by endedOn ending"}},
	{name: "nobody leaves what has ended", own: "endedOn=2010 ending=EXPIRED", parties: "fr SIGNATORY inForceOn=2000; cn SIGNATORY inForceOn=2000 withdrewOn=2012", want: []string{"2011-01-01 EXPIRED by endedOn ending", "2013-01-01 EXPIRED by endedOn ending"}},

	// Replacement.
	{name: "by one that its own date puts in force", own: "inForceOn=2000", replaces: " ", newOwn: "signedOn=2014 inForceOn=2015-03-01", want: []string{
		"2015-02-28 IN_FORCE by inForceOn", "2015-03-01 REPLACED by r new.inForceOn",
	}},
	{name: "by one that its parties put in force", own: "inForceOn=2000", replaces: " ", newParties: "fr SIGNATORY inForceOn=2015; cn SIGNATORY inForceOn=2016", want: []string{
		"2015-12-31 IN_FORCE by inForceOn", "2016-01-01 REPLACED by new.fr new.cn r",
	}},
	{name: "by one that is in force later than the fact says", own: "inForceOn=2000", replaces: "since=2014", newOwn: "inForceOn=2015", want: []string{"2014-12-31 IN_FORCE by inForceOn", "2015-01-01 REPLACED by r new.inForceOn"}},
	{name: "since the fact's day, where nothing else is known", own: "inForceOn=2000", replaces: "since=2014-07", newOwn: "signedOn=2013", want: []string{"2014-06-30 IN_FORCE by inForceOn", "2014-07-01 REPLACED by r"}},
	{name: "since the fact's day, by one that was not brought", own: "inForceOn=2000", replaces: "since=2014-07", want: []string{"2014-06-30 IN_FORCE by inForceOn", "2014-07-01 REPLACED by r"}},
	{name: "never from a signature", own: "inForceOn=2000", replaces: " ", newOwn: "signedOn=2013", want: []string{"2020-01-01 IN_FORCE by inForceOn"}},
	{name: "what replaces it has ended since", own: "inForceOn=2000", replaces: " ", newOwn: "inForceOn=2010 endedOn=2015", want: []string{"2020-01-01 REPLACED by r new.inForceOn"}},
	{name: "replaced for a time", own: "inForceOn=2000", replaces: "since=2010 until=2012", want: []string{"2012-12-31 REPLACED by r", "2013-01-01 IN_FORCE by inForceOn"}},
	{name: "signed, never in force, replaced", own: "signedOn=2000", replaces: " ", newOwn: "inForceOn=2010", want: []string{"2009-12-31 SIGNED by signedOn", "2010-01-01 REPLACED by r new.inForceOn"}},
	{name: "terminated by its replacement", own: "inForceOn=2000 endedOn=2009-12-31 ending=TERMINATED", replaces: " ", newOwn: "inForceOn=2010", want: []string{"2010-01-01 REPLACED by r new.inForceOn"}},
	{name: "replaced after it expired", own: "inForceOn=2000 endedOn=2005 ending=EXPIRED", replaces: " ", newOwn: "inForceOn=2010", want: []string{"2009-12-31 EXPIRED by endedOn ending", "2010-01-01 REPLACED by r new.inForceOn"}},
	{name: "replaced by what the only party known has left", own: "inForceOn=2000", replaces: " ", newParties: "fr SIGNATORY inForceOn=2010 withdrewOn=2012", want: []string{"2020-01-01 REPLACED by new.fr r"}},
	{name: "amended", own: "inForceOn=2000", replaces: "type=AMENDS since=2010", newOwn: "inForceOn=2010", want: []string{"2020-01-01 IN_FORCE by inForceOn"}},
	{name: "implemented", own: "inForceOn=2000", replaces: "type=IMPLEMENTS since=2010", newOwn: "inForceOn=2010", want: []string{"2020-01-01 IN_FORCE by inForceOn"}},
	{name: "a protocol to it", own: "inForceOn=2000", replaces: "type=PROTOCOL_TO since=2010", newOwn: "inForceOn=2010", want: []string{"2020-01-01 IN_FORCE by inForceOn"}},
	{name: "an accession to it", own: "inForceOn=2000", replaces: "type=ACCESSION_TO since=2010", newOwn: "inForceOn=2010", want: []string{"2020-01-01 IN_FORCE by inForceOn"}},
	{name: "it replaces another", own: "inForceOn=2000", replaces: "reverse since=2000", newOwn: "inForceOn=1990", want: []string{"2020-01-01 IN_FORCE by inForceOn"}},
	{name: "a replacement that waits for review", own: "inForceOn=2000", replaces: "since=2010 PROPOSED", newOwn: "inForceOn=2010", want: []string{"2020-01-01 IN_FORCE by inForceOn"}},
}

func TestStatusOn(t *testing.T) {
	for _, c := range statusCases {
		t.Run(c.name, func(t *testing.T) {
			old := &Dossier{Agreement: agreementWith(t, "", c.own), Parties: partiesOf(t, "", c.parties)}
			var newer *Dossier
			if c.replaces != "" {
				old.Relates = []*Fact{replacing(t, c.replaces)}
			}
			if c.newOwn != "" || c.newParties != "" {
				newer = &Dossier{Agreement: agreementWith(t, "new.", c.newOwn), Parties: partiesOf(t, "new.", c.newParties)}
			}
			find := func(id ID) *Dossier {
				if id != "agreement:new." {
					t.Errorf("asked for %s, which replaces nothing", id)
				}
				return newer
			}
			for _, want := range c.want {
				day, _, _ := strings.Cut(want, " ")
				got := StatusOn(dayIn(t, day), old, find)
				if got := statusText(got); got != want {
					t.Errorf("\ngot  %s\nwant %s", got, want)
				}
				// The order in which facts come must not show.
				slices.Reverse(old.Parties)
				if again := statusText(StatusOn(dayIn(t, day), old, find)); again != statusText(got) {
					t.Errorf("with the parties in another order:\ngot  %s\nwant %s", again, statusText(got))
				}
			}
		})
	}
}

// TestStatusEvidence holds what an answer rests on: each place once, and nothing that disputes it.
func TestStatusEvidence(t *testing.T) {
	page := Evidence{Source: "source:treaty", Quote: "enters into force on 1 May 2010"}
	against := Evidence{Source: "source:news", Quote: "has never come into force", Disputes: true}
	parties := partiesOf(t, "", "fr SIGNATORY inForceOn=2010-05-01; cn SIGNATORY inForceOn=2010-05-01")
	for _, p := range parties {
		p.Evidence = []Evidence{page, against}
	}
	got := StatusOn(dayIn(t, "2020-01-01"), &Dossier{Agreement: agreementWith(t, "", ""), Parties: parties}, nil)
	if got.Value != StatusInForce || len(got.DecidedBy) != 1 || got.DecidedBy[0] != page {
		t.Errorf("got %s by %v, want %s by %v alone", got.Value, got.DecidedBy, StatusInForce, page)
	}

	// What speaks for another field does not speak for the one that decided, and what speaks for the whole agreement only where
	// nothing speaks for that field alone.
	own := agreementWith(t, "", "inForceOn=2010")
	whole, other := Evidence{Source: "source:a", Locator: "whole"}, Evidence{Source: "source:a", Field: "form", Locator: "form"}
	own.Evidence = append(own.Evidence, whole, other)
	got = StatusOn(dayIn(t, "2020-01-01"), &Dossier{Agreement: own}, nil)
	if text := statusText(got); text != "2020-01-01 IN_FORCE by inForceOn" {
		t.Errorf("got %s", text)
	}
	own.Evidence = []Evidence{whole, other}
	got = StatusOn(dayIn(t, "2020-01-01"), &Dossier{Agreement: own}, nil)
	if text := statusText(got); text != "2020-01-01 IN_FORCE by whole" {
		t.Errorf("got %s", text)
	}
}

func TestStatusWithoutLookup(t *testing.T) {
	d := &Dossier{Agreement: agreementWith(t, "", "inForceOn=2000"), Relates: []*Fact{replacing(t, "since=2010")}}
	if got := StatusOn(dayIn(t, "2020-01-01"), d, nil); got.Value != StatusReplaced {
		t.Errorf("got %s, want %s", got.Value, StatusReplaced)
	}
}

func TestStatusValues(t *testing.T) {
	for _, row := range statusRows {
		if !slices.Contains(StatusValues, row.value) {
			t.Errorf("%s is not a status", row.value)
		}
	}
}

// TestStatusPage holds the page for analysts to the rows that decide.
func TestStatusPage(t *testing.T) {
	page, err := os.ReadFile("../docs/status.md")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i, row := range statusRows {
		want = append(want, fmt.Sprint(i+1, " ", row.value))
	}
	want = append(want, fmt.Sprint(len(statusRows)+1, " ", StatusUnknown))
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^\| *(\d+) \|.*\| ([A-Z_]+) \|$`).FindAllStringSubmatch(string(page), -1) {
		got = append(got, m[1]+" "+m[2])
	}
	if !slices.Equal(got, want) {
		t.Errorf("the page has the rows\n%q, want\n%q", got, want)
	}
}

// agreementWith makes an agreement from "field=value ..."; each field rests on a place that is named after it.
func agreementWith(t *testing.T, prefix, fields string) *Entity {
	t.Helper()
	e := &Entity{ID: ID("agreement:" + prefix), Kind: Agreement, Values: make([]Value, len(Agreement.Decl().Fields))}
	for _, word := range strings.Fields(fields) {
		name := setField(t, Agreement, e.Values, word)
		e.Evidence = append(e.Evidence, Evidence{Source: "source:a", Field: name, Locator: prefix + name})
	}
	return e
}

func partiesOf(t *testing.T, prefix, parties string) []*Fact {
	t.Helper()
	var facts []*Fact
	for _, party := range strings.Split(parties, ";") {
		words := strings.Fields(party)
		if len(words) == 0 {
			continue
		}
		name := prefix + words[0]
		if slices.ContainsFunc(facts, func(f *Fact) bool { return f.From == ID("country:"+words[0]) }) {
			name += "+" // a second fact of the same party
		}
		words[1] = "role=" + words[1]
		f := factWith(t, PartyTo, name, words[1:])
		f.From, f.To = ID("country:"+words[0]), ID("agreement:"+prefix)
		f.Since = firstKnown(f, PartyTo.Decl().Since, Date{})
		f.Until = firstKnown(f, PartyTo.Decl().Until, Date{})
		facts = append(facts, f)
	}
	return facts
}

func replacing(t *testing.T, text string) *Fact {
	t.Helper()
	words := strings.Fields(text)
	if !strings.Contains(text, "type=") {
		words = append(words, "type=REPLACES")
	}
	reverse := slices.Index(words, "reverse")
	if reverse >= 0 {
		words = slices.Delete(words, reverse, reverse+1)
	}
	f := factWith(t, RelatesTo, "r", words)
	if f.From, f.To = "agreement:new.", "agreement:"; reverse >= 0 {
		f.From, f.To = f.To, f.From
	}
	return f
}

// factWith makes a fact from words: field=value, since=date, until=date, or a state.
func factWith(t *testing.T, k Kind, name string, words []string) *Fact {
	t.Helper()
	f := &Fact{ID: ID("fact:" + name), Kind: k, State: Accepted, Values: make([]Value, len(k.Decl().Fields))}
	f.Evidence = []Evidence{{Source: "source:a", Locator: name}}
	for _, word := range words {
		if state := slices.Index(FieldState.Enum, word); state >= 0 {
			f.State = State(state)
		} else if date, ok := strings.CutPrefix(word, "since="); ok {
			f.Since = dateIn(t, date)
		} else if date, ok := strings.CutPrefix(word, "until="); ok {
			f.Until = dateIn(t, date)
		} else {
			setField(t, k, f.Values, word)
		}
	}
	return f
}

// setField reads "field=value" into a kind's values and gives the field's name.
func setField(t *testing.T, k Kind, values []Value, word string) string {
	t.Helper()
	name, text, _ := strings.Cut(word, "=")
	field := k.Decl().Field(name)
	if field == nil {
		t.Fatalf("%s has no field %q", k, name)
	}
	var v Value = text
	if field.Type == Dated {
		v = dateIn(t, text)
	}
	if err := field.CheckValue(v); err != nil {
		t.Fatalf("%s: %v", word, err)
	}
	values[field.slot] = v
	return name
}

func statusText(s Status) string {
	text := s.On.String() + " " + s.Value
	for i, ev := range s.DecidedBy {
		if i == 0 {
			text += " by"
		}
		text += " " + ev.Locator
	}
	return text
}

func dateIn(t *testing.T, text string) Date {
	t.Helper()
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func dayIn(t *testing.T, text string) Day {
	t.Helper()
	d, err := ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
