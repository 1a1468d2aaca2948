package main

import (
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// The image holds next to nothing, and may be run so that nothing can be written but a volume. Here the program runs in a root that holds
// it and an empty home, as the user, with the variable and by the commands of the Dockerfile: no shell, no library, no certificates,
// no /tmp, /proc or /dev, and only the home is the user's.
func TestImageNeedsNothingElse(t *testing.T) {
	if os.Getuid() != 0 {
		const missing = "only root can change the root of a program: the one in which the image runs it was left out"
		if os.Getenv("CI") == "true" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	image := readImage(t)
	root, home := t.TempDir(), "/home/nonroot"
	in := func(path string) string { return filepath.Join(root, path) }
	user, group, _ := strings.Cut(image.user, ":")
	uid, err := strconv.ParseUint(user, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	gid, err := strconv.ParseUint(group, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.MkdirAll(in(filepath.Dir(image.entrypoint[0])), 0o755), os.WriteFile(in(image.entrypoint[0]), program, 0o755),
		os.MkdirAll(in(home), 0o755), os.Chown(in(home), int(uid), int(gid)),
		filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error { // whatever the umask is
			if err != nil {
				return err
			}
			return os.Chmod(path, 0o755)
		}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	contained := func(env []string, words ...string) *exec.Cmd {
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Dir, cmd.Env = home, env
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		return cmd
	}
	listen := func(port string) string { return strings.Replace(image.variable, ":8080", ":"+port, 1) }
	serve := slices.Concat(image.entrypoint, image.command)

	const store = "ENTENTE_STORE=/home/nonroot/graph.entente"
	server := startCommand(t, contained([]string{listen("0"), store}, serve...))
	response, err := http.Get(server.base + "/graphql?query=" + `{entity(id:"city:cn-jinan"){name}}`)
	if err != nil {
		t.Fatal(err)
	}
	if answer := readBody(t, response); !strings.Contains(answer, "Jinan") {
		t.Errorf("it answers %s", answer)
	}
	port := server.base[strings.LastIndex(server.base, ":")+1:]
	if said, err := contained([]string{listen(port)}, image.asked...).CombinedOutput(); err != nil {
		t.Errorf("%q: %v: %s", image.asked, err, said)
	}
	if err := server.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := server.waitEnd(); code != 0 {
		t.Errorf("exit code %d, want 0\n%s", code, server.stderr)
	}
	if _, err := os.Stat(in(home + "/graph.entente")); err != nil {
		t.Error(err)
	}

	// Where it can't write, it says who it is, and what would help.
	for _, c := range []struct{ env, says string }{
		{"ENTENTE_STORE=/graph.entente", "the store /graph.entente can't be locked, as user " + user + " may not write there"},
		{"ENTENTE_STORE=", "name a folder that this user may write to by TMPDIR, or a store that stays"},
	} {
		said, err := contained([]string{listen("0"), c.env}, serve...).CombinedOutput()
		if err == nil || !strings.Contains(string(said), c.says) {
			t.Errorf("with %s: %v: %s", c.env, err, said)
		}
	}
	server = startCommand(t, contained([]string{listen("0"), "TMPDIR=" + home}, serve...))
	if code := server.stop(); code != 0 {
		t.Errorf("exit code %d, want 0\n%s", code, server.stderr)
	}
}
