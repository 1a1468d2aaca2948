package server

import (
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// A parsed document takes up to a hundred times the bytes of its text, so the
// cache is bounded in text and not in entries: 256 KB of it are 30 MB at worst.
const (
	documentBytes   = 8 << 10   // a longer document is not kept
	generationBytes = 128 << 10 // of text; there are two generations
)

// documents is gqlgen's query cache. What is in it has passed the guard and
// validation, and neither looks at it again; the pointer it hands out stays the
// same while it is kept, so that work done below can be remembered by it.
//
// It keeps two generations: a full young one becomes the old one, and what is
// asked for again moves back. That is as good as an LRU here and needs no list.
type documents struct {
	mu         sync.Mutex
	young, old map[string]*ast.QueryDocument
	bytes      int // of text in young
}

// Get returns the document of a text, if it is kept.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if doc, ok := d.young[text]; ok {
		return doc, true
	}
	doc, ok := d.old[text]
	if ok {
		d.keep(text, doc)
	}
	return doc, ok
}

// Add keeps the document of a text, unless the text is long.
func (d *documents) Add(_ context.Context, text string, doc *ast.QueryDocument) {
	if len(text) > documentBytes {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.young[text]; !ok {
		d.keep(text, doc)
	}
}

// keep puts a document that is not in the young generation there.
func (d *documents) keep(text string, doc *ast.QueryDocument) {
	if d.young == nil || d.bytes+len(text) > generationBytes {
		d.young, d.old, d.bytes = map[string]*ast.QueryDocument{}, d.young, 0
	}
	d.young[text] = doc
	d.bytes += len(text)
}
