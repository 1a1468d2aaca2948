package sqlitestore

import (
	"cmp"
	"iter"
	"slices"
	"sort"
)

// tree is a sorted set that is never changed where a reader may see it, as a vec is. It finds the item at a rank and the rank
// of an item alike, so that a page may begin anywhere, and a count need not walk.
//
// An item is the number of a thing in its lower half, and in its upper half what decides most comparisons: the beginning of
// what it is sorted by. An order says what decides the others.
type tree struct{ root *treeNode }

// order compares two items of a tree whose first halves are equal; nil where items say all that there is to compare.
type order func(a, b uint64) int

func (by order) compare(a, b uint64) int {
	if a>>32 != b>>32 || by == nil || a == b {
		return cmp.Compare(a, b)
	}
	return by(a, b)
}

// find gives the place of the first item that does not stand before another.
func (by order) find(items []uint64, it uint64) int {
	low, high := 0, len(items)
	for low < high {
		if mid := (low + high) / 2; by.compare(items[mid], it) < 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

type treeNode struct {
	gen   uint64
	size  int
	items []uint64    // of a leaf; else the first item of each kid
	kids  []*treeNode // nil in a leaf
}

const maxItems, maxKids = 64, 32

// item makes an item of its two halves.
func item(first, n uint32) uint64 { return uint64(first)<<32 | uint64(n) }

func (t tree) len() int {
	if t.root == nil {
		return 0
	}
	return t.root.size
}

// at gives the item at a rank.
func (t tree) at(rank int) uint64 {
	n := t.root
	for n.kids != nil {
		for _, kid := range n.kids {
			if rank < kid.size {
				n = kid
				break
			}
			rank -= kid.size
		}
	}
	return n.items[rank]
}

// rank counts the items that stand before a place; before is true of these and of no others.
func (t tree) rank(before func(item uint64) bool) int {
	rank := 0
	for n := t.root; n != nil; {
		i := sort.Search(len(n.items), func(i int) bool { return !before(n.items[i]) })
		if n.kids == nil {
			return rank + i
		}
		if i == 0 {
			return rank // not even the first item of all
		}
		for _, kid := range n.kids[:i-1] {
			rank += kid.size
		}
		n = n.kids[i-1]
	}
	return rank
}

// from gives the items from a rank on.
func (t tree) from(rank int) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		if t.root != nil {
			t.root.from(rank, yield)
		}
	}
}

func (n *treeNode) from(rank int, yield func(uint64) bool) bool {
	if n.kids == nil {
		for _, it := range n.items[min(rank, len(n.items)):] {
			if !yield(it) {
				return false
			}
		}
		return true
	}
	for _, kid := range n.kids {
		if rank >= kid.size {
			rank -= kid.size
			continue
		}
		if !kid.from(rank, yield) {
			return false
		}
		rank = 0
	}
	return true
}

// between gives the items of a natural order from one on, up to another that is not included.
func (t tree) between(from, to uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		if t.root != nil {
			t.root.between(from, to, yield)
		}
	}
}

func (n *treeNode) between(from, to uint64, yield func(uint64) bool) bool {
	i, _ := slices.BinarySearch(n.items, from)
	if n.kids == nil {
		for _, it := range n.items[i:] {
			if it >= to || !yield(it) {
				return false
			}
		}
		return true
	}
	for i = max(i-1, 0); i < len(n.kids); i++ {
		if n.items[i] >= to || !n.kids[i].between(from, to, yield) {
			return false
		}
	}
	return true
}

// insert adds an item, and says whether it was not there before.
func (t *tree) insert(gen uint64, it uint64, by order) bool {
	if t.root == nil {
		t.root = &treeNode{gen: gen}
	}
	t.root = t.root.own(gen)
	half, added := t.root.insert(gen, it, by)
	if half != nil {
		left := t.root
		t.root = &treeNode{gen: gen, size: left.size + half.size, items: []uint64{left.items[0], half.items[0]}, kids: []*treeNode{left, half}}
	}
	return added
}

// insert adds an item to a node of the generation, and gives the second half of one that became too large.
func (n *treeNode) insert(gen uint64, it uint64, by order) (half *treeNode, added bool) {
	i := by.find(n.items, it)
	there := i < len(n.items) && n.items[i] == it
	if n.kids == nil {
		if there {
			return nil, false
		}
		n.items = slices.Insert(roomFor(n.items), i, it)
		n.size++
		if len(n.items) > maxItems {
			half = n.cut(gen, i == len(n.items)-1)
		}
		return half, true
	}
	if !there {
		i = max(i-1, 0)
	}
	kid := n.kids[i].own(gen)
	n.kids[i] = kid
	next, added := kid.insert(gen, it, by)
	if added {
		n.size++
	}
	n.items[i] = kid.items[0]
	if next == nil {
		return nil, added
	}
	n.items = slices.Insert(n.items, i+1, next.items[0])
	n.kids = slices.Insert(n.kids, i+1, next)
	if len(n.kids) > maxKids {
		half = n.cut(gen, i == len(n.kids)-2)
	}
	return half, added
}

// insertAll adds items that are sorted. It goes through each node once, however many of them belong there, and so costs less than
// one insertion after another, unless they are few.
func (t *tree) insertAll(gen uint64, items []uint64, by order) {
	if len(items)*maxItems < t.len() || len(items) == 0 {
		for _, it := range items {
			t.insert(gen, it, by)
		}
		return
	}
	if t.root == nil {
		t.root = &treeNode{gen: gen}
	}
	level := t.root.insertAll(gen, items, by)
	for len(level) > 1 {
		level = above(gen, level)
	}
	t.root = level[0]
}

// insertAll adds one sorted item or more, and gives what stands in the place of the node then.
func (n *treeNode) insertAll(gen uint64, items []uint64, by order) []*treeNode {
	if n.kids == nil {
		leaves := leavesOf(gen, merged(n.items, items, by))
		if len(leaves) > 1 {
			for _, leaf := range leaves {
				leaf.items = slices.Clone(leaf.items) // so that none keeps another's memory
			}
		}
		return leaves
	}
	kids := make([]*treeNode, 0, len(n.kids)+1)
	for i, kid := range n.kids {
		end := len(items)
		if i+1 < len(n.kids) {
			for end = 0; end < len(items) && by.compare(items[end], n.items[i+1]) < 0; {
				end++
			}
		}
		if end == 0 {
			kids = append(kids, kid)
			continue
		}
		kids = append(kids, kid.insertAll(gen, items[:end], by)...)
		items = items[end:]
	}
	return above(gen, kids)
}

// merged makes one sorted list of two, in which nothing stands twice.
func merged(a, b []uint64, by order) []uint64 {
	out := make([]uint64, 0, len(a)+len(b))
	for _, it := range b {
		at := by.find(a, it)
		out = append(out, a[:at]...)
		if a = a[at:]; len(a) == 0 || a[0] != it {
			out = append(out, it)
		}
	}
	return append(out, a...)
}

// cut takes the second half of a node away; or little of it where it has grown at its end, as what comes in order then leaves
// full nodes behind.
func (n *treeNode) cut(gen uint64, atEnd bool) *treeNode {
	at := len(n.items) / 2
	if atEnd {
		at = len(n.items) - 1
	}
	half := &treeNode{gen: gen, items: slices.Clone(n.items[at:])}
	n.items = slices.Clip(n.items[:at])
	if n.kids == nil {
		half.size, n.size = len(half.items), at
		return half
	}
	half.kids = slices.Clone(n.kids[at:])
	clear(n.kids[at:])
	n.kids = slices.Clip(n.kids[:at])
	half.size, n.size = sizeOf(half.kids), sizeOf(n.kids)
	return half
}

// remove takes an item away, and says whether it was there.
func (t *tree) remove(gen uint64, it uint64, by order) bool {
	if t.root == nil {
		return false
	}
	t.root = t.root.own(gen)
	if !t.root.remove(gen, it, by) {
		return false
	}
	for len(t.root.kids) == 1 {
		t.root = t.root.kids[0]
	}
	if t.root.size == 0 {
		t.root = nil
	}
	return true
}

// remove takes away an item. Nodes that have become small stay so, unless they are empty.
func (n *treeNode) remove(gen uint64, it uint64, by order) bool {
	i := by.find(n.items, it)
	there := i < len(n.items) && n.items[i] == it
	if n.kids == nil {
		if there {
			n.items = slices.Delete(n.items, i, i+1)
			n.size--
		}
		return there
	}
	if !there {
		i = max(i-1, 0)
	}
	kid := n.kids[i].own(gen)
	n.kids[i] = kid
	if !kid.remove(gen, it, by) {
		return false
	}
	n.size--
	if kid.size == 0 {
		n.items, n.kids = slices.Delete(n.items, i, i+1), slices.Delete(n.kids, i, i+1)
	} else {
		n.items[i] = kid.items[0]
	}
	return true
}

func (n *treeNode) own(gen uint64) *treeNode {
	if n.gen == gen {
		return n
	}
	return &treeNode{gen: gen, size: n.size, items: slices.Clone(n.items), kids: slices.Clone(n.kids)}
}

// roomFor leaves a little room in a list that is about to grow: most lists of facts are short, and there are many.
func roomFor(items []uint64) []uint64 {
	if len(items) < cap(items) {
		return items
	}
	grown := make([]uint64, len(items), len(items)+1+len(items)/4)
	copy(grown, items)
	return grown
}

// treeOf makes the tree of sorted items, which it takes over.
func treeOf(gen uint64, items []uint64) tree {
	if len(items) == 0 {
		return tree{}
	}
	level := leavesOf(gen, items)
	for len(level) > 1 {
		level = above(gen, level)
	}
	return tree{level[0]}
}

// leavesOf makes leaves of sorted items, which it takes over.
func leavesOf(gen uint64, items []uint64) []*treeNode {
	leaves := make([]*treeNode, 0, (len(items)+maxItems-1)/maxItems)
	for leaf := range slices.Chunk(items, evenly(len(items), maxItems)) {
		leaves = append(leaves, &treeNode{gen: gen, size: len(leaf), items: slices.Clip(leaf)})
	}
	return leaves
}

// above makes the nodes above others.
func above(gen uint64, level []*treeNode) []*treeNode {
	nodes := make([]*treeNode, 0, (len(level)+maxKids-1)/maxKids)
	for kids := range slices.Chunk(level, evenly(len(level), maxKids)) {
		n := &treeNode{gen: gen, size: sizeOf(kids), items: make([]uint64, len(kids)), kids: slices.Clone(kids)}
		for i, kid := range kids {
			n.items[i] = kid.items[0]
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// evenly gives how many of n things to put together, most of them at most, so that no part is much smaller than another.
func evenly(n, most int) int {
	parts := (n + most - 1) / most
	return (n + parts - 1) / parts
}

func sizeOf(kids []*treeNode) int {
	size := 0
	for _, kid := range kids {
		size += kid.size
	}
	return size
}
