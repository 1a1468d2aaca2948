package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func rowsIn(t *testing.T, r result) [][]string {
	t.Helper()
	r.check(t, 0)
	rows, err := csv.NewReader(strings.NewReader(r.stdout)).ReadAll()
	if err != nil {
		t.Fatalf("%v\n%s", err, r.stdout)
	}
	return rows
}

// All pages of a connection make one table, which is what one large page makes.
func TestCSVOfAllPages(t *testing.T) {
	one := rowsIn(t, call(t, `{ cities(first: 100, orderBy: [{field: NAME}]) { nodes { id name population country { name } } pageInfo { hasNextPage } } }`, "query", "--format", "csv", "-"))
	many := rowsIn(t, call(t, `query($n: Int!) { cities(first: $n, orderBy: [{field: NAME}]) { nodes { ...of } } } fragment of on City { id name population country { name } }`,
		"query", "--format", "csv", "--variables", `{"n": 7}`, "-"))
	own := rowsIn(t, call(t, `query($n: Int!, $after: String) { cities(first: $n, after: $after, orderBy: [{field: NAME}]) {
		nodes { id name population country { name } } pageInfo { hasNextPage endCursor } } }`, "query", "--format", "csv", "--variables", `{"n": 7}`, "-"))
	if len(own) != len(many) {
		t.Errorf("%d rows by the operation's own variable, %d by one that was added", len(own), len(many))
	}
	if len(one) < 20 || strings.Join(one[0], ",") != "id,name,population,country.name" {
		t.Fatalf("%d rows under %q", len(one), one[0])
	}
	if len(many) < len(one) || len(one) < 101 && len(many) != len(one) {
		t.Fatalf("%d rows by pages, %d in one", len(many), len(one))
	}
	for i := range one {
		if strings.Join(one[i], "|") != strings.Join(many[i], "|") {
			t.Errorf("row %d is %q by pages and %q in one", i, many[i], one[i])
		}
	}
}

// What can be written to a file as a table is read from it again.
func TestCSVIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	file, store := filepath.Join(dir, "cities.csv"), filepath.Join(dir, "graph.entente")
	if err := os.WriteFile(file, []byte("entity,name,population,description\ncity:x,\"X, the \"\"old\"\"\",5,=1+1\ncity:y,Y,,\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	call(t, "", "import", "--store", store, file).check(t, 0, "2 entities")
	rows := rowsIn(t, call(t, `{ cities { nodes { entity: id name population description names { value } } } }`, "query", "--store", store, "--format", "csv", "-"))
	want := [][]string{{"entity", "name", "population", "description", "names"}, {"city:x", `X, the "old"`, "5", "'=1+1", `X, the "old"`}, {"city:y", "Y", "", "", "Y"}}
	if len(rows) != len(want) {
		t.Fatalf("the table is %q", rows)
	}
	for i := range want {
		if strings.Join(rows[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d is %q, want %q", i, rows[i], want[i])
		}
	}
}

func TestCSVOfWhatIsNone(t *testing.T) {
	call(t, `{ a: cities { totalCount } b: cities { totalCount } }`, "query", "--format", "csv", "-").check(t, 1, "one root field")
	call(t, `{ cities(first: -1) { nodes { id } } }`, "query", "--format", "csv", "-").check(t, 1, "cities")
	if rows := rowsIn(t, call(t, `{ cities(where: {name: {is: ["Nowhere"]}}) { nodes { id country { name } } } }`, "query", "--format", "csv", "-")); len(rows) != 1 || strings.Join(rows[0], ",") != "id,country.name" {
		t.Errorf("nothing makes %q", rows)
	}
	rows := rowsIn(t, call(t, `{ entity(id: "city:cn-jinan") { name } }`, "query", "--format", "csv", "-"))
	if len(rows) != 2 || rows[1][0] != "Jinan" {
		t.Errorf("one entity makes %q", rows)
	}
}
