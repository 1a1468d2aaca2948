package sqlitestore

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// A tree is compared with a sorted list, through insertions and removals in several generations; what an older generation sees
// stays as it was.
func TestTree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, order := range []string{"random", "ascending", "descending"} {
		var tr tree
		var want []uint64
		type past struct {
			tree tree
			want []uint64
		}
		var before []past
		for gen := uint64(1); gen <= 60; gen++ {
			for i := range 200 {
				it := uint64(random.IntN(20_000))
				switch order {
				case "ascending":
					it = gen*200 + uint64(i)
				case "descending":
					it = 1<<20 - gen*200 - uint64(i)
				}
				at, there := slices.BinarySearch(want, it)
				if gen%3 == 0 && len(want) > 0 {
					it = want[random.IntN(len(want))]
					at, _ = slices.BinarySearch(want, it)
					if !tr.remove(gen, it, nil) || tr.remove(gen, it, nil) {
						t.Fatalf("removing %d: it was not there, or still is", it)
					}
					want = slices.Delete(slices.Clone(want), at, at+1)
					continue
				}
				if tr.insert(gen, it, nil) == there {
					t.Fatalf("inserting %d, which was there: %t", it, there)
				}
				if !there {
					want = slices.Insert(slices.Clone(want), at, it)
				}
			}
			before = append(before, past{tr, want})
		}
		before = append(before, past{treeOf(99, slices.Clone(want)), want}, past{tree{}, nil})
		for _, p := range before {
			wantTree(t, random, p.tree, p.want)
		}
	}
}

func wantTree(t *testing.T, random *rand.Rand, tr tree, want []uint64) {
	t.Helper()
	if got := slices.Collect(tr.from(0)); !slices.Equal(got, want) || tr.len() != len(want) {
		t.Fatalf("the tree has %d items, want %d, or others", tr.len(), len(want))
	}
	for range 50 {
		from := uint64(random.IntN(21_000))
		to := from + uint64(random.IntN(3000))
		at, _ := slices.BinarySearch(want, from)
		end, _ := slices.BinarySearch(want, to)
		if got := tr.rank(func(it uint64) bool { return it < from }); got != at {
			t.Fatalf("rank of %d is %d, want %d", from, got, at)
		}
		if got := slices.Collect(tr.from(at)); !slices.Equal(got, want[at:]) {
			t.Fatalf("from %d come others than wanted", at)
		}
		if got := slices.Collect(tr.between(from, to)); !slices.Equal(got, want[at:end]) {
			t.Fatalf("from %d to %d come %v, want %v", from, to, got, want[at:end])
		}
		if at < len(want) && tr.at(at) != want[at] {
			t.Fatalf("at %d stands %d, want %d", at, tr.at(at), want[at])
		}
	}
}

// Items that are inserted together are where they would be one by one, in a natural order and in one of its own, and what an
// older generation sees stays as it was.
func TestTreeInsertAll(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	backwards := func(a, b uint64) int { return cmp.Compare(b, a) }
	for _, by := range []order{nil, backwards} {
		var tr, before tree
		var want, wanted []uint64
		for gen := uint64(1); gen <= 200; gen++ {
			before, wanted = tr, slices.Clone(want)
			items := make([]uint64, random.IntN(1+random.IntN(3000)))
			for i := range items {
				items[i] = item(uint32(random.IntN(40)), uint32(random.IntN(20_000)))
			}
			if gen%5 == 0 {
				for range min(300, len(want)) {
					at := random.IntN(len(want))
					if !tr.remove(gen, want[at], by) {
						t.Fatalf("%d was not there", want[at])
					}
					want = slices.Delete(want, at, at+1)
				}
			}
			slices.SortFunc(items, by.compare)
			items = slices.Compact(items)
			tr.insertAll(gen, items, by)
			want = append(want, items...)
			slices.SortFunc(want, by.compare)
			want = slices.Compact(want)
			for _, p := range []struct {
				tree tree
				want []uint64
			}{{before, wanted}, {tr, want}} {
				if got := slices.Collect(p.tree.from(0)); !slices.Equal(got, p.want) || p.tree.len() != len(p.want) {
					t.Fatalf("the tree of generation %d has %d items, want %d, or others", gen, p.tree.len(), len(p.want))
				}
			}
			wantBounded(t, tr.root)
			if len(want) > 0 {
				if at := random.IntN(len(want)); tr.at(at) != want[at] || tr.insert(gen, want[at], by) {
					t.Fatalf("at %d stands %d, want %d, which has to be found", at, tr.at(at), want[at])
				}
			}
		}
	}
}

// wantBounded fails where a node is larger than nodes may be, or does not know what is in it.
func wantBounded(t *testing.T, n *treeNode) {
	t.Helper()
	switch {
	case n == nil:
	case n.kids == nil:
		if len(n.items) > maxItems || n.size != len(n.items) {
			t.Fatalf("a leaf of size %d has %d items", n.size, len(n.items))
		}
	default:
		if len(n.kids) > maxKids || len(n.items) != len(n.kids) || n.size != sizeOf(n.kids) {
			t.Fatalf("a node of size %d has %d kids and %d first items", n.size, len(n.kids), len(n.items))
		}
		for i, kid := range n.kids {
			if n.items[i] != kid.items[0] {
				t.Fatalf("a node says that a kid begins with %d, and it begins with %d", n.items[i], kid.items[0])
			}
			wantBounded(t, kid)
		}
	}
}

// A list keeps what older generations see, whatever is changed in it.
func TestVec(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var v vec[int]
	var want []int
	var lists []vec[int]
	var wants [][]int
	for gen := uint64(1); gen <= 30; gen++ {
		for range 1000 {
			if n := random.Int(); v.n == 0 || random.IntN(2) == 0 {
				_, place := v.add(gen)
				*place = n
				want = append(want, n)
			} else {
				i := random.IntN(len(want))
				*v.edit(gen, uint32(i)) = n
				want[i] = n
			}
		}
		lists, wants = append(lists, v), append(wants, slices.Clone(want))
	}
	for g, v := range lists {
		if int(v.n) != len(wants[g]) {
			t.Fatalf("generation %d has %d items, want %d", g+1, v.n, len(wants[g]))
		}
		for i, n := range wants[g] {
			if *v.at(uint32(i)) != n {
				t.Fatalf("generation %d has %d at %d, want %d", g+1, *v.at(uint32(i)), i, n)
			}
		}
	}
}
