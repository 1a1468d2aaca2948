package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/kg"
)

// plainTables are a graph as somebody lays it out who wants these questions answered from SQLite: numbers in the
// order of ids, an index from either end of a fact, names by their sort keys, and for walks in either direction a table of links.
// Facts are those that are asserted, without history and evidence.
const plainTables = `
	CREATE TABLE entity (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,
		type TEXT, iso2 TEXT, population INTEGER, founded_on TEXT, signed_on TEXT, degree INTEGER NOT NULL);
	CREATE TABLE fact (n INTEGER PRIMARY KEY, id TEXT NOT NULL, kind INTEGER NOT NULL, from_n INTEGER NOT NULL, to_n INTEGER NOT NULL,
		type TEXT, since TEXT, since_first INTEGER, since_last INTEGER, confidence INTEGER NOT NULL);`

const plainIndexes = `
	CREATE INDEX entity_name ON entity (kind, name_key, id);
	CREATE UNIQUE INDEX entity_iso2 ON entity (iso2) WHERE iso2 IS NOT NULL;
	CREATE UNIQUE INDEX fact_id ON fact (id);
	CREATE INDEX fact_from ON fact (from_n, kind, to_n, confidence);
	CREATE INDEX fact_to ON fact (to_n, kind, from_n, confidence);
	CREATE INDEX fact_since ON fact (kind, since_first);
	CREATE TABLE link (n INTEGER NOT NULL, other INTEGER NOT NULL, fact INTEGER NOT NULL, other_kind INTEGER NOT NULL, confidence INTEGER NOT NULL,
		since_first INTEGER, since_last INTEGER, PRIMARY KEY (n, other, fact)) WITHOUT ROWID;
	INSERT INTO link SELECT f.from_n, f.to_n, f.n, o.kind, f.confidence, f.since_first, f.since_last FROM fact f JOIN entity o ON o.n = f.to_n
		UNION ALL SELECT f.to_n, f.from_n, f.n, o.kind, f.confidence, f.since_first, f.since_last FROM fact f JOIN entity o ON o.n = f.from_n ORDER BY 1, 2, 3;
	ANALYZE;`

// fillPlain makes the tables of what a graph holds now.
func fillPlain(ctx context.Context, path string, c *kg.Catalog) (err error) {
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, fast := range []string{"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000"} {
		if err := sqlitex.ExecuteTransient(conn, fast, nil); err != nil {
			return err
		}
	}
	if err := sqlitex.ExecuteScript(conn, plainTables, nil); err != nil {
		return err
	}
	if err := fillTables(ctx, conn, c); err != nil {
		return err
	}
	return sqlitex.ExecuteScript(conn, plainIndexes, nil)
}

func fillTables(ctx context.Context, conn *sqlite.Conn, c *kg.Catalog) (err error) {
	defer sqlitex.Save(conn)(&err)
	f := &plainFiller{ctx: ctx, conn: conn, catalog: c, numbers: map[kg.ID]int64{}}
	return export.WritePresent(ctx, c, f)
}

// plainFiller is a Part that fills the tables.
type plainFiller struct {
	ctx     context.Context
	conn    *sqlite.Conn
	catalog *kg.Catalog
	numbers map[kg.ID]int64 // of entities
	facts   int64
}

func (f *plainFiller) Source(*kg.Source) error { return nil }

func (f *plainFiller) End() error { return nil }

// factsOf counts the facts that an entity has, of any state: a neighbourhood goes by that.
var factsOf = kg.Bare(kg.Follow{Owners: kg.Entities, Relation: kg.Relation{Way: kg.FactsOf}, List: kg.List{Kinds: kg.Facts, States: kg.AnyState, Total: true}})

func (f *plainFiller) Entity(e *kg.Entity) error {
	page, err := f.catalog.Read(f.ctx, &kg.Query{IDs: []kg.ID{e.ID}, List: kg.List{Kinds: kg.Entities, First: -1, Select: factsOf}})
	if err != nil {
		return err
	}
	n := int64(len(f.numbers) + 1)
	f.numbers[e.ID] = n
	own := fieldsOf(e.Kind, e.Values)
	return sqlitex.Execute(f.conn, "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &sqlitex.ExecOptions{Args: []any{
		n, string(e.ID), int(e.Kind), e.Name(), kg.SortKey(e.Name()),
		own["type"], own["iso2"], own["population"], own["foundedOn"], own["signedOn"], page.Rows[0].Pages[0].Total,
	}})
}

func (f *plainFiller) Fact(fact *kg.Fact) error {
	f.facts++
	var since, first, last any
	if fact.Since.Known() {
		since, first, last = fact.Since.Text, int(fact.Since.First), int(fact.Since.Last)
	}
	own := fieldsOf(fact.Kind, fact.Values)
	identity := own["type"]
	if identity == nil {
		identity = own["role"]
	}
	return sqlitex.Execute(f.conn, "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &sqlitex.ExecOptions{Args: []any{
		f.facts, string(fact.ID), int(fact.Kind), f.numbers[fact.From], f.numbers[fact.To], identity, since, first, last, int(math.Round(fact.Confidence * 10_000)),
	}})
}

// fieldsOf gives what is known of a thing's own fields, dates as texts.
func fieldsOf(k kg.Kind, values []kg.Value) map[string]any {
	known := map[string]any{}
	for i, f := range k.Decl().Fields {
		switch v := values[i].(type) {
		case nil:
		case kg.Date:
			if v.Known() {
				known[f.Name] = v.Text
			}
		default:
			known[f.Name] = v
		}
	}
	return known
}

// plainServer answers the questions from the tables over HTTP, as the server by hand beside Neo4j does: each statement is
// prepared once, and what it gives is written as it is.
type plainServer struct{ conn *sqlite.Conn }

func (p *plainServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Query     string
		Variables map[string]string
	}
	err := json.NewDecoder(r.Body).Decode(&asked)
	var data []byte
	if err == nil {
		data, err = p.answer(asked.Query, asked.Variables)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprintf(w, `{"data":%s}`, data)
}

func (p *plainServer) answer(question string, vars map[string]string) ([]byte, error) {
	stmt := p.conn.Prep(plainStatements[question])
	if question == "path" {
		return p.path(stmt, vars)
	}
	defer stmt.Reset()
	bind(stmt, vars)
	if _, err := stmt.Step(); err != nil {
		return nil, err
	}
	return []byte(stmt.ColumnText(0)), nil
}

// bind sets those variables of a statement that it has.
func bind(stmt *sqlite.Stmt, vars map[string]string) {
	for i := range stmt.BindParamCount() {
		stmt.BindText(i+1, vars[strings.TrimPrefix(stmt.BindParamName(i+1), ":")])
	}
}

type plainNode struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type plainHop struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
}

type plainPath struct {
	Nodes []plainNode `json:"nodes"`
	Facts []plainHop  `json:"facts"`
}

// path answers the question for one.
func (p *plainServer) path(distance *sqlite.Stmt, vars map[string]string) ([]byte, error) {
	var answer struct {
		Paths struct {
			Paths []plainPath `json:"paths"`
		} `json:"paths"`
	}
	answer.Paths.Paths = []plainPath{}
	bind(distance, vars)
	found, err := distance.Step()
	hops := distance.ColumnInt(0)
	if err := errors.Join(err, distance.Reset()); err != nil {
		return nil, err
	}
	if found {
		best := p.conn.Prep(plainPathStatements[hops])
		defer best.Reset()
		bind(best, vars)
		if _, err := best.Step(); err != nil {
			return nil, err
		}
		var path plainPath
		for i := range hops + 1 {
			of, err := p.of("SELECT id, name FROM entity WHERE n = ?", best.ColumnInt64(i))
			if err != nil {
				return nil, err
			}
			path.Nodes = append(path.Nodes, plainNode{of.a, of.b})
		}
		for i := range hops {
			of, err := p.of("SELECT id, kind FROM fact WHERE n = ?", best.ColumnInt64(hops+1+i))
			if err != nil {
				return nil, err
			}
			kind, err := strconv.Atoi(of.b)
			if err != nil {
				return nil, err
			}
			path.Facts = append(path.Facts, plainHop{of.a, kg.Kind(kind).String()})
		}
		answer.Paths.Paths = append(answer.Paths.Paths, path)
	}
	return json.Marshal(answer)
}

// of gives two columns of what has a number.
func (p *plainServer) of(sql string, n int64) (cells struct{ a, b string }, err error) {
	stmt := p.conn.Prep(sql)
	defer stmt.Reset()
	stmt.BindInt64(1, n)
	_, err = stmt.Step()
	return struct{ a, b string }{stmt.ColumnText(0), stmt.ColumnText(1)}, err
}

// besidePlain asks what both can answer of both.
func (b *bench) besidePlain(ctx context.Context, path string, g *grown) error {
	if err := fillPlain(ctx, path, b.catalog); err != nil {
		return err
	}
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadOnly)
	if err != nil {
		return err
	}
	defer conn.Close()
	// All of it stays in memory, as in the engine.
	for _, fast := range []string{"PRAGMA cache_size = -8000000", "PRAGMA mmap_size = 16000000000", "PRAGMA temp_store = MEMORY"} {
		if err := sqlitex.ExecuteTransient(conn, fast, nil); err != nil {
			return err
		}
	}
	server := httptest.NewServer(&plainServer{conn})
	defer server.Close()
	var failed error // the others are measured all the same
	for i, q := range growthQuestions {
		if plainStatements[q.name] == "" {
			continue
		}
		sql, ours, err := b.inTurns(ctx, server.URL, q)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", q.name, err))
			continue
		}
		g.plain[i], g.beside[i] = sql, ours
		fmt.Printf("%s: %s by SQL, %s by Entente\n", q.name, ms(sql.p50), ms(ours.p50))
	}
	return failed
}

// inTurns asks both the same, once their answers are the same.
func (b *bench) inTurns(ctx context.Context, plain string, q pair) (sql, ours figures, err error) {
	if err := b.sameAnswers(ctx, plain, q); err != nil {
		return sql, ours, err
	}
	var took [2][]time.Duration
	for began := time.Now(); !enough(len(took[0]), began); {
		vars := q.vars(&b.sample, len(took[0]))
		for side, asked := range []struct{ url, text string }{{plain, q.name}, {b.http.URL, q.graphql}} {
			began := time.Now()
			if err := b.ask(ctx, asked.url, asked.text, vars); err != nil {
				return sql, ours, err
			}
			took[side] = append(took[side], time.Since(began))
		}
	}
	return figuresOf(took[0]), figuresOf(took[1]), nil
}

// sameAnswers asks both some of what is going to be measured, and compares all that they say. A search for paths that Entente
// has ended at its bound is passed over, as SQL has none.
func (b *bench) sameAnswers(ctx context.Context, plain string, q pair) error {
	same := 0
	for i := range 20 {
		vars := q.vars(&b.sample, i)
		sql, err := b.data(ctx, plain, q.name, vars)
		if err != nil {
			return err
		}
		ours, err := b.data(ctx, b.http.URL, q.graphql, vars)
		if err != nil {
			return err
		}
		if paths, ok := ours["paths"].(map[string]any); ok {
			if paths["exhausted"] == false {
				continue
			}
			delete(paths, "exhausted")
		}
		if !reflect.DeepEqual(sql, ours) {
			return fmt.Errorf("of %v %s", vars, difference(sql, ours))
		}
		same++
	}
	if same == 0 {
		return errors.New("no answer could be compared")
	}
	return nil
}

// data is the data of an answer.
func (b *bench) data(ctx context.Context, url, query string, vars map[string]any) (map[string]any, error) {
	text, err := b.answer(ctx, url, query, vars)
	if err != nil {
		return nil, err
	}
	var answer struct{ Data map[string]any }
	err = json.Unmarshal(text, &answer)
	return answer.Data, err
}

// difference shows two answers from a little before where they part.
func difference(sql, ours any) string {
	a, _ := json.Marshal(sql)
	b, _ := json.Marshal(ours)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	same = max(same-200, 0)
	return fmt.Sprintf("SQL says\n… %.1000s\nand Entente\n… %.1000s", a[same:], b[same:])
}
