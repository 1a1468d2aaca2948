package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/neo4jstore"
)

// image is what the Dockerfile says of the image that comes of it.
type image struct {
	text                       string // from the last FROM on
	user, variable             string
	entrypoint, command, asked []string // asked is the check of its health
}

func readImage(t *testing.T) image {
	t.Helper()
	text := readFile(t, "../../.docker/Dockerfile")
	_, last, found := strings.Cut(text, "\nFROM gcr.io/distroless/static-debian12:nonroot\n")
	if !found || strings.Contains(last, "FROM ") || strings.Contains(last, "RUN ") {
		t.Fatalf("the image is not distroless, or runs something as it is made:\n%s", text)
	}
	word := func(instruction string) string {
		t.Helper()
		line := regexp.MustCompile(`(?m)^` + instruction + ` (\S+)$`).FindStringSubmatch(last)
		if line == nil {
			t.Fatalf("%s is no word in\n%s", instruction, last)
		}
		return line[1]
	}
	list := func(instruction string) []string {
		t.Helper()
		var words []string
		line := regexp.MustCompile(`(?m)^` + instruction + ` (\[.*\])$`).FindStringSubmatch(last)
		if line == nil || json.Unmarshal([]byte(line[1]), &words) != nil {
			t.Fatalf("%s is no list in\n%s", instruction, last)
		}
		return words
	}
	return image{last, word("USER"), word("ENV"), list("ENTRYPOINT"), list("CMD"), list("HEALTHCHECK .* CMD")}
}

// What the image starts and asks is what the program understands. There is no shell in it, so that commands are lists, and no user but
// one without rights.
func TestImage(t *testing.T) {
	i := readImage(t)
	if !regexp.MustCompile(`^[1-9]\d+:[1-9]\d+$`).MatchString(i.user) {
		t.Errorf("%s is a user with rights, or has a name, which says nothing of them", i.user)
	}
	c, err := newConfig(i.command[1:], environment(i.variable))
	if err != nil || i.command[0] != "serve" || c.Listen != "0.0.0.0:8080" || !strings.Contains(i.text, "\nEXPOSE 8080\n") {
		t.Errorf("%s entente %q: %+v, %v", i.variable, i.command, c, err)
	}
	if program := i.entrypoint[0]; program != i.asked[0] || !strings.Contains(i.text, "/src/bin/entente "+program+"\n") {
		t.Errorf("the program is started as %s and asked as %s", program, i.asked[0])
	}
	if len(i.asked) != 2 || i.asked[1] != "health" {
		t.Errorf("%q is asked whether it is ready", i.asked)
	}
}

// The program takes no notice of a variable that it does not know, so a name that is wrong would be found by nobody.
func TestVariablesAreKnown(t *testing.T) {
	known := map[string]bool{}
	ask := func(name string) string {
		known[name] = true
		return ""
	}
	if _, err := newConfig(nil, ask); err != nil {
		t.Fatal(err)
	}
	if _, err := neo4jstore.FromEnv("neo4j://localhost:7687", ask); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{".docker/Dockerfile", ".docker/compose.yaml", ".systemd/entente.service", "README.md", "internal/docs/operation.md"} {
		names := regexp.MustCompile(`\bENTENTE_[A-Z0-9_]+`).FindAllString(readFile(t, "../../"+file), -1)
		if len(names) == 0 {
			t.Errorf("%s names no variable", file)
		}
		for _, name := range names {
			if !known[name] {
				t.Errorf("%s has %s, which the program does not read", file, name)
			}
		}
	}
}

// The unit starts what the program understands, and keeps the graph where systemd lets it write.
func TestUnit(t *testing.T) {
	unit := readFile(t, "../../.systemd/entente.service")
	setting := func(name string) string {
		t.Helper()
		line := regexp.MustCompile(`(?m)^` + name + `=(.*)$`).FindStringSubmatch(unit)
		if line == nil {
			t.Fatalf("the unit has no %s", name)
		}
		return line[1]
	}
	started := strings.Fields(setting("ExecStart"))
	c, err := newConfig(started[2:], environment(setting("Environment")))
	if err != nil || started[1] != "serve" || c.Store != "/var/lib/"+setting("StateDirectory")+"/graph.entente" {
		t.Errorf("%q: %+v, %v", started, c, err)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
