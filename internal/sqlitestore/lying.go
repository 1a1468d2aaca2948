package sqlitestore

import (
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/ententegraph/entente/internal/kg"
)

// lying remembers where entities lie on a day: in the nearest place of a kind. Most of what is counted by where it lies asks it
// of a few entities again and again, and to climb to a place takes as long as to look at twenty facts. States of the graph share
// one as long as no fact changes that leads upwards.
type lying struct {
	mu  sync.Mutex
	day kg.Day
	of  map[kg.Kind]nearests
}

// nearests are the nearest places of one kind by the numbers of entities, two higher: 0 is what nobody asked for yet, 1 nowhere.
type nearests []atomic.Uint32

// nowhere is the place of what lies in none.
const nowhere = 1<<32 - 1

// nearests gives what is remembered of a kind of place, with room for so many entities at least when it was made.
func (l *lying) nearests(kind kg.Kind, day kg.Day, entities uint32) nearests {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of == nil || l.day != day {
		l.day, l.of = day, map[kg.Kind]nearests{}
	}
	if l.of[kind] == nil {
		l.of[kind] = make(nearests, entities)
	}
	return l.of[kind]
}

// remember lets a question of the past remember where entities lie, too, for itself.
func (r *reading) remember() {
	if r.lies == nil {
		r.lies = &lying{}
	}
}

// nearest gives the place of a kind that an entity lies in, as a singular field shows it, or nowhere.
func (r *reading) nearest(n uint32, kind kg.Kind) uint32 {
	if r.lies == nil {
		return r.climbTo(n, kind)
	}
	if r.nearestOf != kind {
		r.nearestOf, r.near = kind, r.lies.nearests(kind, r.day, r.entities.n)
	}
	if int(n) >= len(r.near) {
		return r.climbTo(n, kind)
	}
	known := r.near[n].Load()
	if known == 0 {
		known = r.climbTo(n, kind) + 2
		if r.err == nil {
			r.near[n].Store(known)
		}
	}
	return known - 2
}

// climbTo climbs to the nearest place. Most entities have one fact that leads upwards, so that theirs is that of where it leads.
func (r *reading) climbTo(n uint32, kind kg.Kind) uint32 {
	if r.entities.at(n).Kind == kind {
		return n
	}
	above, several := uint32(nowhere), false
	r.stepsFrom(n, &upwards, func(_ uint32, v view) bool {
		several = above != nowhere
		above = v.to
		return !several
	})
	switch {
	case above == nowhere:
		return nowhere
	case !several && r.height < highest:
		r.height++
		defer func() { r.height-- }()
		return r.nearest(above, kind)
	}
	place := uint32(nowhere)
	r.up(n, &upwards, func(h hit) bool {
		if r.entities.at(h.n).Kind == kind {
			place = h.n
		}
		return place == nowhere
	})
	return place
}

// highest is how high entities may lie above each other that are climbed one by one: facts may go round in a circle.
const highest = 8

// lies says whether a way is the one by which entities lie in places, and of which kind these are, if of one.
func (w *way) lies(kinds kg.KindSet) (kg.Kind, bool) {
	if w.Relation != upwards.Relation || w.fact != nil || w.states != upwards.states || bits.OnesCount32(uint32(kinds)) != 1 {
		return kg.NoKind, false
	}
	return kg.Kind(bits.TrailingZeros32(uint32(kinds))), true
}
