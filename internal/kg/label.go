package kg

import "strings"

// Labelled gives the bucket of a field with a label for people: an enum's TOOK_PART_IN is "Took part in", and what has no
// value is "none". The names of nodes, which engines label, stay.
func (b Bucket) Labelled(f *Field) Bucket {
	switch {
	case b.Key == "":
		b.Label = "none"
	case f.Type == Enum || f == fieldDetail:
		s := strings.ToLower(strings.ReplaceAll(b.Key, "_", " "))
		b.Label = strings.ToUpper(s[:1]) + s[1:]
	}
	return b
}
