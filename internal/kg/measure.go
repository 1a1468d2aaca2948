package kg

// Measured is a [Store] that has figures of its own.
type Measured interface {
	// Measures gives the figures as they are now, always the same ones. It asks no disk and no network for long, and works
	// after Close.
	Measures() []Measure
}

// Measure is one figure of a store, for whoever watches over it.
type Measure struct {
	Name  string // in snake case with its unit at the end, as in file_bytes; what only grows ends in _total
	Help  string // a sentence
	Value float64
}
