package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/demo"
)

// With a file named, `entente serve` has the demo graph in it and answers every question as it does in memory; started again, it
// serves what is there, to which files are added. While it runs the file is nobody else's.
func TestFileServesTheDemoGraph(t *testing.T) {
	store := filepath.Join(t.TempDir(), "graph.entente")
	memory, server := start(t, nil), start(t, []string{"ENTENTE_STORE=" + store})
	for _, part := range []string{"serves the demo graph: ", ", kept in " + store} {
		if !strings.Contains(server.stdout, part) {
			t.Errorf("at the start it did not say %q:\n%s", part, server.stdout)
		}
	}
	for _, q := range demo.Questions() {
		t.Run(q.Name, func(t *testing.T) {
			if got, want := checkAnswered(t, post(t, server.base, q.Query)), checkAnswered(t, post(t, memory.base, q.Query)); got != want {
				t.Errorf("from the file it answers\n%s\nand in memory\n%s", got, want)
			}
		})
	}
	call(t, "", "verify", "--store", store).check(t, 1, "is in use by process ")
	if code := server.stop(); code != 0 {
		t.Errorf("exit code %d, want 0\n%s", code, server.stderr)
	}
	call(t, "", "verify", "--store", store).check(t, 0, "All of it is right.")
	again := start(t, nil, "--store", store, "testdata/good.jsonl")
	if part := "serves testdata/good.jsonl: "; !strings.Contains(again.stdout, part) {
		t.Errorf("with a file it did not say %q:\n%s", part, again.stdout)
	}
	again.stop()
	again = start(t, nil, "--store", store)
	if part := " serves what " + store + " holds"; !strings.Contains(again.stdout, part) {
		t.Errorf("started again it did not say %q:\n%s", part, again.stdout)
	}
	body := readBody(t, post(t, again.base, `{ demo: entity(id: "event:2024-jinan-europe-visit") { name } file: node(id: "source:report") { ... on Source { title } } }`))
	for _, want := range []string{`"demo":{"name":"Visit of a Jinan`, `"file":{"title":"A report"}`} {
		if !strings.Contains(body, want) {
			t.Errorf("it answers %s, want %s", body, want)
		}
	}
}

// An import that is killed on its way, again and again, goes on when it is given once more: nothing is lost, and nothing is
// there twice. What is exported then makes an equal graph.
func TestFileImportIsRestartable(t *testing.T) {
	dir := t.TempDir()
	file, out, store := filepath.Join(dir, "generated.jsonl"), filepath.Join(dir, "out.jsonl"), filepath.Join(dir, "graph.entente")
	call(t, "", "generate", "--facts", "15000", "--out", file).check(t, 0)
	want := hashOf(t, call(t, "", "export", "--out", out, file))
	for _, kilobytes := range []int64{1000, 3000, 6000} {
		kill(t, store, kilobytes, "import", "--store", store, file)
		if kilobytes == 6000 {
			r := call(t, `{ cities(first: 1) { totalCount } }`, "query", "--store", store, "-")
			r.check(t, 0, "totalCount")
		}
	}
	said := "The graph holds "
	for _, time := range []string{"after it was killed", "once more"} {
		call(t, "", "import", "--store", store, file).check(t, 0, file+" in ", said)
		said = ", as many as before.\n"
		if got := hashOf(t, call(t, "", "export", "--store", store, "--out", out)); got != want {
			t.Fatalf("imported %s, the graph has %s, the file's is %s", time, got, want)
		}
	}
	call(t, "", "verify", "--store", store).check(t, 0, "All of it is right.")
	copied := filepath.Join(dir, "copy.entente")
	call(t, "", "import", "--workers", "3", "--store", copied, out).check(t, 0)
	if got := hashOf(t, call(t, "", "export", "--store", copied)); got != want {
		t.Errorf("what was made of the export has %s, want %s", got, want)
	}
}

// kill lets the program write to a store until that has grown to a size, and kills it.
func kill(t *testing.T, store string, kilobytes int64, args ...string) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	ended := begin(t, cmd)
	for sizeOf(store)+sizeOf(store+"-wal") < kilobytes<<10 {
		select {
		case <-ended:
			t.Fatal("it ended before it could be killed")
		default:
		}
	}
	_ = cmd.Process.Kill()
	<-ended
	if cmd.ProcessState.Success() {
		t.Error("it was not killed: it had ended")
	}
}

// begin starts a program, and gives what is closed when it has ended. Its exit code is in its state then.
func begin(t *testing.T, cmd *exec.Cmd) <-chan struct{} {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	return ended
}

// A store that is not there is made by who writes, and missed by who reads.
func TestFileThatIsNotThere(t *testing.T) {
	store := filepath.Join(t.TempDir(), "graph.entente")
	for _, verb := range []string{"verify", "export"} {
		call(t, "", verb, "--store", store).check(t, 1, "there is no store "+store)
	}
	call(t, "{ __typename }", "query", "--store", store, "-").check(t, 1, "there is no store "+store)
	call(t, "", "import", "--store", "http://localhost", "testdata/good.jsonl").check(t, 1, "is not a store")
	call(t, "", "import", "--store", "testdata/good.jsonl", "testdata/good.jsonl").check(t, 1, "holds something else")
	call(t, "", "import", "--store", store, "testdata/good.jsonl").check(t, 0)
	call(t, "{ entity(id: \"city:cn-jinan\") { name } }", "query", "--store", store, "-").check(t, 0, `"Jinan"`)
}

// sizeOf gives the size of a file in bytes; 0 where there is none.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
