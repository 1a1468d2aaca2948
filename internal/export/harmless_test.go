package export

import "testing"

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{"": "", "a": "a", "-5": "-5", "-1.5e3": "-1.5e3", "=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "＝1+1": "'＝1+1", "＠SUM": "'＠SUM", "济南": "济南", "+cmd": "'+cmd", "-cmd": "'-cmd", "'": "'", "'a": "'a", "'=1": "''=1", "'-5": "''-5"} {
		if got := Harmless(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
		if got := Original(want); got != cell {
			t.Errorf("%q is taken back to %q, want %q", want, got, cell)
		}
	}
}
