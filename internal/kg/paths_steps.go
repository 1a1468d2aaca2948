package kg

// ownNumbers are the numbers of a search over a store that has none itself, given out as things come.
type ownNumbers struct {
	numbers map[ID]uint32
	ids     []ID
	facts   []*Fact
}

// Number implements Numbers.
func (o *ownNumbers) Number(entity ID) (uint32, bool) {
	n, ok := o.numbers[entity]
	if !ok {
		n = uint32(len(o.ids))
		o.numbers[entity] = n
		o.ids = append(o.ids, entity)
	}
	return n, true
}

// ID implements Numbers.
func (o *ownNumbers) ID(entity uint32) ID { return o.ids[entity] }

// Kind implements Numbers.
func (o *ownNumbers) Kind(entity uint32) Kind { return KindOf(o.ids[entity]) }

// Fact implements Numbers.
func (o *ownNumbers) Fact(n uint32) *Fact { return o.facts[n] }

// steps makes steps of the facts around some entities.
func (o *ownNumbers) steps(ids []ID, facts [][]*Fact) *Steps {
	steps := &Steps{Of: make([][]Step, len(ids)), Numbers: o}
	for i, id := range ids {
		for _, f := range facts[i] {
			end := f.Other(id)
			n, _ := o.Number(end)
			steps.Of[i] = append(steps.Of[i], Step{End: n, Fact: uint32(len(o.facts)), EndKinds: SetOf(KindOf(end)), Sure: uint16(chanceOf(f.Confidence).low)})
			o.facts = append(o.facts, f)
		}
	}
	return steps
}
