package storetest

import (
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testHappening asks what happened around some entities, in the order of time. Answers read: a date and a field, of whom.
func testHappening(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("company:c", "Comac", holding("foundedOn", "2008-05"))
	g.entity("agreement:p", "Pact", holding("signedOn", "2010-03-01"), holding("inForceOn", "2011"), holding("endedOn", "2020~"))
	g.entity("agreement:far", "Far pact", holding("signedOn", "2009"))
	g.entity("event:e", "Visit", holding("startsOn", "2010-03-01"), holding("endsOn", "2010-03-02"))
	g.entity("project:j", "Plant", holding("openedOn", "2016-06"))
	g.entity("zone:z", "Zone", holding("establishedOn", "1999"))
	g.add("city:a", "city:b", "sector:s")
	g.fact("ac", kg.LocatedIn, "company:c", "city:a", since("2008-05/2009"))
	g.fact("ab", kg.PartnersWith, "city:a", "city:b", since("2002"), until("2012"))
	g.fact("ap", kg.PartyTo, "city:a", "agreement:p", with("signedOn", "2010-03-01"), with("inForceOn", "2012-02"), with("withdrewOn", "2018-12-31"))
	g.fact("bp", kg.PartyTo, "city:b", "agreement:p")
	g.fact("ae", kg.TookPartIn, "city:a", "event:e", with("role", "HOST"))
	g.fact("ae again", kg.TookPartIn, "city:a", "event:e", with("role", "SPEAKER"))
	g.fact("cz", kg.InvestsIn, "company:c", "zone:z", since("../2001"))
	g.fact("cj", kg.InvestsIn, "company:c", "project:j", with("mode", "JOINT_VENTURE"), since("2015"), recorded(late))
	g.fact("b far", kg.PartyTo, "city:b", "agreement:far", state(kg.Rejected), with("signedOn", "2009"))
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old-a", Of: "city:a"}}
	g.apply()

	between := func(from, to kg.Day, ids ...kg.ID) kg.Query {
		return walking(kg.Happening{IDs: ids, From: from, To: to}, by(kg.MomentOrder...))
	}
	around := func(ids ...kg.ID) kg.Query { return between(kg.MinDay, kg.MaxDay, ids...) }
	with := func(q kg.Query, options ...option) kg.Query {
		for _, set := range options {
			set(&q.List)
		}
		return q
	}
	const (
		aToC     = "2002 since ab, 2008-05/2009 since ac, "
		aSigned  = "2010-03-01 signedOn agreement:p, 2010-03-01 startsOn event:e, 2010-03-01 signedOn ap, 2010-03-02 endsOn event:e, "
		aPact    = "2011 inForceOn agreement:p, 2012 until ab, 2012-02 inForceOn ap, "
		pactOver = "2018-12-31 withdrewOn ap, 2020~ endedOn agreement:p"
		ofA      = aToC + aSigned + aPact + pactOver
	)
	g.happened(
		happened{"its partners, its agreements, its events", around("city:a"), ofA},
		happened{"its own dates", around("event:e"), "2010-03-01 startsOn event:e, 2010-03-02 endsOn event:e"},
		happened{"a date that is open comes first", around("zone:z"), "../2001 since cz, 1999 establishedOn zone:z"},
		happened{"what it is linked with, not that in its turn", around("company:c"),
			"../2001 since cz, 2008-05 foundedOn company:c, 2008-05/2009 since ac, 2015 since cj, 2016-06 openedOn project:j"},
		happened{"nothing by a fact that was refused", around("city:b"), "2002 since ab, 2010-03-01 signedOn agreement:p, 2011 inForceOn agreement:p, 2012 until ab, 2020~ endedOn agreement:p"},
		happened{"nothing", around("sector:s"), ""},
		happened{"of several, each once", around("agreement:p", "city:a"), ofA},
		happened{"of an alias, and of what names no entity", around("city:old-a", "city:none", paper, g.idOf("ab"), "city:a"), ofA},
		happened{"of none", around(), ""},
		happened{"in a span of time, both ends included", between(day("2010-03-01"), day("2010-03-01"), "city:a"),
			"2010-03-01 signedOn agreement:p, 2010-03-01 startsOn event:e, 2010-03-01 signedOn ap"},
		happened{"a date fits if any of its days does", between(day("2009-12-31"), day("2010-01-01"), "city:a"), "2008-05/2009 since ac"},
		happened{"also one that is open", between(kg.MinDay, day("1900-01-01"), "company:c"), "../2001 since cz"},
		happened{"or one that is about then", between(day("2021-12-31"), kg.MaxDay, "city:a"), "2020~ endedOn agreement:p"},
		happened{"nothing in a span of time", between(day("2022-01-01"), kg.MaxDay, "city:a"), ""},
		happened{"on a day, by what held then", asOf("2014-01-01", around("city:a")),
			"2008-05/2009 since ac, " + aSigned + "2011 inForceOn agreement:p, 2012-02 inForceOn ap, " + pactOver},
		happened{"as known at a moment", knownAt(early, around("company:c")), "../2001 since cz, 2008-05 foundedOn company:c, 2008-05/2009 since ac"},
		happened{"the first", with(around("city:a"), first(2), total), "2002 since ab, 2008-05/2009 since ac … of 11"},
		happened{"counted only", with(around("city:a"), first(0), total), "… of 11"},
		happened{"and on from there", with(around("city:b"), first(1), follow(plain(kg.FromEnd))), "2002 since ab{city:a} …"},
	)
	t.Run("pages", func(t *testing.T) { g.on(t).pages(around("city:a", "company:c")) })
	t.Run("sentences", func(t *testing.T) {
		g := g.on(t)
		var got []string
		for _, row := range g.read(around("project:j")).Rows {
			got = append(got, row.Moment.On.Text+": "+row.Moment.Title)
		}
		const want = "2015: Comac invested in Plant (joint venture); 2016-06: Plant opened"
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("around project:j happened %s\nwanted %s", got, want)
		}
	})
}

// happened is one case.
type happened struct {
	name  string
	query kg.Query
	want  string
}

func (g *fixture) happened(cases ...happened) {
	g.t.Helper()
	for _, c := range cases {
		g.t.Run(c.name, func(t *testing.T) {
			t.Helper()
			g := g.on(t)
			p := g.read(c.query)
			var moments []string
			for i := range p.Rows {
				m := p.Rows[i].Moment
				moments = append(moments, m.On.Text+" "+m.Field.Name+" "+g.rowText(&p.Rows[i], c.query.Select))
			}
			rest := g.text(&kg.Page{More: p.More, Total: p.Total}, &c.query.List)
			if got := strings.TrimSpace(strings.Join(moments, ", ") + " " + rest); got != c.want {
				t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&c.query), got, c.want)
			}
		})
	}
}
