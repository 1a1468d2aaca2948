package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestVerify(t *testing.T) {
	call(t, "", "verify").check(t, 0, "the demo graph: ", "quotes found verbatim", "Every line is right.\n")

	r := call(t, "", "verify", "testdata/good.jsonl")
	r.check(t, 0)
	const good = "testdata/good.jsonl: 2 sources, 2 entities, 1 record of a fact, 1 quote found verbatim, 2 locators.\n" +
		"2 records give no evidence and rest on their file alone: 2 entities, 0 facts.\nEvery line is right.\n"
	if r.stdout != good {
		t.Errorf("of a good file it said\n%swant\n%s", r.stdout, good)
	}

	call(t, "", "verify", "testdata/broken.jsonl").check(t, 1,
		"testdata/broken.jsonl:3: ", "\n\t"+`{"entity":"city:fr-rennes","name":"Rennes"`+"\n",
		"broken.jsonl:5: ", `"Jinan and Oulu are twins" does not stand in the text of source:report`,
		"testdata/broken.jsonl: 2 sources, 2 entities, 0 records of facts, 0 quotes found verbatim, 2 locators.\n", "2 lines are not right.\n")

	call(t, "", "verify", "testdata/good.jsonl", "testdata/none.jsonl").check(t, 1, "testdata/none.jsonl: no such file")
}

func TestVerifyFindsAFileWithoutARecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.jsonl")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := call(t, "", "verify", path)
	r.check(t, 1, path+": the file holds no record: ", "1 file is not right.\n")
	if strings.Contains(r.stdout, "\t") || strings.Contains(r.stdout, "line is") {
		t.Errorf("it speaks of a line:\n%s", r.stdout)
	}
	call(t, "", "verify", path, "testdata/broken.jsonl").check(t, 1, path+": the file holds no record: ", "2 lines and 1 file are not right.\n")
}

// Of a store in a file, such as a backup, it leaves no trace.
func TestVerifyLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	store, copied := filepath.Join(dir, "graph.entente"), filepath.Join(dir, "backup", "graph.entente")
	if err := os.Mkdir(filepath.Dir(copied), 0o700); err != nil {
		t.Fatal(err)
	}
	call(t, "", "import", "--store", store, "testdata/good.jsonl").check(t, 0)
	call(t, "", "backup", store, copied).check(t, 0)
	before, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	call(t, "", "verify", "--store", copied).check(t, 0, "All of it is right.")
	if after, err := os.ReadFile(copied); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the file has other bytes, %v", err)
	}
	if files, err := os.ReadDir(filepath.Dir(copied)); err != nil || len(files) != 1 {
		t.Errorf("beside it stand %v, %v", files, err)
	}
}

// One letter of a quote is enough.
func TestVerifyFindsAChangedQuote(t *testing.T) {
	good, err := os.ReadFile("testdata/good.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	at := strings.LastIndex(string(good), "friendship cities")
	path := filepath.Join(t.TempDir(), "changed.jsonl")
	if err := os.WriteFile(path, []byte(string(good[:at])+"F"+string(good[at+1:])), 0o600); err != nil {
		t.Fatal(err)
	}
	call(t, "", "verify", path).check(t, 1, "changed.jsonl:4: ", "does not stand in the text", "1 line is not right.")
}

// What is shown of a file can't command the terminal.
func TestProblemsAreHarmless(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.jsonl")
	if err := os.WriteFile(path, []byte("{\x1b[2J\u202e"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := call(t, "", "verify", path)
	r.check(t, 1, "bad.jsonl:1: ", "{\ufffd[2J\ufffd")
	if strings.ContainsAny(r.stdout, "\x1b\u202e") {
		t.Errorf("it said %q", r.stdout)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := callIn(ctx, nil, "", "verify")
	r.check(t, 1)
	if want := "entente verify: interrupted\n"; r.stdout != "" || r.stderr != want {
		t.Errorf("it said %q and %q, want %q", r.stdout, r.stderr, want)
	}
}

// Ctrl-C while a large file is read ends the program soon, with a word. The file is as large as it needs to be: it ends when
// the program does.
func TestInterruptedWhileReading(t *testing.T) {
	cmd := exec.Command(binary, "verify", "/dev/stdin")
	var stderr output
	cmd.Stderr = &stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	deadline := time.AfterFunc(stopWithin, func() { _ = cmd.Process.Kill() })
	defer deadline.Stop()
	line := []byte(`{"entity":"city:cn-jinan","name":"Jinan","description":"` + strings.Repeat("A city. ", 100) + `"}` + "\n")
	for n := 0; ; n++ {
		if _, err := stdin.Write(line); err != nil {
			break
		}
		if n == 5000 { // by far more than a pipe holds: it is reading
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // the exit code is in its state
	if code := cmd.ProcessState.ExitCode(); code != 1 || stderr.String() != "entente verify: interrupted\n" {
		t.Errorf("%v, and it said %q", cmd.ProcessState, stderr.String())
	}
}
