package graph

import (
	"encoding/json"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/recent"
)

// What is kept of compiled operations, in bytes.
const (
	compiledBytes  = 16 << 20
	longestCompile = 8 << 10 // of a document's text, and of an operation's variables: longer ones are not kept
)

// compiled keeps operations by their document and variables, since those that are asked are mostly asked again. The document's
// pointer stands for it, which whoever parses keeps for as long.
type compiled struct {
	operations *recent.Cache[asked, *plan.Operation]
	// free are the variables of an operation that it is compiled the same without, see [plan.Free].
	free *recent.Cache[*ast.OperationDefinition, []string]
}

// asked is what an operation is compiled from.
type asked struct {
	operation *ast.OperationDefinition
	variables string // but for free ones, as JSON
}

func newCompiled() compiled {
	return compiled{
		operations: recent.New[asked, *plan.Operation](compiledBytes),
		free:       recent.New[*ast.OperationDefinition, []string](10_000), // one each
	}
}

// compile gives the compiled operation of a request.
func (c compiled) compile(schema *ast.Schema, oc *graphql.OperationContext) (*plan.Operation, error) {
	if err := readVariables(schema, oc); err != nil {
		return nil, err
	}
	if len(oc.RawQuery) > longestCompile {
		return plan.Compile(schema, oc.Doc, oc.Operation, oc.Variables)
	}
	free, known := c.free.Get(oc.Operation)
	if !known {
		free = plan.Free(oc.Doc, oc.Operation)
		c.free.Add(oc.Operation, free, 1)
	}
	key := asked{oc.Operation, fixed(oc.Variables, free)}
	if op, kept := c.operations.Get(key); kept {
		if at, ok := op.At(free, oc.Variables); ok {
			return at, nil
		}
	}
	op, err := plan.Compile(schema, oc.Doc, oc.Operation, oc.Variables)
	if err != nil {
		return nil, err
	}
	if len(key.variables) <= longestCompile {
		// A document may be dropped above and be kept alive by what was compiled of it alone.
		c.operations.Add(key, op, op.Size+100*len(oc.RawQuery)+len(key.variables))
	}
	return op, nil
}

// fixed writes the variables that are not free.
func fixed(vars map[string]any, free []string) string {
	rest := maps.Clone(vars)
	for _, name := range free {
		delete(rest, name)
	}
	if len(rest) == 0 {
		return ""
	}
	text, err := json.Marshal(rest)
	if err != nil {
		panic(err) // they came as JSON
	}
	return string(text)
}
