// Package kg is the domain of Entente: what the graph holds and what may be asked of it.
//
// The unit is the [Fact]: one typed, dated assertion that links two entities and rests on [Evidence] in a [Source].
// One table (see [Decl]) declares the kinds of entity and of fact, what each may join and which fields each has; engines,
// import, export and the GraphQL edge read it, and none has code for a single kind.
//
// A question is a [Query], a small tree that an engine answers in one call of [Store.Read]. Rules that every engine would
// otherwise repeat (bounds, cursors, provenance) live in the [Catalog] above the Store.
//
// The package knows nobody: it uses the standard library and golang.org/x/text alone, keeps nothing on disk and speaks no
// protocol.
package kg
