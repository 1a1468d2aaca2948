// Package web serves the pages that come inside the program. Today that is GraphiQL, under /graphiql.
//
// The pages are built from ui/ into dist/, which is committed and embedded: building the program needs no Node, and
// running it needs no network. MANIFEST.json in dist ties the two together; a test fails when either changes alone.
//
// The package knows nothing of GraphQL or of the graph. It answers with files, and the page in the browser asks
// /graphql like any other client.
package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var embedded embed.FS

// Tab is a question that GraphiQL offers in its panel of questions, to be opened in a tab of its own.
type Tab struct {
	// Title is the name of the query's operation: GraphiQL names its tabs after that, and ?example= selects by it.
	Title string `json:"title"`
	// Asks says in words what the query asks; the panel lists it by that, or by its title where there is none.
	Asks  string `json:"asks,omitempty"`
	Query string `json:"query"`
	// Variables is a JSON object as text, or empty.
	Variables string `json:"variables,omitempty"`
	// Open opens it on a reader's first visit.
	Open bool `json:"open,omitempty"`
}

// GraphiQL answers /graphiql, /graphiql/ and what the page loads from there, with the tabs at /graphiql/tabs.json.
// A reader who came before sees the tabs as they were left, whatever the tabs are now; ?example=TITLE brings one back.
//
// The handler sets its own security headers, over those of [SecurityHeaders].
func GraphiQL(tabs []Tab) http.Handler {
	assets := graphiqlAssets(tabs)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w.Header(), GraphiQLCSP)
		asset, ok := assets[r.URL.Path]
		if !ok {
			http.Error(w, "Nothing is served here. GraphiQL is at /graphiql.", http.StatusNotFound)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "This can only be read: use GET or HEAD.", http.StatusMethodNotAllowed)
			return
		}
		asset.ServeHTTP(w, r)
	})
}

const licencesFile = "THIRD_PARTY_LICENSES.txt"

// Licences gives the licences of the npm packages that the pages are built from: each text once, below the names of its packages.
func Licences() string {
	text, err := embedded.ReadFile("dist/" + licencesFile)
	if err != nil {
		panic(fmt.Sprintf("web: %v", err))
	}
	return string(text)
}

// graphiqlAssets gives what is served by the path that it is served at.
func graphiqlAssets(tabs []Tab) map[string]*asset {
	const root = "/graphiql"
	assets := make(map[string]*asset)

	for name, content := range distFiles("graphiql") {
		// Vite puts a hash of the content into the name of everything in assets/, and nowhere else.
		assets[path.Join(root, name)] = newAsset(name, content, strings.HasPrefix(name, "assets/"))
	}
	page := path.Join(root, "index.html")
	assets[root], assets[root+"/"] = assets[page], assets[page]
	delete(assets, page)

	assets[path.Join(root, licencesFile)] = newAsset(licencesFile, []byte(Licences()), false)

	if tabs == nil {
		tabs = []Tab{}
	}
	list, err := json.Marshal(tabs)
	if err != nil {
		panic(fmt.Sprintf("web: marshalling three strings a tab: %v", err))
	}
	assets[path.Join(root, "tabs.json")] = newAsset("tabs.json", list, false)
	return assets
}

// distFiles reads the files below dir in dist; their names are relative to dir.
func distFiles(dir string) map[string][]byte {
	tree, err := fs.Sub(embedded, path.Join("dist", dir))
	if err != nil {
		panic(fmt.Sprintf("web: %v", err))
	}
	files := make(map[string][]byte)
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(tree, name)
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("web: reading the embedded files: %v", err))
	}
	return files
}
