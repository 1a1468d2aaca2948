package sqlitestore

import (
	"context"

	"github.com/ententegraph/entente/internal/kg"
)

// Expand gives the facts around some entities, unless they are more than the budget.
func (s *Store) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	r, err := s.reading(ctx, &kg.Query{AsOf: x.AsOf, KnownAt: x.KnownAt})
	if err != nil {
		return nil, err
	}
	defer r.end()
	out := &kg.Expanded{Degrees: make([]int, len(x.IDs))}
	sum := 0
	for i, id := range x.IDs {
		if n, ok := r.entity(id); ok {
			out.Degrees[i] = r.entities.at(n).links.len()
			sum += out.Degrees[i]
		}
	}
	switch {
	case sum > x.Budget:
		return &kg.Expanded{Exceeded: true}, nil
	case x.Steps && x.Without&kg.PartEvidence != 0: // else it takes the disk to make a fact of a step
		out.Steps = r.stepsAround(x, sum)
	default:
		out.Facts = r.factsAround(x)
	}
	if err := r.failed(); err != nil {
		return nil, err
	}
	return out, nil
}

func (r *reading) factsAround(x *kg.Expansion) [][]*kg.Fact {
	facts := make([][]*kg.Fact, len(x.IDs))
	var around []uint32
	for i, id := range x.IDs {
		n, ok := r.entity(id)
		if !ok {
			continue
		}
		around = around[:0]
		r.around(n, r.predicate(&x.Fact), x.States, func(fact uint32, _ view) { around = append(around, fact) })
		facts[i] = r.wholeFacts(around, x.Without)
	}
	return facts
}

// stepsAround gives the facts around entities that have so many in all.
func (r *reading) stepsAround(x *kg.Expansion, sum int) *kg.Steps {
	steps := &kg.Steps{Of: make([][]kg.Step, len(x.IDs)), Numbers: numbers{r, x.Without}}
	fact := r.predicate(&x.Fact)
	all := make([]kg.Step, 0, sum)
	for i, id := range x.IDs {
		n, ok := r.entity(id)
		if !ok {
			continue
		}
		begin := len(all)
		r.around(n, fact, x.States, func(fact uint32, v view) {
			end, kinds := v.from, endsOfFacts[v.kind][0]
			if end == n {
				end, kinds = v.to, endsOfFacts[v.kind][1]
			}
			all = append(all, kg.Step{End: end, Fact: fact, EndKinds: kinds, Sure: v.confidence})
		})
		steps.Of[i] = all[begin:]
	}
	return steps
}

// endsOfFacts are the kinds that stand at the ends of each kind of fact.
var endsOfFacts = func() (ends [maxKinds][2]kg.KindSet) {
	for _, k := range kg.Facts.Kinds() {
		ends[k][0], ends[k][1] = k.Decl().Ends()
	}
	return ends
}()

// numbers are those of a state of the graph. They may be asked after the question was answered, as what it takes of the disk to make
// a fact as it was has been read by then.
type numbers struct {
	r       *reading
	without kg.Parts
}

func (n numbers) Number(entity kg.ID) (uint32, bool) { return n.r.entity(entity) }
func (n numbers) ID(entity uint32) kg.ID             { return n.r.entityID(entity) }
func (n numbers) Kind(entity uint32) kg.Kind         { return n.r.entities.at(entity).Kind }
func (n numbers) Fact(fact uint32) *kg.Fact          { return n.r.wholeFact(fact, n.without) }
