package sqlitestore

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// write is a batch on its way to the writer.
type write struct {
	ctx   context.Context
	batch *kg.Batch
	done  chan error // receives once
	state atomic.Int32
}

// A write is waiting until the writer takes it, or its caller takes it back.
const (
	waiting = iota
	taken
	takenBack
)

// Apply hands a batch to the writer and waits until it is on disk. Batches that wait at the same time are committed together,
// which costs one wait for the disk; each of them is in the file whole or not at all.
func (s *Store) Apply(ctx context.Context, b *kg.Batch) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	w := &write{ctx: ctx, batch: b, done: make(chan error, 1)}
	select {
	case s.writes <- w:
	case <-ctx.Done():
		return gaveUp(ctx)
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		if w.state.CompareAndSwap(waiting, takenBack) {
			return gaveUp(ctx)
		}
		return <-w.done // too late to say that nothing was applied
	}
}

// writer is the one goroutine that writes, and all that only it needs.
type writer struct {
	store    *Store
	file     *file
	interner interner
	tupler   tupler
	share    sharer
	gen      uint64
	failed   error     // why nothing can be written any more
	retired  []retired // oldest first
}

// retired is a state that is no longer the newest, and the pieces that none after it needs.
type retired struct {
	graph  *graph
	pieces []int64
}

func newWriter(s *Store) *writer {
	return &writer{store: s, interner: newInterner(), tupler: newTupler(), share: newSharer()}
}

// begin makes the file ready for writing, and drops what the last process had no time to.
func (w *writer) begin() error {
	synchronous := "FULL"
	if w.store.dir != "" { // nothing of it is to last
		synchronous = "OFF"
	}
	if err := w.file.do(
		`PRAGMA journal_mode = WAL`,
		`PRAGMA synchronous = `+synchronous,
		pragmaCheckpoint,
		`PRAGMA cache_size = -16000`, // KiB
	); err != nil {
		return err
	}
	return w.file.do(sqlBegin, sqlLayQuoted, `DELETE FROM piece WHERE id IN (SELECT id FROM stale)`, `DELETE FROM stale`, sqlCommit)
}

// How much is committed together at most: beyond that a commit costs more than it waits for the disk.
const (
	maxTogether = 256    // batches
	maxRecords  = 20_000 // records of all of them, but for the last
)

// work writes until the store is closed.
func (w *writer) work() {
	defer close(w.store.done)
	for first := range w.store.writes {
		together, records := []*write{first}, size(first.batch)
	gather:
		for len(together) < maxTogether && records < maxRecords {
			select {
			case next, ok := <-w.store.writes:
				if !ok {
					break gather
				}
				together = append(together, next)
				records += size(next.batch)
			default:
				break gather
			}
		}
		w.commit(together)
	}
}

func size(b *kg.Batch) int {
	return len(b.Sources) + len(b.Entities) + len(b.Aliases) + len(b.Facts) + len(b.Retract)
}

// commit applies batches, and tells their callers when the disk has them, or why not.
func (w *writer) commit(writes []*write) {
	e := w.edit(w.store.graph.Load())
	var accepted []*write
	var err error
	for _, x := range writes {
		if !x.state.CompareAndSwap(waiting, taken) {
			continue // nobody waits for it
		}
		if refusal := w.refusal(e, x); refusal != nil {
			x.done <- refusal
			continue
		}
		accepted = append(accepted, x)
		if err == nil {
			err = e.apply(x.batch)
		}
	}
	if len(accepted) == 0 {
		return
	}
	if err == nil {
		err = e.finish()
	}
	if err == nil {
		err = w.persist(e)
	}
	if err != nil {
		w.undo(e)
		err = w.store.translate(err, "writing to "+w.store.path)
	} else {
		w.publish(e)
	}
	for _, x := range accepted {
		x.done <- err
	}
}

// refusal says why a batch is not applied.
func (w *writer) refusal(e *edit, x *write) error {
	if w.failed != nil {
		return w.failed
	}
	if err := gaveUp(x.ctx); err != nil {
		return err
	}
	return e.refuse(x.batch)
}

// persist writes what an edit changes, in one transaction.
func (w *writer) persist(e *edit) error {
	w.store.writing.Lock()
	defer w.store.writing.Unlock()
	err := w.file.do(sqlBegin)
	if err != nil {
		return err
	}
	drop := w.droppable()
	err = func() error {
		for _, r := range e.pieces {
			if err := w.file.run(sqlPiece, r.id, r.data); err != nil {
				return err
			}
		}
		for _, r := range e.blocks {
			if err := w.file.run(sqlBlock, r.id, r.data); err != nil {
				return err
			}
		}
		for _, id := range e.stale {
			if err := w.file.run(sqlStale, id, nil); err != nil {
				return err
			}
		}
		for _, old := range w.retired[:drop] {
			for _, id := range old.pieces {
				if err := errors.Join(w.file.run(sqlDrop, id, nil), w.file.run(sqlDropped, id, nil)); err != nil {
					return err
				}
			}
		}
		if err := w.file.run(sqlBlock, 0, e.encodeState()); err != nil {
			return err
		}
		return w.file.do(sqlCommit)
	}()
	if err == nil {
		w.retired = w.retired[drop:]
		return nil
	}
	if faultOf(err) == broken {
		// It is not known what of it has reached the disk. Only the file itself can say, when it is opened again.
		w.failed = &kg.Error{Code: kg.Unavailable, Cause: err,
			Message: "the disk failed to write " + w.store.path + ": see to it, then start Entente again; until then the graph can only be read"}
		err = w.failed
	}
	_ = w.file.do(sqlRollback) // SQLite may have done so itself
	return err
}

// droppable counts the retired states whose pieces no reader can ask for any more.
func (w *writer) droppable() int {
	for i, old := range w.retired {
		if old.graph.readers.Load() > 0 {
			return i
		}
	}
	return len(w.retired)
}

// publish lets readers see a state that is on disk.
func (w *writer) publish(e *edit) {
	before := w.store.graph.Swap(e.graph)
	w.store.commits.Add(1)
	w.store.committed.Store(time.Now().UnixMilli())
	w.retired = append(w.retired, retired{before, e.stale})
	w.store.quotes.stir()
}

// undo forgets what an edit has left behind in what only the writer has.
func (w *writer) undo(e *edit) {
	g := w.store.graph.Load()
	w.interner.forget(g.values.n)
	w.tupler.forget(g.tuples.n)
}

// piece reads a piece of the newest state.
func (w *writer) piece(id int64) ([]byte, error) {
	return w.file.piece(id)
}
