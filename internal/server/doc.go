// Package server is the HTTP edge: the addresses, what a request may cost, how
// errors leave the process, and how the process stops.
//
// It is built around any graphql.ExecutableSchema. What a query means and how
// it is answered is decided below it; whether a stranger's document is cheap
// enough to be looked at is decided here, before gqlgen validates it.
//
// It deliberately does not authenticate, compress or terminate TLS, knows no
// store beyond "does it answer", and serves no files of its own.
package server
