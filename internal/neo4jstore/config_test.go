package neo4jstore

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

func TestFromEnv(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("from file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		uri  string
		env  map[string]string
		want Config
		err  string
	}{
		{uri: "bolt://localhost", want: Config{URI: "bolt://localhost"}},
		{uri: "neo4j+s://a:1,b:2", env: map[string]string{"USER": "me", "PASSWORD": "secret", "DATABASE": "facts"},
			want: Config{URI: "neo4j+s://a:1,b:2", User: "me", Password: "secret", Database: "facts"}},
		{uri: "neo4j://a?policy=eu", env: map[string]string{"PASSWORD_FILE": file}, want: Config{URI: "neo4j://a?policy=eu", User: "neo4j", Password: "from file"}},
		{uri: "bolt+ssc://[::1]:7687", want: Config{URI: "bolt+ssc://[::1]:7687"}},
		{uri: "bolt://a", env: map[string]string{"PASSWORD": "a", "PASSWORD_FILE": file}, err: "keep one of them"},
		{uri: "bolt://a", env: map[string]string{"PASSWORD_FILE": file + "x"}, err: "can't be read"},
		{uri: "bolt://me:secret@a", err: "bolt://…@a has a user in it"},
		{uri: "neo4j://a,me:secret@b", err: "…@b has a user in it"},
		{uri: "http://me:secret@a:7474", err: "http://…@a:7474 is not one of neo4j,"},
		{uri: "bolt://a,b", err: "bolt:// speaks to one"},
		{uri: "bolt://a:port", err: "is no address of a Neo4j"},
		{uri: "bolt://", err: "is no address of a Neo4j"},
		{uri: "bolt://a:7687/facts", err: "name a database by ENTENTE_NEO4J_DATABASE"},
		{uri: "bolt://a?policy=eu", err: "says more than where a server is"},
	} {
		got, err := FromEnv(c.uri, func(name string) string { return c.env[strings.TrimPrefix(name, "ENTENTE_NEO4J_")] })
		switch {
		case c.err == "" && (err != nil || got != c.want):
			t.Errorf("FromEnv(%s) = %#v, %v, want %#v", c.uri, got, err, c.want)
		case c.err != "" && (kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), "secret")):
			t.Errorf("FromEnv(%s): %v, want %s with %q, and no password", c.uri, err, kg.BadInput, c.err)
		}
	}
	if shown := fmt.Sprint(Config{URI: "bolt://a", User: "me", Password: "secret"}); strings.Contains(shown, "secret") || !strings.Contains(shown, "me") {
		t.Errorf("a configuration is shown as %s", shown)
	}
}
