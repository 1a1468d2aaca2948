package server

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ententegraph/entente/internal/recent"
)

// A parsed document takes up to a hundred times the bytes of its text, so the
// cache is bounded in text and not in entries: 256 KB of it are 30 MB at worst.
const (
	documentBytes     = 8 << 10 // a longer document is not kept
	documentBytesKept = 256 << 10
)

// documents is gqlgen's query cache. What is in it has passed the guard and
// validation, and neither looks at it again; the pointer it hands out stays the
// same while it is kept, so that work done below can be remembered by it.
type documents struct {
	texts *recent.Cache[string, *ast.QueryDocument]
}

func newDocuments() *documents {
	return &documents{recent.New[string, *ast.QueryDocument](documentBytesKept)}
}

// Get returns the document of a text, if it is kept.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	return d.texts.Get(text)
}

// Add keeps the document of a text, unless the text is long.
func (d *documents) Add(_ context.Context, text string, doc *ast.QueryDocument) {
	if len(text) <= documentBytes {
		d.texts.Add(text, doc, len(text))
	}
}
