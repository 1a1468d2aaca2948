package licences

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"runtime/debug"
	"strings"
)

// The parts of a CycloneDX document (cyclonedx.org, ECMA-424) that there is something to say in. The library for it would bring all
// of them, and XML.
type (
	bom struct {
		Format     string     `json:"bomFormat"`
		Spec       string     `json:"specVersion"`
		Version    int        `json:"version"`
		Metadata   metadata   `json:"metadata"`
		Components []material `json:"components"`
	}
	metadata struct {
		Component material `json:"component"`
	}
	material struct {
		Type       string     `json:"type"`
		Ref        string     `json:"bom-ref"`
		Name       string     `json:"name"`
		Version    string     `json:"version,omitempty"`
		Licences   []licence  `json:"licenses"`
		PURL       string     `json:"purl"`
		Properties []property `json:"properties,omitempty"`
	}
	licence struct {
		Expression string `json:"expression"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

// WriteSBOM writes what a program is made of as CycloneDX in JSON: the modules that its build info names, the standard library, and
// npm packages. The same program gives the same bytes. A module whose licence is not listed is an error.
func WriteSBOM(w io.Writer, build *debug.BuildInfo, packages []Component) error {
	known := map[string]Component{}
	for _, m := range Modules() {
		known[m.Name] = m
	}
	doc := bom{Format: "CycloneDX", Spec: "1.6", Version: 1}
	doc.Metadata.Component = describe("application", "golang", Component{build.Main.Path, build.Main.Version, "Apache-2.0"})
	for _, s := range build.Settings {
		doc.Metadata.Component.Properties = append(doc.Metadata.Component.Properties, property{"build:" + s.Key, s.Value})
	}
	linked := append([]*debug.Module{{Path: Std, Version: build.GoVersion}}, build.Deps...)
	for _, m := range linked {
		if m.Replace != nil {
			m = m.Replace
		}
		listed, ok := known[m.Path]
		if !ok {
			return fmt.Errorf("this build links %s, whose licence is not listed", m.Path)
		}
		c := describe("library", "golang", Component{m.Path, m.Version, listed.Licence})
		if m.Sum != "" {
			c.Properties = []property{{"go.sum", m.Sum}}
		}
		doc.Components = append(doc.Components, c)
	}
	for _, p := range packages {
		doc.Components = append(doc.Components, describe("library", "npm", p))
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(doc)
}

// describe describes a component of a sort that package URLs know.
func describe(is, sort string, c Component) material {
	purl := "pkg:" + sort + "/" + strings.Replace(c.Name, "@", "%40", 1)
	if c.Version != "" {
		purl += "@" + url.PathEscape(c.Version)
	}
	if sort == "golang" {
		purl += "?type=module"
	}
	return material{Type: is, Ref: purl, Name: c.Name, Version: c.Version, PURL: purl, Licences: []licence{{c.Licence}}}
}
