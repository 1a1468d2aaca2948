// Package sqlitestore is the embedded engine: SQLite keeps, memory answers.
//
// A file of SQLite's holds everything and is the only truth; see layout.go. What questions are decided by (entities, facts with
// their fields, and what links them) is resident as well, as one [graph] for each state. Readers take the newest and are
// never kept waiting; a write makes the next one, which shares with it all that is the same, and puts it in its place once
// SQLite has it on disk. Texts, quotes, evidence and histories stay on disk and are read when a question asks for them.
//
// What the package does not do: it serves no more than one process, and no graph that is larger than memory. For either there
// is Neo4j. internal/docs/embedded.md has the promises and the figures.
//
// Where to look:
//
//   - a question: read.go takes a state, list.go answers for lists and follow.go for relations (list_of_neighbours.go and
//     list_in_place.go where a page needs no more than itself); page.go chooses a page, sort_keys.go says by what, rows.go makes
//     its rows, view.go shows a fact as it was, facet.go counts (column.go keeps what it counts by).
//   - a filter: filter.go and filter_has.go make it a function, narrow.go lists what may fit, scan.go goes by an order that is
//     kept, place_members.go by where things lie, chain.go up and down through places, nearest.go keeps the nearest ones.
//   - walks: walk.go and walk_*.go, expand.go for paths, agreement.go for status, hub.go for what is kept of the largest nodes.
//   - search: candidates.go by grams.go and postings.go; quote_search.go by quote_index.go, which is on disk.
//   - a state in memory: graph.go, of vec.go, tree.go (tree_orders.go), idindex.go, bitset.go, intern.go and shared_lists.go.
//   - a write: write.go takes turns and commits, edit.go and edit_facts.go make the next state.
//   - the file: layout.go, sql.go, blocks.go for what is resident, pieces.go for what is not, codec.go for how it is written;
//     load.go reads it, lock.go keeps others out; backup.go, replace.go and records.go go through all of it.
package sqlitestore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/ententegraph/entente/internal/kg"
)

// Store is a graph in a file. It is safe for use by several goroutines.
type Store struct {
	path   string
	dir    string // that goes with the store, "" for none
	still  bool   // nothing is written
	lock   *os.File
	graph  atomic.Pointer[graph] // the newest state
	writer *writer
	writes chan *write // to the writer
	quotes *quoteIndex
	files  chan *file // connections that nobody reads by just now

	commits   atomic.Uint64 // since it was opened
	committed atomic.Int64  // when the last of these was, in milliseconds; 0 before

	writing sync.Mutex   // held by who writes to the file
	closing sync.RWMutex // held by every call for as long as it lasts, and by Close
	closed  bool
	done    chan struct{} // closed when the writer has ended
}

// Open opens the store in a file, and makes it where there is none. It refuses a file that is not ours, that a newer Entente
// has written, that is damaged, or that another process has open; it changes nothing in a file that it refuses.
func Open(ctx context.Context, path string) (*Store, error) { return open(ctx, &Store{path: path}) }

// OpenStill is Open for who goes through a graph as a whole: the file, which is there, keeps its bytes. It is not for searching in
// quotes, whose index is written when it is needed.
func OpenStill(ctx context.Context, path string) (*Store, error) {
	return open(ctx, &Store{path: path, still: true})
}

func open(ctx context.Context, s *Store) (*Store, error) {
	if err := gaveUp(ctx); err != nil {
		return nil, err
	}
	path, err := realPath(s.path)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "the store can't be found: %w", err)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, kg.Errorf(kg.BadInput, "%s is no file: name the file that the graph is to be kept in", path)
	}
	s.path, s.writes, s.files, s.done = path, make(chan *write), make(chan *file, connections), make(chan struct{})
	if err := checkFile(path); err != nil {
		return nil, err
	}
	if s.lock, err = takeLock(path); err != nil {
		return nil, err
	}
	if s.writer, err = s.prepare(ctx); err != nil {
		unlock(s.lock)
		return nil, s.translate(err, "opening "+path)
	}
	go s.writer.work()
	go s.quotes.work()
	return s, nil
}

// Temporary opens an empty store that is there as long as it is open, for a graph that is loaded from elsewhere. Its file lies in
// a directory of its own among the system's temporary ones; nothing waits for the disk.
func Temporary(ctx context.Context) (*Store, error) {
	dir, err := os.MkdirTemp("", "entente-")
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "a temporary store can't be made: %w; name a folder that this user may write to by TMPDIR, or a store that stays", err)
	}
	s, err := open(ctx, &Store{path: filepath.Join(dir, "graph.entente"), dir: dir})
	if err != nil {
		os.RemoveAll(dir)
	}
	return s, err
}

// realPath gives the one path of a file that may have several names, so that whoever opens it finds what lies beside it.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, os.ErrNotExist) {
		return path, nil
	}
	return real, err
}

// connections is how many questions may read from the disk at once. Others wait for their turn.
const connections = 8

// prepare makes what is missing and reads the graph into memory. What it refuses it has only read.
func (s *Store) prepare(ctx context.Context) (*writer, error) {
	switch _, err := os.Stat(s.path); {
	case errors.Is(err, os.ErrNotExist):
		if err := createFile(s.path); err != nil {
			return nil, err
		}
	case err == nil:
		if err := checkFile(s.path); err != nil { // again, now that nobody else can make it
			return nil, err
		}
	}
	w := newWriter(s)
	g, err := w.load(ctx)
	if err != nil {
		return nil, err
	}
	g.link()
	if w.file, err = openFile(s.path, forWriting); err != nil {
		return nil, err
	}
	if s.still {
		w.failed = kg.Errorf(kg.Unavailable, "%s was opened to be read as it is", s.path)
		s.quotes = newQuoteIndex(s, 0)
		err = w.file.do(`PRAGMA schema_version`) // who has never read takes nothing away that lies beside the file
	} else if err = w.begin(); err == nil {
		err = s.beginQuotes(w.file, g)
	}
	if err != nil {
		return nil, errors.Join(err, w.file.close())
	}
	s.graph.Store(g)
	for range connections {
		s.files <- nil // to be opened when somebody needs it
	}
	return w, nil
}

// beginQuotes sees how far the index of quotes has come.
func (s *Store) beginQuotes(f *file, g *graph) error {
	b, err := f.getKeyed(sqlQuotedGet, watermark, "")
	if err != nil {
		return err
	}
	upTo, err := decodeWatermark(b)
	if err != nil {
		return err
	}
	g.told = g.untold(upTo)
	s.quotes = newQuoteIndex(s, upTo)
	s.quotes.stir()
	return nil
}

// enter begins a call. leave ends it, unless there was an error.
func (s *Store) enter(ctx context.Context) error {
	s.closing.RLock()
	if s.closed {
		s.closing.RUnlock()
		return errClosed
	}
	if err := gaveUp(ctx); err != nil {
		s.closing.RUnlock()
		return err
	}
	return nil
}

func (s *Store) leave() { s.closing.RUnlock() }

// Ping says whether the store is open; what is in memory can always answer.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	s.leave()
	return nil
}

// Close waits for the calls on their way, and lets go of the file. A second Close does nothing.
func (s *Store) Close() error {
	s.closing.Lock()
	defer s.closing.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.writes)
	<-s.done
	err := s.quotes.close()
	for range connections {
		if f := <-s.files; f != nil {
			err = errors.Join(err, f.close())
		}
	}
	err = errors.Join(err, s.writer.file.close()) // last, as it leaves nothing beside the file
	s.graph.Load().grams.get()                    // which may still be being made
	s.graph.Store(nil)
	err = errors.Join(err, unlock(s.lock))
	if s.dir != "" {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	return s.translate(err, "closing "+s.path)
}
