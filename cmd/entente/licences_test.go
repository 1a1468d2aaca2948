package main

import (
	"debug/buildinfo"
	"encoding/json"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/licences"
	"github.com/ententegraph/entente/internal/web"
)

// What the program says that it is made of is what the go command built it from, each module with its licence, and the packages that
// npm's lockfile ships.
func TestSBOM(t *testing.T) {
	out, err := exec.Command(binary, "licences", "--sbom").Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var sbom struct {
		BomFormat, SpecVersion string
		Components             []struct {
			Name, Version, PURL string
			Licenses            []struct{ Expression string }
		}
	}
	if err := json.Unmarshal(out, &sbom); err != nil || sbom.BomFormat != "CycloneDX" || sbom.SpecVersion != "1.6" {
		t.Fatalf("%v\n%.300s", err, out)
	}
	var got []string
	for _, c := range sbom.Components {
		got = append(got, c.PURL)
		if len(c.Licenses) != 1 || !regexp.MustCompile(`^[\w.-]+( (AND|OR) [\w.-]+)*$`).MatchString(c.Licenses[0].Expression) {
			t.Errorf("%s has the licence %v", c.Name, c.Licenses)
		}
	}
	build, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"pkg:golang/std@" + build.GoVersion + "?type=module"}
	for _, m := range build.Deps {
		want = append(want, "pkg:golang/"+m.Path+"@"+m.Version+"?type=module")
	}
	for _, p := range licences.Packages(web.Licences()) {
		want = append(want, "pkg:npm/"+strings.Replace(p.Name, "@", "%40", 1)+"@"+p.Version)
	}
	if !slices.Equal(got, want) {
		t.Errorf("it is made of\n%s\nand says\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	for _, some := range []string{"pkg:golang/modernc.org/sqlite@", "pkg:npm/graphiql@", "pkg:npm/%40graphiql/react@"} {
		if !strings.Contains(strings.Join(got, "\n"), some) {
			t.Errorf("%s is missing", some)
		}
	}
}

func TestLicences(t *testing.T) {
	r := call(t, "", "licences")
	r.check(t, 0, "Apache License", "modernc.org/sqlite ", "graphiql ", "\nstd go")
	for _, m := range append(licences.Modules(), licences.Packages(web.Licences())...) {
		if !strings.Contains(r.stdout, "\n"+m.Name+" "+m.Version+" (") {
			t.Errorf("it does not name %s %s", m.Name, m.Version)
		}
	}
	call(t, "", "licenses").check(t, 0, "Apache License") // as others write it
}
