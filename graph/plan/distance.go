package plan

import "github.com/ententegraph/entente/internal/kg"

// placed selects where an entity is: itself, where it says its location, or else the nearest above it that does.
func placed() *kg.Select {
	location := kg.Bare()
	location.Without &^= kg.PartLocation
	return kg.Bare(toLocated(location))
}

// toLocated leads from an entity to where it is, as placed has it.
func toLocated(sel *kg.Select) kg.Follow {
	return kg.Follow{
		Owners: kg.Entities, Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, Single: true,
		List: kg.List{Kinds: kg.Entities, States: kg.OnlyAccepted, Where: kg.Located{}, First: 1, Unpaged: true, Select: sel},
	}
}

// distance compiles the root field, whose question is about two entities.
func distance(f *Field, args map[string]any, q *kg.Query) error {
	r := &reader{args: args}
	f.Op = OpDistance
	q.IDs = []kg.ID{r.id("from"), r.id("to")}
	q.List = kg.List{Kinds: kg.Entities, First: len(q.IDs), Unpaged: true, Select: placed()}
	return r.err
}

// distanceOfEnds compiles the field of a fact: its ends stand in two pages, from f.Page on.
func distanceOfEnds(f *Field, into *selecting, k kg.Kind) {
	f.Op, f.Page = OpDistance, len(into.Follow)
	for _, way := range []kg.Way{kg.FromEnd, kg.ToEnd} {
		into.Follow = append(into.Follow, kg.Follow{Owners: kg.SetOf(k), Relation: kg.Relation{Way: way}, List: kg.List{Kinds: kg.Entities, First: 1, Unpaged: true, Select: placed()}})
	}
}

// DistanceOf gives how far apart the ends of a fact are; ok is false where one of them is nowhere.
func (f *Field) DistanceOf(fact *kg.Row) (km float64, ok bool) {
	from, to := fact.Pages[f.Page].Rows, fact.Pages[f.Page+1].Rows
	if len(from) == 0 || len(to) == 0 {
		return 0, false
	}
	return DistanceBetween(&from[0], &to[0])
}

// DistanceBetween gives how far one entity is from another of which [kg.Located] places were followed.
func DistanceBetween(a, b *kg.Row) (km float64, ok bool) {
	from, to := located(a), located(b)
	if from == nil || to == nil {
		return 0, false
	}
	return kg.Kilometres(*from, *to), true
}

func located(r *kg.Row) *kg.Point {
	if r.Entity == nil || len(r.Pages[0].Rows) == 0 {
		return nil
	}
	return r.Pages[0].Rows[0].Entity.Location
}
