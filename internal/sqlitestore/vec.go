package sqlitestore

import "slices"

// vec is a list that is never changed where a reader may see it. A change copies one page of 32 items, and the directory of
// 256 pages that it stands in, and leaves the rest to be shared; what a generation has copied once, it changes in place. A copy
// of a vec is another list with the same content.
type vec[T any] struct {
	gen  uint64 // whose dirs is
	n    uint32
	dirs []*vecDir[T]
}

type vecDir[T any] struct {
	gen   uint64
	pages [dirPages]*vecPage[T]
}

type vecPage[T any] struct {
	gen   uint64
	items [pageItems]T
}

const (
	pageItems = 1 << 5
	dirPages  = 1 << 8
)

// at gives an item to be read.
func (v *vec[T]) at(i uint32) *T {
	return &v.dirs[i/(pageItems*dirPages)].pages[i/pageItems%dirPages].items[i%pageItems]
}

// changedSince says whether the page that an item stands in is another than in an earlier generation of the list.
func (v *vec[T]) changedSince(gen uint64, i uint32) bool {
	d := v.dirs[i/(pageItems*dirPages)]
	return d.gen > gen && d.pages[i/pageItems%dirPages].gen > gen
}

// edit gives an item to be changed by a generation.
func (v *vec[T]) edit(gen uint64, i uint32) *T {
	v.own(gen)
	d := &v.dirs[i/(pageItems*dirPages)]
	if (*d).gen != gen {
		c := **d
		c.gen = gen
		*d = &c
	}
	p := &(*d).pages[i/pageItems%dirPages]
	if (*p).gen != gen {
		c := **p
		c.gen = gen
		*p = &c
	}
	return &(*p).items[i%pageItems]
}

// add makes a place for another item at the end, and gives its number.
func (v *vec[T]) add(gen uint64) (uint32, *T) {
	v.own(gen)
	i := v.n
	v.n++
	if i%(pageItems*dirPages) == 0 {
		v.dirs = append(v.dirs, &vecDir[T]{gen: gen})
	}
	if i%pageItems == 0 {
		d := &v.dirs[i/(pageItems*dirPages)]
		if (*d).gen != gen {
			c := **d
			c.gen = gen
			*d = &c
		}
		(*d).pages[i/pageItems%dirPages] = &vecPage[T]{gen: gen}
	}
	return i, v.edit(gen, i)
}

func (v *vec[T]) own(gen uint64) {
	if v.gen != gen {
		v.gen, v.dirs = gen, slices.Clone(v.dirs)
	}
}

// chunks is a list that only grows at its end, where readers of an older copy do not look. So nothing of it is ever copied.
type chunks[T any] struct {
	n    uint32
	list []*[chunkItems]T
}

const chunkItems = 1 << 10

func (c *chunks[T]) at(i uint32) *T { return &c.list[i/chunkItems][i%chunkItems] }

func (c *chunks[T]) add(item T) uint32 {
	i := c.n
	if int(i/chunkItems) == len(c.list) {
		c.list = append(c.list, new([chunkItems]T))
	}
	c.list[i/chunkItems][i%chunkItems] = item
	c.n++
	return i
}
