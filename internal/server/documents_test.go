package server

import (
	"context"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestLongDocumentsAreNotKept(t *testing.T) {
	ctx := context.Background()
	kept := newDocuments()
	for _, text := range []string{strings.Repeat("a", documentBytes), strings.Repeat("a", documentBytes+1)} {
		doc := &ast.QueryDocument{}
		kept.Add(ctx, text, doc)
		if got, ok := kept.Get(ctx, text); ok != (len(text) <= documentBytes) || ok && got != doc {
			t.Errorf("a document of %d bytes: kept is %t", len(text), ok)
		}
	}
}
