//go:build race

package sqlitestore

// raced says that the race detector looks on, under which all takes ten times as long. It has seen what there is to see after less;
// `make test` runs the package without it as well.
const raced = true
