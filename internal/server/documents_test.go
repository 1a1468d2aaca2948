package server

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestDocumentsAreBounded(t *testing.T) {
	ctx := context.Background()
	kept := &documents{}
	text := func(i int) string { return fmt.Sprintf("%d", i) + strings.Repeat(" ", 4000) }
	used := &ast.QueryDocument{}
	kept.Add(ctx, "used", used)
	for i := range 1000 {
		kept.Add(ctx, text(i), &ast.QueryDocument{})
		if doc, ok := kept.Get(ctx, "used"); !ok || doc != used {
			t.Fatalf("after %d others, a document in use is gone", i+1)
		}
	}
	bytes := 0
	for _, generation := range []map[string]*ast.QueryDocument{kept.young, kept.old} {
		for text := range generation {
			bytes += len(text)
		}
	}
	if bytes > 2*generationBytes {
		t.Errorf("%d bytes of text are kept, more than %d", bytes, 2*generationBytes)
	}
	if _, ok := kept.Get(ctx, text(0)); ok {
		t.Error("a document of long ago is still kept")
	}
	long := strings.Repeat("a", documentBytes+1)
	kept.Add(ctx, long, &ast.QueryDocument{})
	if _, ok := kept.Get(ctx, long); ok {
		t.Error("a long document is kept")
	}
}
