package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTokens makes a token and asks a server by it: without one nobody is answered but who looks at the page, nor by one that is
// wrong, has expired, or was taken back, and the log has its name alone.
func TestTokens(t *testing.T) {
	made := call(t, "", "token", "--role", "reader", "Jürgen")
	made.check(t, 0, "not shown again", "tokens file")
	secret, line := strings.Split(made.stderr, "\n")[1], strings.TrimSpace(made.stdout)
	old := call(t, "", "token", "--expires", "2020-01-31", "old")
	old.check(t, 0, "2020-01-31 has gone by")
	oldSecret, oldLine := strings.Split(old.stderr, "\n")[1], strings.TrimSpace(old.stdout)
	if strings.Contains(line, secret) || !strings.HasPrefix(line, "Jürgen reader ") {
		t.Errorf("the line of the file is %q", line)
	}
	file := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(file, []byte("# who may\n"+line+"\n"+oldLine+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	server := start(t, []string{"ENTENTE_TOKENS_FILE=" + file})
	if part := "read by whoever has a token of " + file; !strings.Contains(server.stdout, part) {
		t.Errorf("at the start it did not say %q:\n%s", part, server.stdout)
	}
	for _, test := range []struct {
		path, authorization string
		status              int
		part                string
	}{
		{"/graphql?query={__typename}", "", 401, "UNAUTHENTICATED"},
		{"/graphql?query={__typename}", "Bearer " + secret, 200, `"Query"`},
		{"/graphql?query={__typename}", "bearer " + secret, 200, `"Query"`},
		{"/graphql?query={__typename}", "Bearer " + secret + "x", 401, "is not known here"},
		{"/graphql?query={__typename}", "Bearer " + oldSecret, 401, "has expired"},
		{"/graphql?query={__typename}", "Basic " + secret, 401, "is not \\\"Bearer TOKEN\\\""},
		{"/export?format=csv&query={cities{nodes{id}}}", "", 401, "UNAUTHENTICATED"},
		{"/schema.graphql", "", 401, "asks for a token"},
		{"/metrics", "", 401, "asks for a token"},
		{"/nothing", "", 401, "asks for a token"},
		{"/schema.graphql", "Bearer " + secret, 200, "type City implements"},
		{"/graphiql", "", 200, "<!doctype html>"},
		{"/healthz", "", 200, "The server is running."},
		{"/readyz", "", 200, "The store answers."},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.base+test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if test.authorization != "" {
			request.Header.Set("Authorization", test.authorization)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		challenge := response.Header.Get("WWW-Authenticate")
		if body := readBody(t, response); response.StatusCode != test.status || !strings.Contains(body, test.part) {
			t.Errorf("GET %s: %d, want %d and %q in\n%.300s", test.path, response.StatusCode, test.status, test.part, body)
		}
		if (test.status == 401) != strings.HasPrefix(challenge, "Bearer ") {
			t.Errorf("GET %s: WWW-Authenticate is %q", test.path, challenge)
		}
	}
	if code := server.stop(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	log := server.stderr.String()
	if strings.Contains(log, secret) || strings.Contains(log, oldSecret) || !strings.Contains(log, "Jürgen") {
		t.Errorf("the log does not name whose token it was, or has a token in it:\n%s", log)
	}
}

func TestTokenRefuses(t *testing.T) {
	for args, says := range map[string]string{
		"token":                             "name one whom the token is for",
		"token a b":                         "name one whom the token is for",
		"token --role boss a":               `there is no role "boss": write reader or writer`,
		"token --expires tomorrow a":        "write it as 2027-01-31",
		"serve --tokens-file nothing":       "nothing: no such file",
		"serve --documents testdata/nobody": "no such file",
	} {
		if r := call(t, "", strings.Fields(args)...); r.code == 0 || !strings.Contains(r.stderr, says) {
			t.Errorf("entente %s: exit code %d, want %q in\n%s", args, r.code, says, r.stderr)
		}
	}
}

// TestDocumentsOnly serves documents that clients name by their hash, and no others.
func TestDocumentsOnly(t *testing.T) {
	folder := t.TempDir()
	const text = "query Jinan { entity(id: \"city:cn-jinan\") { name } }"
	if err := os.WriteFile(filepath.Join(folder, "jinan.graphql"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	server := start(t, nil, "--documents", folder, "--documents-only")
	const hash = "cd6dfb06210ea056942b238a628f21fb02fc3d51682d459d464d4ce293c02263"
	for body, part := range map[string]string{
		`{"documentId":"sha256:` + hash + `"}`:                                        `"name":"Jinan"`,
		`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`: `"name":"Jinan"`,
		`{"query":"query Jinan { entity(id: \"city:cn-jinan\") { name } }"}`:          `"name":"Jinan"`,
		`{"query":"{__typename}"}`:                                                    "PERSISTED_DOCUMENTS_ONLY",
		`{"documentId":"sha256:0000"}`:                                                "PERSISTED_QUERY_NOT_FOUND",
	} {
		response, err := http.Post(server.base+"/graphql", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if got := readBody(t, response); !strings.Contains(got, part) {
			t.Errorf("%s: %s, want %q in it", body, got, part)
		}
	}
	response, err := http.Get(server.base + "/export?format=csv&query={cities{nodes{id}}}")
	if err != nil {
		t.Fatal(err)
	}
	if got := readBody(t, response); !strings.Contains(got, "PERSISTED_DOCUMENTS_ONLY") {
		t.Errorf("/export of another document: %.300s", got)
	}
}
