package sqlitestore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ententegraph/entente/internal/kg"
)

// The file: four tables, and what its header says of it. A block is what readers have in memory, and is written again when
// something in it changes; a piece stays on disk, and is written once. What is stale is no longer part of the graph, and waits for
// the last reader to go. What is quoted are lists of facts, by the segment of their numbers and a gram; it follows from the rest.
const (
	// applicationID stands in the header of every file of ours: "Entt".
	applicationID = 0x456e7474
	// layoutVersion stands there too. A file of a newer version is refused.
	layoutVersion = 1
)

var layout = []string{
	`CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL)`,
	`CREATE TABLE piece (id INTEGER PRIMARY KEY, data BLOB NOT NULL)`,
	`CREATE TABLE stale (id INTEGER PRIMARY KEY)`,
	sqlLayQuoted,
}

// sqlLayQuoted adds to a file of an older Entente what that one does not know, and leaves as it is.
const sqlLayQuoted = `CREATE TABLE IF NOT EXISTS quoted (segment INTEGER, gram TEXT, facts BLOB NOT NULL, PRIMARY KEY (segment, gram)) WITHOUT ROWID`

const (
	sqlBegin    = `BEGIN IMMEDIATE`
	sqlCommit   = `COMMIT`
	sqlRollback = `ROLLBACK`
	sqlBlock    = `INSERT INTO block (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data`
	sqlBlocks   = `SELECT id, data FROM block ORDER BY id`
	sqlPiece    = `INSERT INTO piece (id, data) VALUES (?, ?)`
	sqlGet      = `SELECT data FROM piece WHERE id = ?`
	sqlPieces   = `SELECT id, data FROM piece`
	sqlDrop     = `DELETE FROM piece WHERE id = ?`
	sqlStale    = `INSERT INTO stale (id) VALUES (?)`
	sqlDropped  = `DELETE FROM stale WHERE id = ?`

	sqlQuotedPut     = `INSERT INTO quoted (segment, gram, facts) VALUES (?, ?, ?) ON CONFLICT (segment, gram) DO UPDATE SET facts = excluded.facts`
	sqlQuotedGet     = `SELECT facts FROM quoted WHERE segment = ? AND gram = ?`
	sqlQuotedBetween = `SELECT facts FROM quoted WHERE segment = ? AND gram >= ? AND gram < ?`
	sqlQuotedAny     = `SELECT facts FROM quoted WHERE segment = ? AND gram >= ? LIMIT 1`
	sqlQuotedAll     = `SELECT segment, facts FROM quoted`

	pragmaCheckpoint = `PRAGMA wal_autocheckpoint = 8000` // pages of 4 KiB
)

// checkFile refuses a file that is not ours to write to. Where there is none, all is well.
func checkFile(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return kg.Errorf(kg.BadInput, "the store %s can't be opened: %w", path, err)
	}
	defer f.Close()
	var header [100]byte
	switch n, err := io.ReadFull(f, header[:]); {
	case n == 0 && errors.Is(err, io.EOF):
		return kg.Errorf(kg.BadInput, "%s is empty, and a store never is: remove it, or name another file", path)
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return kg.Errorf(kg.BadInput, "the store %s can't be read: %w", path, err)
	case string(header[:16]) != "SQLite format 3\x00" || binary.BigEndian.Uint32(header[68:]) != applicationID:
		return kg.Errorf(kg.BadInput, "%s holds something else than a graph of Entente's, and is left as it is: name another file", path)
	}
	if version := binary.BigEndian.Uint32(header[60:]); version > layoutVersion {
		return kg.Errorf(kg.BadInput, "%s was written by a newer Entente (layout %d; this one knows %d): use that one, or export there and import here",
			path, version, layoutVersion)
	}
	return nil
}

// createFile makes an empty store. It stands under its name when it is whole.
func createFile(path string) error {
	fail := func(err error) error { return kg.Errorf(kg.BadInput, "the store %s can't be made: %w", path, err) }
	fresh := path + "-new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fail(err)
	}
	f, err := openFile(fresh, forCreating)
	if err != nil {
		if _, gone := os.Stat(filepath.Dir(path)); gone != nil {
			err = gone
		}
		return fail(err)
	}
	err = f.do(append([]string{
		fmt.Sprintf(`PRAGMA application_id = %d`, applicationID),
		fmt.Sprintf(`PRAGMA user_version = %d`, layoutVersion),
		sqlBegin,
	}, append(layout, sqlCommit)...)...)
	if err == nil {
		err = f.run(sqlBlock, 0, newGraph().encodeState())
	}
	if err = errors.Join(err, f.close()); err == nil {
		err = os.Rename(fresh, path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		os.Remove(fresh)
		return fail(err)
	}
	return nil
}

// syncDir makes the names in a directory last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	// Some systems can't, and then the names last without.
	_ = d.Sync()
	return d.Close()
}

// encodeState writes what has to be true of all blocks together; it stands where no block does, at 0.
func (g *graph) encodeState() []byte {
	var e encoder
	e.int(g.seq)
	e.int(g.body)
	for _, n := range g.sizes() {
		e.uint(uint64(n))
	}
	return e.sealed()
}

func (g *graph) sizes() [4]uint32 {
	return [4]uint32{g.sources.n, g.entities.n, g.aliases.n, g.facts.n}
}
