// Fetch brings the jars of the Neo4j that the tests run against into the user's cache, so that the first test need not.
package main

import (
	"fmt"
	"os"

	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

func main() {
	if _, err := neo4jtest.Jars(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
