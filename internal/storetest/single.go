package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testSingle asks for the one node that a singular field shows where several facts lead to one.
func testSingle(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("company:x", "company:s", "company:m", "company:l", "company:u", "country:k", "country:j", "country:i",
		"institution:a", "institution:b", "institution:c", "institution:d", "institution:e", "institution:f", "institution:lone")
	g.fact("small", kg.PartOf, "company:x", "company:s", with("share", 0.1))
	g.fact("large", kg.PartOf, "company:x", "company:l", with("share", 0.6), sure(0.2))
	g.fact("middle", kg.PartOf, "company:x", "company:m", with("share", 0.3))
	g.fact("unknown share", kg.PartOf, "company:x", "company:u")

	g.fact("a ended", kg.Represents, "institution:a", "country:i", until("2020"))
	g.fact("a holds", kg.Represents, "institution:a", "country:j", since("2021"), sure(0.1))
	g.fact("a is to come", kg.Represents, "institution:a", "country:k", since("2031"))
	g.fact("b unsure", kg.Represents, "institution:b", "country:i", sure(0.2), since("2020"))
	g.fact("b surer", kg.Represents, "institution:b", "country:j", sure(0.9), since("2001"))
	g.fact("c old", kg.Represents, "institution:c", "country:i", since("2001"))
	g.fact("c new", kg.Represents, "institution:c", "country:j", since("2002"))
	g.fact("c undated", kg.Represents, "institution:c", "country:k")
	g.fact("d first", kg.Represents, "institution:d", "country:i")
	g.fact("d second", kg.Represents, "institution:d", "country:j")
	g.fact("e waits", kg.Represents, "institution:e", "country:i", state(kg.Proposed))
	g.fact("e ended", kg.Represents, "institution:e", "country:j", until("2001"))
	g.fact("f undated", kg.Represents, "institution:f", "country:i", sure(0.2))
	g.fact("f dated", kg.Represents, "institution:f", "country:j", sure(0.9), since("2005"))
	g.apply()

	parent := single(along(kg.Out, kg.PartOf, kg.SetOf(kg.Company)))
	represents := single(along(kg.Out, kg.Represents, kg.SetOf(kg.Country)))
	ofSmallestID := "institution:d{country:i(d first)}"
	if g.idOf("d second") < g.idOf("d first") {
		ofSmallestID = "institution:d{country:j(d second)}"
	}
	g.answers(
		asked{"the largest share goes before the surest", the("company:x", follow(parent)), "company:x{company:l(large)}"},
		asked{"what holds goes before the surest", the("institution:a", follow(represents)), "institution:a{country:j(a holds)}"},
		asked{"what held on the day", asOf("2010-01-01", the("institution:a", follow(represents))), "institution:a{country:i(a ended)}"},
		asked{"what will hold", asOf("2040-01-01", the("institution:a", follow(represents))), "institution:a{country:k(a is to come)}"},
		asked{"the surest of what held on the day", asOf("2010-01-01", the("institution:f", follow(represents))), "institution:f{country:j(f dated)}"},
		asked{"the surest goes before the newest", the("institution:b", follow(represents)), "institution:b{country:j(b surer)}"},
		asked{"the newest goes before the undated", the("institution:c", follow(represents)), "institution:c{country:j(c new)}"},
		asked{"the smallest id", the("institution:d", follow(represents)), ofSmallestID},
		asked{"of accepted facts, even one that has ended", the("institution:e", follow(represents)), "institution:e{country:j(e ended)}"},
		asked{"nothing", the("institution:lone", follow(represents)), "institution:lone{}"},
		asked{"nothing on the day", asOf("2010-01-01", the("institution:e", follow(represents))), "institution:e{}"},
		asked{"without its fact, where that is not read", the("institution:b", follow(unread(represents))), "institution:b{country:j}"},
		asked{"for each of a list", all(kg.Institution, where(kg.IDIn{"institution:a", "institution:c"}), follow(represents)), "institution:a{country:j(a holds)} institution:c{country:j(c new)}"},
	)
}
