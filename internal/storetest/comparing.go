package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testComparing finds what entities share, and what only one of them has. Answers read: the compared; what they share; what
// only the first has; what only the second has, and so on.
func testComparing(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "city:c", "city:friend", "city:lone", "country:k", "sector:s", "agreement:p", "agreement:q", "event:e")
	g.entity("sector:r", "Árt") // which goes between agreements and events by name
	g.fact("ak", kg.LocatedIn, "city:a", "country:k", until("2010"))
	g.fact("bk", kg.LocatedIn, "city:b", "country:k")
	g.fact("ck", kg.LocatedIn, "city:c", "country:k")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b")
	g.fact("a friend", kg.PartnersWith, "city:a", "city:friend", sure(0.5))
	g.fact("a friend again", kg.PartnersWith, "city:friend", "city:a", with("type", "OTHER"), sure(0.9))
	for i, word := range own(kg.PartnersWith, "type").Enum[:4] {
		g.fact(fmt.Sprint("c friend ", i), kg.PartnersWith, "city:c", "city:friend", with("type", word), sure(0.9-float64(i)/10))
	}
	g.fact("ap", kg.PartyTo, "city:a", "agreement:p", recorded(late))
	g.fact("aq", kg.PartyTo, "city:a", "agreement:q", state(kg.Proposed))
	g.fact("bs", kg.ActiveIn, "city:b", "sector:s")
	g.fact("br", kg.ActiveIn, "city:b", "sector:r")
	g.fact("be", kg.TookPartIn, "city:b", "event:e")
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old-a", Of: "city:a"}}
	g.apply()

	compare := func(shared, only int, ids ...kg.ID) kg.Query {
		return walking(kg.Comparing{IDs: ids, Shared: shared, Only: only})
	}
	all := func(ids ...kg.ID) kg.Query { return compare(-1, -1, ids...) }
	totals := compare(0, 2, "city:a", "city:b")
	totals.Total = true
	further := all("city:a", "city:b")
	further.Select = &kg.Select{Follow: []kg.Follow{along(kg.Down, kg.LocatedIn, kg.SetOf(kg.City)), plain(kg.ToEnd)}}

	const (
		kOfTwo     = "country:k(ak bk)"
		friendOfA  = "city:friend(a friend again a friend)"
		restOfB    = "sector:r(br) event:e(be) sector:s(bs)"
		kOfThree   = "country:k(ak bk ck)"
		ofC        = "c friend 0 c friend 1 c friend 2 c friend 3"
		friendOfAC = "city:friend(a friend again a friend " + ofC + ")"
	)
	for _, c := range []struct {
		name  string
		query kg.Query
		want  string
	}{
		{"two", all("city:a", "city:b"), "city:a city:b; " + kOfTwo + "; " + friendOfA + " agreement:p(ap); " + restOfB},
		{"in the order asked", all("city:b", "city:a"), "city:b city:a; country:k(bk ak); " + restOfB + "; " + friendOfA + " agreement:p(ap)"},
		{"what most share comes first", all("city:a", "city:b", "city:c"), "city:a city:b city:c; " + kOfThree + " " + friendOfAC + "; agreement:p(ap); " + restOfB + "; "},
		{"one", all("city:a"), "city:a; ; city:b(ab) " + friendOfA + " country:k(ak) agreement:p(ap)"},
		{"what has nothing", all("city:lone", "city:c"), "city:lone city:c; ; ; city:friend(" + ofC + ") country:k(ck)"},
		{"an alias, and a repetition", all("city:old-a", "city:b", "city:a"), "city:a city:b -; " + kOfTwo + "; " + friendOfA + " agreement:p(ap); " + restOfB + "; "},
		{"what names no entity", all("city:none", "city:c", paper), "- city:c -; ; ; city:friend(" + ofC + ") country:k(ck); "},
		{"none", all(), "; "},
		{"on a day", asOf("2015-01-01", all("city:a", "city:b")), "city:a city:b; ; " + friendOfA + " agreement:p(ap); sector:r(br) event:e(be) country:k(bk) sector:s(bs)"},
		{"as known at a moment", knownAt(early, all("city:a", "city:c")), "city:a city:c; " + friendOfAC + " country:k(ak ck); city:b(ab); "},
		{"the first of them", compare(1, 1, "city:a", "city:b", "city:c"), "city:a city:b city:c; " + kOfThree + " …; agreement:p(ap); sector:r(br) …; "},
		{"none of them", compare(0, 0, "city:a", "city:b"), "city:a city:b; …; …; …"},
		{"counted", totals, "city:a city:b; … of 1; " + friendOfA + " agreement:p(ap) of 2; sector:r(br) event:e(be) … of 3"},
		{"and on from there", further, "city:a city:b; country:k(ak{ | country:k} bk{ | country:k}){city:a(ak) city:b(bk) city:c(ck) | }; " +
			"city:friend(a friend again{ | city:friend} a friend{ | city:friend}){ | } agreement:p(ap{ | agreement:p}){ | }; " +
			"sector:r(br{ | sector:r}){ | } event:e(be{ | event:e}){ | } sector:s(bs{ | sector:s}){ | }"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := g.on(t)
			if got := g.comparisonText(g.read(c.query), &c.query.List); got != c.want {
				t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&c.query), got, c.want)
			}
		})
	}
}

func (g *fixture) comparisonText(p *kg.Page, l *kg.List) string {
	if len(p.Groups) != len(p.Rows)+1 {
		return fmt.Sprintf("%d groups of %d compared", len(p.Groups), len(p.Rows))
	}
	parts := []string{g.text(&kg.Page{Rows: p.Rows}, &kg.List{})}
	for i := range p.Groups {
		group := &p.Groups[i]
		var rows []string
		for j := range group.Rows {
			row := group.Rows[j]
			var lead []string
			for k := range row.Lead {
				lead = append(lead, g.rowText(&row.Lead[k], l.Select))
			}
			row.Lead = nil
			text := g.rowText(&row, l.Select)
			id := g.nodeText(&row)
			rows = append(rows, id+"("+strings.Join(lead, " ")+")"+strings.TrimPrefix(text, id))
		}
		if group.More {
			rows = append(rows, "…")
		}
		if l.Total && group.Total > 0 {
			rows = append(rows, fmt.Sprintf("of %d", group.Total))
		}
		parts = append(parts, strings.Join(rows, " "))
	}
	return strings.Join(parts, "; ")
}
