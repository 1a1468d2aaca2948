package sqlitestore

import (
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
