package sqlitestore

import (
	"context"
	"errors"

	"zombiezen.com/go/sqlite"
)

// All that is asked of SQLite goes through this file, so that another driver could take its place.

// file is one connection to a file of SQLite's. It is for one goroutine at a time.
type file struct {
	conn *sqlite.Conn
	room []byte // for what is read and not kept
}

// row is what the tables hold: something by its number.
type row struct {
	id   int64
	data []byte
}

// purpose says what a connection is for.
type purpose uint8

const (
	forReading  purpose = iota // which changes nothing in the file
	forWriting                 // to a file that exists
	forCreating                // a file
)

// openFile opens a file.
func openFile(path string, p purpose) (*file, error) {
	flags := [...]sqlite.OpenFlags{
		forReading:  sqlite.OpenReadOnly,
		forWriting:  sqlite.OpenReadWrite,
		forCreating: sqlite.OpenReadWrite | sqlite.OpenCreate,
	}
	conn, err := sqlite.OpenConn(path, flags[p])
	if err != nil {
		return nil, err
	}
	return &file{conn: conn}, nil
}

func (f *file) close() error { return f.conn.Close() }

// until ends what the connection is doing when ctx does.
func (f *file) until(ctx context.Context) { f.conn.SetInterrupt(ctx.Done()) }

// texts gives the first column of a statement that is seldom needed.
func (f *file) texts(sql string) ([]string, error) {
	stmt, _, err := f.conn.PrepareTransient(sql)
	if err != nil {
		return nil, err
	}
	var out []string
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return out, errors.Join(err, stmt.Finalize())
		}
		out = append(out, stmt.ColumnText(0))
	}
}

// do carries out statements that give nothing and are seldom needed.
func (f *file) do(statements ...string) error {
	for _, sql := range statements {
		stmt, _, err := f.conn.PrepareTransient(sql)
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			more, err = stmt.Step()
		}
		if err = errors.Join(err, stmt.Finalize()); err != nil {
			return err
		}
	}
	return nil
}

// run carries out a prepared statement with a number, and with data if there are any.
func (f *file) run(sql string, id int64, data []byte) error {
	stmt, err := f.conn.Prepare(sql)
	if err != nil {
		return err
	}
	stmt.BindInt64(1, id)
	if data != nil {
		stmt.BindBytes(2, data)
	}
	_, err = stmt.Step()
	return errors.Join(err, stmt.Reset())
}

// get gives the data of the row that a prepared statement finds by a number; nil where there is none.
func (f *file) get(sql string, id int64) ([]byte, error) {
	stmt, err := f.conn.Prepare(sql)
	if err != nil {
		return nil, err
	}
	stmt.BindInt64(1, id)
	more, err := stmt.Step()
	var data []byte
	if err == nil && more {
		data = make([]byte, stmt.ColumnLen(0))
		stmt.ColumnBytes(0, data)
	}
	return data, errors.Join(err, stmt.Reset())
}

// piece reads a piece that has to be there.
func (f *file) piece(id int64) ([]byte, error) {
	b, err := f.get(sqlGet, id)
	if err == nil && b == nil {
		err = errDamaged
	}
	return b, err
}

// keyed binds a prepared statement to a number and one or two texts.
func (f *file) keyed(sql string, id int64, keys ...string) (*sqlite.Stmt, error) {
	stmt, err := f.conn.Prepare(sql)
	if err != nil {
		return nil, err
	}
	stmt.BindInt64(1, id)
	for i, key := range keys {
		stmt.BindText(2+i, key)
	}
	return stmt, nil
}

// runKeyed carries out a prepared statement with a number, a text and data.
func (f *file) runKeyed(sql string, id int64, key string, data []byte) error {
	stmt, err := f.keyed(sql, id, key)
	if err != nil {
		return err
	}
	stmt.BindBytes(3, data)
	_, err = stmt.Step()
	return errors.Join(err, stmt.Reset())
}

// getKeyed gives the data of the first row that a prepared statement finds by a number and a text; nil where there is none.
func (f *file) getKeyed(sql string, id int64, key string) (data []byte, err error) {
	err = f.eachKeyed(sql, id, []string{key}, func(b []byte) error {
		data = append([]byte{}, b...)
		return nil
	})
	return data, err
}

// eachKeyed gives the data of the rows that a prepared statement finds by a number and texts, until yield gives an error. The data
// are good until yield returns.
func (f *file) eachKeyed(sql string, id int64, keys []string, yield func([]byte) error) error {
	stmt, err := f.keyed(sql, id, keys...)
	if err != nil {
		return err
	}
	for {
		more, err := stmt.Step()
		if err == nil && more {
			n := stmt.ColumnLen(0)
			if n > len(f.room) {
				f.room = make([]byte, n)
			}
			stmt.ColumnBytes(0, f.room[:n])
			err = yield(f.room[:n])
		}
		if err != nil || !more {
			return errors.Join(err, stmt.Reset())
		}
	}
}

// each gives the rows of a statement, a number and data each, until yield gives an error. The data are yield's to keep.
func (f *file) each(sql string, yield func(row) error) error {
	stmt, _, err := f.conn.PrepareTransient(sql)
	if err != nil {
		return err
	}
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return errors.Join(err, stmt.Finalize())
		}
		r := row{id: stmt.ColumnInt64(0), data: make([]byte, stmt.ColumnLen(1))}
		stmt.ColumnBytes(1, r.data)
		if err := yield(r); err != nil {
			return errors.Join(err, stmt.Finalize())
		}
	}
}

// fault says what an error of SQLite's means.
type fault uint8

const (
	noFault fault = iota
	damaged       // what it read is not what was written, or not SQLite's
	full          // there is no room left for what it would write
	broken        // the disk did not do what it was asked
	busy          // somebody else is writing
	otherFault
)

func faultOf(err error) fault {
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultOK:
		if err == nil {
			return noFault
		}
	case sqlite.ResultCorrupt, sqlite.ResultNotADB:
		return damaged
	case sqlite.ResultFull:
		return full
	case sqlite.ResultIOErr:
		return broken
	case sqlite.ResultBusy, sqlite.ResultLocked:
		return busy
	}
	return otherFault
}
