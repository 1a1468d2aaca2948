package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

// What the image starts and asks is what the program understands. There is no shell in it, so that commands are lists, and no user but
// one without rights.
func TestImage(t *testing.T) {
	text, err := os.ReadFile("../../.docker/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	_, image, found := strings.Cut(string(text), "\nFROM gcr.io/distroless/static-debian12:nonroot\n")
	if !found || strings.Contains(image, "FROM ") || strings.Contains(image, "RUN ") {
		t.Fatalf("the image is not distroless, or runs something as it is made:\n%s", text)
	}
	list := func(instruction string) []string {
		t.Helper()
		var words []string
		line := regexp.MustCompile(`(?m)^` + instruction + ` (\[.*\])$`).FindStringSubmatch(image)
		if line == nil || json.Unmarshal([]byte(line[1]), &words) != nil {
			t.Fatalf("%s is no list in\n%s", instruction, image)
		}
		return words
	}
	variable := regexp.MustCompile(`(?m)^ENV (\S+)$`).FindStringSubmatch(image)
	if variable == nil || !regexp.MustCompile(`(?m)^USER [1-9]\d+:[1-9]\d+$`).MatchString(image) {
		t.Fatalf("there is no variable, or a user with rights, in\n%s", image)
	}
	started := list("CMD")
	c, err := newConfig(started[1:], environment(variable[1]))
	if err != nil || started[0] != "serve" || c.Listen != "0.0.0.0:8080" || !strings.Contains(image, "\nEXPOSE 8080\n") {
		t.Errorf("%s entente %q: %+v, %v", variable[1], started, c, err)
	}
	asked := list("HEALTHCHECK .* CMD")
	if program := list("ENTRYPOINT")[0]; program != asked[0] || !strings.Contains(image, "/src/bin/entente "+program+"\n") {
		t.Errorf("the program is started as %s and asked as %s", program, asked[0])
	}
	if len(asked) != 2 || asked[1] != "health" {
		t.Errorf("%q is asked whether it is ready", asked)
	}
}
