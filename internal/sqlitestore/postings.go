package sqlitestore

import (
	"math/bits"
	"slices"
	"sort"
)

// postings is a sorted set of items as a tree is, in a sixth of the memory or less: what follows an item is kept as how much larger it is,
// and most are the next entities of a gram. It is for the index of grams, which has fifty items of an entity. Nothing of it is
// ever changed: a change makes another, which shares with the one before all but the leaves that it touched.
type postings struct{ root *postingsNode }

// postingsNode is a list of parts in order, which are either leaves or nodes.
type postingsNode struct {
	firsts []uint64 // the first item of each part
	leaves []string // the other items of each: varints of the difference from the one before
	kids   []*postingsNode
}

const (
	maxLeaf  = 256 // bytes: less takes more memory, and more makes a change slower, as it writes whole leaves
	maxParts = 32
)

// postingsOf makes the set of sorted items.
func postingsOf(items []uint64) postings {
	n := &postingsNode{}
	n.addLeaves(items, maxLeaf)
	return rooted(n.cut())
}

// rooted puts nodes of a level together.
func rooted(level []*postingsNode) postings {
	for len(level) > 1 {
		above := &postingsNode{}
		for _, kid := range level {
			above.add(kid)
		}
		level = above.cut()
	}
	if len(level) == 0 {
		return postings{}
	}
	root := level[0]
	for len(root.kids) == 1 {
		root = root.kids[0]
	}
	return postings{root}
}

func (n *postingsNode) add(kid *postingsNode) {
	n.firsts, n.kids = append(n.firsts, kid.firsts[0]), append(n.kids, kid)
}

// addLeaves adds sorted items, in leaves that are as full as may be.
func (n *postingsNode) addLeaves(items []uint64, most int) {
	var room [maxLeaf]byte
	for len(items) > 0 {
		leaf, last := room[:0], items[0]
		n.firsts = append(n.firsts, last)
		for items = items[1:]; len(items) > 0 && len(leaf)+varintLen(items[0]-last) <= most; items = items[1:] {
			leaf = appendVarint(leaf, items[0]-last)
			last = items[0]
		}
		n.leaves = append(n.leaves, string(leaf))
	}
}

// cut gives a node that may have become too large as several, or none where it has become empty.
func (n *postingsNode) cut() []*postingsNode {
	if 0 < len(n.firsts) && len(n.firsts) <= maxParts {
		return []*postingsNode{n}
	}
	var nodes []*postingsNode
	for from := 0; from < len(n.firsts); {
		to := min(from+evenly(len(n.firsts), maxParts), len(n.firsts))
		part := &postingsNode{firsts: slices.Clone(n.firsts[from:to])}
		if n.kids != nil {
			part.kids = slices.Clone(n.kids[from:to])
		} else {
			part.leaves = slices.Clone(n.leaves[from:to])
		}
		nodes = append(nodes, part)
		from = to
	}
	return nodes
}

// between gives the items from one on, up to another that is not included.
func (p postings) between(from, to uint64, each func(it uint64)) {
	if p.root != nil {
		p.root.between(from, to, each)
	}
}

func (n *postingsNode) between(from, to uint64, each func(it uint64)) {
	i := sort.Search(len(n.firsts), func(i int) bool { return n.firsts[i] > from })
	for i = max(i-1, 0); i < len(n.firsts) && n.firsts[i] < to; i++ {
		if n.kids != nil {
			n.kids[i].between(from, to, each)
			continue
		}
		it, leaf := n.firsts[i], n.leaves[i]
		if it >= from {
			each(it)
		}
		for at := 0; at < len(leaf); {
			more := uint64(leaf[at])
			if at++; more >= 1<<7 {
				more, at = varint(leaf, at-1)
			}
			if it += more; it >= to {
				return
			}
			if it >= from {
				each(it)
			}
		}
	}
}

// changed gives the set without some items and then with others. Both are sorted, and nothing stands in one of them twice.
func (p postings) changed(without, with []uint64) postings {
	switch {
	case len(without)+len(with) == 0:
		return p
	case p.root == nil:
		return postingsOf(with)
	}
	var room []uint64
	return rooted(p.root.changed(without, with, &room))
}

// changed gives what stands in the place of the node then. There is room for the items of a leaf, which is the same for all.
func (n *postingsNode) changed(without, with []uint64, room *[]uint64) []*postingsNode {
	next := &postingsNode{firsts: make([]uint64, 0, len(n.firsts)+1)}
	if n.kids != nil {
		next.kids = make([]*postingsNode, 0, len(n.firsts)+1)
	} else {
		next.leaves = make([]string, 0, len(n.firsts)+1)
	}
	for i, first := range n.firsts {
		endOut, endIn := len(without), len(with) // of what belongs here
		if i+1 < len(n.firsts) {
			endOut, _ = slices.BinarySearch(without, n.firsts[i+1])
			endIn, _ = slices.BinarySearch(with, n.firsts[i+1])
		}
		switch {
		case endOut+endIn == 0 && n.kids != nil:
			next.add(n.kids[i])
		case endOut+endIn == 0:
			next.firsts, next.leaves = append(next.firsts, first), append(next.leaves, n.leaves[i])
		case n.kids != nil:
			for _, kid := range n.kids[i].changed(without[:endOut], with[:endIn], room) {
				next.add(kid)
			}
		default:
			items := changedLeaf((*room)[:0], first, n.leaves[i], without[:endOut], with[:endIn])
			*room = items
			size := 0
			for i := 1; i < len(items); i++ {
				size += varintLen(items[i] - items[i-1])
			}
			next.addLeaves(items, evenly(max(size, 1), maxLeaf))
		}
		without, with = without[endOut:], with[endIn:]
	}
	return next.cut()
}

// changedLeaf appends the items of a leaf, without some and then with others.
func changedLeaf(items []uint64, first uint64, leaf string, without, with []uint64) []uint64 {
	for it, at := first, 0; ; {
		for len(with) > 0 && with[0] < it {
			items, with = append(items, with[0]), with[1:]
		}
		for len(without) > 0 && without[0] < it {
			without = without[1:]
		}
		there := len(without) == 0 || without[0] != it
		if len(with) > 0 && with[0] == it {
			there, with = true, with[1:]
		}
		if there {
			items = append(items, it)
		}
		if at == len(leaf) {
			return append(items, with...)
		}
		var more uint64
		more, at = varint(leaf, at)
		it += more
	}
}

// minus gives the items of a sorted list that another does not have.
func minus(a, b []uint64) []uint64 {
	if len(b) == 0 {
		return a
	}
	var rest []uint64
	for _, it := range a {
		for len(b) > 0 && b[0] < it {
			b = b[1:]
		}
		if len(b) == 0 || b[0] != it {
			rest = append(rest, it)
		}
	}
	return rest
}

// A varint is a number in groups of seven bits, the lowest first, of which all but the last are marked. encoding/binary would
// want leaves to be slices, which take more and could be changed.

func varint(s string, at int) (x uint64, after int) {
	for shift := 0; ; shift += 7 {
		b := s[at]
		at++
		x |= uint64(b&0x7f) << shift
		if b < 1<<7 {
			return x, at
		}
	}
}

func appendVarint(b []byte, x uint64) []byte {
	for ; x >= 1<<7; x >>= 7 {
		b = append(b, byte(x)|1<<7)
	}
	return append(b, byte(x))
}

func varintLen(x uint64) int { return (bits.Len64(x|1) + 6) / 7 }
