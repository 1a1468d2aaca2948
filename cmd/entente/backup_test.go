package main

import (
	"os"
	"path/filepath"
	"testing"
)

// While a server has a store open and an import writes to another, both are copied; what is restored holds what the copy held.
func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	store, copied, back := filepath.Join(dir, "it's a graph.entente"), filepath.Join(dir, "copy.entente"), filepath.Join(dir, "back.entente")
	server := start(t, []string{"ENTENTE_STORE=" + store})
	call(t, "", "backup", store, copied).check(t, 0, copied+" is a copy of "+store)
	server.stop()
	want := hashOf(t, call(t, "", "export", "--store", store))
	call(t, "", "import", "--store", store, "testdata/good.jsonl").check(t, 0)

	if err := os.Rename(store, store+".old"); err != nil {
		t.Fatal(err)
	}
	call(t, "", "restore", copied, store).check(t, 0, store+" is what "+copied+" holds")
	if got := hashOf(t, call(t, "", "export", "--store", store)); got != want {
		t.Errorf("restored, the graph has %s, want %s", got, want)
	}
	call(t, "", "verify", "--store", copied).check(t, 0, "All of it is right.")

	// Nothing is overwritten, and nothing is made of what is no store.
	call(t, "", "backup", store, copied).check(t, 1, "is there already")
	call(t, "", "backup", filepath.Join(dir, "none"), back).check(t, 1, "no such file")
	call(t, "", "backup", "testdata/good.jsonl", back).check(t, 1, "holds something else")
	call(t, "", "backup", store, filepath.Join(dir, "no", "folder")).check(t, 1, "no such file")
	damaged, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(damaged) / 2; i < len(damaged)/2+200; i++ {
		damaged[i] ^= 0xff
	}
	broken := filepath.Join(dir, "broken.entente")
	if err := os.WriteFile(broken, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	call(t, "", "restore", broken, back).check(t, 1, "damaged")
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range left {
		switch file.Name() {
		case filepath.Base(back), filepath.Base(back) + "-new", filepath.Base(copied) + "-new":
			t.Errorf("it left %s behind", file.Name())
		}
	}
}
