package kg

import "testing"

// TestCompareSingular says which fact a singular field shows on 2020-01-01: the first that stands here.
func TestCompareSingular(t *testing.T) {
	type spec struct {
		id           string
		kind         Kind
		since, until string
		sure, share  float64
	}
	for _, c := range []struct {
		name  string
		facts []spec
	}{
		{"one that holds, before a surer one that has ended", []spec{{id: "b", sure: 0.5}, {id: "a", until: "2019", sure: 0.9}}},
		{"one that holds, before a surer one to come", []spec{{id: "b", sure: 0.5}, {id: "a", since: "2021", sure: 0.9}}},
		{"one that may hold is as good as one that surely does", []spec{{id: "b", sure: 0.9}, {id: "a", since: "2000", until: "2030", sure: 0.5}}},
		{"one that may have begun in that year holds", []spec{{id: "b", since: "2020", sure: 0.9}, {id: "a", since: "2010", sure: 0.5}}},
		{"the surest", []spec{{id: "b", sure: 0.9}, {id: "a", since: "2019", sure: 0.8999}}},
		{"of equally sure ones the newest", []spec{{id: "b", since: "2019", sure: 0.9}, {id: "a", since: "2018", sure: 0.9}}},
		{"of two of one year the one that begins last", []spec{{id: "b", since: "2018-06", sure: 0.9}, {id: "a", since: "2018", sure: 0.9}}},
		{"of two that begin together the one that may have begun later", []spec{{id: "b", since: "2018", sure: 0.9}, {id: "a", since: "2018-01-01", sure: 0.9}}},
		{"one with a beginning before one without", []spec{{id: "b", since: "1900", sure: 0.9}, {id: "a", sure: 0.9}}},
		{"of equal ones the smallest id", []spec{{id: "a", since: "2018", sure: 0.9}, {id: "b", since: "2018", sure: 0.9}, {id: "c", since: "2018", sure: 0.9}}},
		{"none holds: the surest", []spec{{id: "b", until: "2010", sure: 0.9}, {id: "a", until: "2015", sure: 0.5}}},
		{"the largest share, before the surest", []spec{{id: "b", kind: PartOf, share: 0.6, sure: 0.5}, {id: "a", kind: PartOf, share: 0.4, sure: 0.9}, {id: "c", kind: PartOf, sure: 0.99}}},
		{"one that holds, before a larger share that is sold", []spec{{id: "b", kind: PartOf, share: 0.1, sure: 0.5}, {id: "a", kind: PartOf, share: 0.9, until: "2019", sure: 0.9}}},
	} {
		var facts []*Fact
		for _, s := range c.facts {
			f := &Fact{ID: ID(s.id), Kind: LocatedIn, Confidence: s.sure}
			if s.kind != NoKind {
				f.Kind, f.Values = s.kind, make([]Value, len(s.kind.Decl().Fields))
			}
			if s.share != 0 {
				f.Values[0] = s.share
			}
			if s.since != "" {
				f.Since = dateIn(t, s.since)
			}
			if s.until != "" {
				f.Until = dateIn(t, s.until)
			}
			facts = append(facts, f)
		}
		day := dayIn(t, "2020-01-01")
		for i, a := range facts {
			for j, b := range facts {
				if got := CompareSingular(a, b, day); got < 0 != (i < j) || got > 0 != (i > j) {
					t.Errorf("%s: CompareSingular(%s, %s) = %d", c.name, a.ID, b.ID, got)
				}
			}
		}
	}
}
