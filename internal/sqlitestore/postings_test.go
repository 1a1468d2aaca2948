package sqlitestore

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Postings are compared with a sorted list, through changes of every size; what an older one holds stays as it was.
func TestPostings(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 8 {
		few := 1 + random.IntN(400) // grams: of few grams leaves are full of one, of many they hold several
		p, want := postings{}, []uint64(nil)
		type past struct {
			postings postings
			want     []uint64
		}
		var before []past
		for range 60 {
			without, with := map[uint64]bool{}, map[uint64]bool{}
			for range random.IntN(1 + random.IntN(3000)) {
				with[item(uint32(random.IntN(few))*9_999_991, uint32(random.IntN(20_000)))] = true
			}
			for range random.IntN(1 + random.IntN(2000)) {
				if len(want) > 0 {
					without[want[random.IntN(len(want))]] = true
				}
				without[uint64(random.Int64())] = true // which is not there
			}
			if random.IntN(15) == 0 { // all goes
				for _, it := range want {
					without[it] = true
				}
			}
			if random.IntN(3) == 0 { // what goes comes again
				for it := range without {
					with[it] = true
				}
			}
			p = p.changed(slices.Sorted(maps.Keys(without)), slices.Sorted(maps.Keys(with)))
			next := map[uint64]bool{}
			for _, it := range want {
				next[it] = !without[it]
			}
			for it := range with {
				next[it] = true
			}
			want = want[:0:0]
			for it, there := range next {
				if there {
					want = append(want, it)
				}
			}
			slices.Sort(want)
			before = append(before, past{p, want})
		}
		for _, b := range append(before, past{postingsOf(want), want}, past{postings{}, nil}) {
			wantPostings(t, random, b.postings, b.want)
		}
	}
}

func wantPostings(t *testing.T, random *rand.Rand, p postings, want []uint64) {
	t.Helper()
	between := func(from, to uint64) (got []uint64) {
		p.between(from, to, func(it uint64) { got = append(got, it) })
		return got
	}
	if got := between(0, 1<<64-1); !slices.Equal(got, want) {
		t.Fatalf("there are %d items, want %d, or others", len(got), len(want))
	}
	for range 50 {
		from := random.Uint64N(400 * 9_999_991 << 32)
		if len(want) > 0 && random.IntN(2) == 0 {
			from = want[random.IntN(len(want))] + uint64(random.IntN(3)) - 1
		}
		to := from + random.Uint64N(3*9_999_991<<32)
		at, _ := slices.BinarySearch(want, from)
		end, _ := slices.BinarySearch(want, to)
		if got := between(from, to); !slices.Equal(got, want[at:end]) {
			t.Fatalf("from %d to %d come %v, want %v", from, to, got, want[at:end])
		}
	}
	if p.root != nil {
		wantBoundedPostings(t, p.root)
	}
}

// wantBoundedPostings fails where a node is larger than nodes may be, or does not know what its parts begin with.
func wantBoundedPostings(t *testing.T, n *postingsNode) {
	t.Helper()
	if len(n.firsts) == 0 || len(n.firsts) > maxParts || len(n.firsts) != len(n.kids)+len(n.leaves) {
		t.Fatalf("a node has %d first items, %d kids and %d leaves", len(n.firsts), len(n.kids), len(n.leaves))
	}
	for _, leaf := range n.leaves {
		if len(leaf) > maxLeaf {
			t.Fatalf("a leaf has %d bytes", len(leaf))
		}
	}
	for i, kid := range n.kids {
		if n.firsts[i] != kid.firsts[0] {
			t.Fatalf("a node says that a kid begins with %d, and it begins with %d", n.firsts[i], kid.firsts[0])
		}
		wantBoundedPostings(t, kid)
	}
}

// However a store has been written to, its index of grams is what its entities make it.
func TestGramsFollowEntities(t *testing.T) {
	s := openEmpty(t)
	random := rand.New(rand.NewPCG(13, 14))
	words := []string{"Northern", "Harbour", "Steel", "of", "Zanzibar", "京都", "Meridian", "Ltd"}
	for range 40 {
		b := &kg.Batch{At: time.Unix(1, 0)}
		for range 1 + random.IntN(5) { // some of them twice
			name := words[random.IntN(len(words))] + " " + words[random.IntN(len(words))]
			b.Entities = append(b.Entities, &kg.Entity{
				ID: kg.ID(fmt.Sprintf("company:%d", random.IntN(20))), Kind: kg.Company, Key: kg.SortKey(name),
				Names: []kg.Name{{Value: name, Kind: kg.Primary}}, Values: make([]kg.Value, len(kg.Company.Decl().Fields)),
			})
		}
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		g := s.graph.Load()
		var got, want []uint64
		g.grams.get().between(0, 1<<64-1, func(it uint64) { got = append(got, it) })
		for n := range g.entities.n {
			want = g.gramItems(want, n)
		}
		slices.Sort(want)
		if want = slices.Compact(want); !slices.Equal(got, want) {
			t.Fatalf("after %v the index has %d items, want %d, or others", b.Entities, len(got), len(want))
		}
	}
}

// Of two sorted lists minus leaves what only the first has.
func TestMinus(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for range 1000 {
		a, b := map[uint64]bool{}, map[uint64]bool{}
		for range random.IntN(20) {
			a[uint64(random.IntN(30))] = true
			b[uint64(random.IntN(30))] = true
		}
		in, not := slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b))
		want := slices.DeleteFunc(slices.Clone(in), func(it uint64) bool { return b[it] })
		if got := minus(in, not); !slices.Equal(got, want) {
			t.Fatalf("%v minus %v is %v, want %v", in, not, got, want)
		}
	}
}

// BenchmarkPostings changes what is held of one entity among a hundred thousand, which has fifty grams.
func BenchmarkPostings(b *testing.B) {
	random := rand.New(rand.NewPCG(9, 10))
	items := make([]uint64, 0, 5_000_000)
	one := func(n uint32) uint64 { return item(uint32(random.ExpFloat64()*2_000)*1_999_993, n) }
	for n := range uint32(100_000) {
		for range 50 {
			items = append(items, one(n))
		}
	}
	slices.Sort(items)
	p := postingsOf(slices.Compact(items))
	b.ReportAllocs()
	for b.Loop() {
		with := make([]uint64, 50)
		for i := range with {
			with[i] = one(uint32(random.IntN(100_000)))
		}
		slices.Sort(with)
		p.changed(nil, slices.Compact(with))
	}
}
