package licences

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/licensecheck"
)

var update = flag.Bool("update", false, "write modules.txt anew; read the difference before you commit it")

// systems are those that Entente is built for.
var systems = []string{"linux", "darwin", "windows"}

// allowed are the licences under which something may be linked: they ask for no more than that their text is passed on.
var allowed = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Clear", "ISC", "MIT", "blessing"}

// TestModulesAreListed holds modules.txt to what is linked, and to the texts that the modules bring. A text is kept as it is, also where
// it names more than is linked.
func TestModulesAreListed(t *testing.T) {
	want := modulesText(t)
	if *update {
		if err := os.WriteFile("modules.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != modules {
		t.Errorf("what is linked, or its licence, has changed; look at the new ones and write them down by: go test ./internal/licences -update\nlinked: %v\nlisted: %v",
			list(want), Modules())
	}
	for _, m := range list(want) {
		for licence := range strings.SplitSeq(m.Licence, " AND ") {
			if !slices.Contains(allowed, licence) {
				t.Errorf("%s is under %s: leave it out, or say in the test that it may be linked", m.Name, m.Licence)
			}
		}
	}
}

// passedOn are the files whose texts are passed on; those that are no licence themselves say nothing of under which one a module is.
var (
	passedOn  = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-.].*)?$`)
	noLicence = regexp.MustCompile(`(?i)^(notice|patents)`)
)

// elsewhere are licences that a module names of others that are not linked.
var elsewhere = map[string][]string{
	"modernc.org/sqlite": {"MPL-2.0", "Apache-2.0"}, // of what only go.sum names, and of the extension sqlite-vec
}

// modulesText makes modules.txt: of each module the texts in the folders of the packages that are linked, and in those above them.
func modulesText(t *testing.T) string {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	folders := map[Component]map[string]bool{{Name: Std, Version: "go1.26"}: {strings.TrimSpace(string(root)): true}}
	for _, system := range systems {
		linked := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", "../../cmd/entente")
		linked.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		linked.Stderr = os.Stderr
		out, err := linked.Output()
		if err != nil {
			t.Fatalf("%v: %v", linked, err)
		}
		for line := range strings.Lines(string(out)) {
			parts := strings.Split(strings.TrimSpace(line), "\t")
			if len(parts) != 4 {
				continue // a package of ours, or of the standard library
			}
			m := Component{Name: parts[0], Version: parts[1]}
			if folders[m] == nil {
				folders[m] = map[string]bool{}
			}
			for folder := parts[3]; ; folder = filepath.Dir(folder) {
				folders[m][folder] = true
				if folder == parts[2] {
					break
				}
			}
		}
	}
	holders := map[string][]string{} // names by text
	for m, in := range folders {
		ids, texts := map[string]bool{}, []string{}
		for _, folder := range slices.Sorted(maps.Keys(in)) {
			for _, name := range licenceFiles(t, folder) {
				content, err := os.ReadFile(filepath.Join(folder, name))
				if err != nil {
					t.Fatal(err)
				}
				text := strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n"))
				for _, match := range licensecheck.Scan(content).Match {
					if !noLicence.MatchString(name) && !slices.Contains(elsewhere[m.Name], match.ID) {
						ids[match.ID] = true
					}
				}
				texts = append(texts, text)
			}
		}
		if len(ids) == 0 {
			t.Errorf("%s %s brings no licence that is known", m.Name, m.Version)
		}
		m.Licence = strings.Join(slices.Sorted(maps.Keys(ids)), " AND ")
		for _, text := range texts {
			if name := fmt.Sprintf("%s %s (%s)", m.Name, m.Version, m.Licence); !slices.Contains(holders[text], name) {
				holders[text] = append(holders[text], name)
			}
		}
	}
	var b strings.Builder
	for _, names := range holders {
		slices.Sort(names)
	}
	for _, text := range slices.SortedFunc(maps.Keys(holders), func(a, b string) int {
		return cmp.Or(strings.Compare(holders[a][0], holders[b][0]), strings.Compare(a, b))
	}) {
		fmt.Fprintf(&b, "%s\n%s\n%s\n\n%s\n\n", rule, strings.Join(holders[text], "\n"), rule, text)
	}
	return b.String()
}

func licenceFiles(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && passedOn.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
			names = append(names, e.Name())
		}
	}
	return names
}
