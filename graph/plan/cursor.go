package plan

import "github.com/ententegraph/entente/internal/kg"

// Cursor gives the cursor of a row of the list.
func (l *List) Cursor(r *kg.Row) string {
	return kg.Cursor{Fingerprint: l.Fingerprint, Key: l.KeyOf(r)}.String()
}
