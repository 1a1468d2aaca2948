package ingest

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// restOn makes the records of a file that name no evidence rest on the file itself, which then is a source: of the class that
// is trusted least, as a bare record is somebody's word and shall outrank no quote.
//
// Locators have the file's name and not its path, also where two files have one name: a file that is read again from elsewhere,
// or beside others, has said nothing new. The sources' titles tell such files apart.
func (l *loader) restOn(file int, hash string, lines []place) {
	source := fileSource(l.files, file, hash)
	used := false
	for i := range lines {
		used = lines[i].restOn(source) || used
	}
	if used {
		l.lines = append(l.lines, place{Line: Line{File: l.files[file].Name, Record: kg.Record{Source: source}}, file: file})
	}
}

// fileSource makes a source of a file. It is one version of what bears the file's name: somebody who corrects a line has not found
// a second source for all others.
func fileSource(files []File, file int, hash string) *kg.Source {
	return &kg.Source{
		ID: kg.ID("source:file-" + hash[:16]), Title: title(files, file), Class: kg.DefaultClass, SHA256: hash,
		BasedOn: &kg.Original{Title: filepath.Base(files[file].Name)},
	}
}

// restOn makes a record that names no evidence rest on its line of the file, and says whether it did.
func (line *place) restOn(source *kg.Source) bool {
	own := []kg.Evidence{{Source: source.ID, Locator: fmt.Sprintf("%s:%d", filepath.Base(line.File), line.Number), RecordedAt: line.RecordedAt}}
	switch r := line.Record; {
	case r.Entity != nil && r.Entity.Evidence == nil:
		r.Entity.Evidence = own
	case r.Fact != nil && len(r.Fact.Evidence) == 0:
		r.Fact.Evidence = own
	default:
		return false
	}
	line.bare = true
	return true
}

// title gives the end of a file's path that no other of the files has: mostly its name.
func title(files []File, file int) string {
	path := filepath.ToSlash(filepath.Clean(files[file].Name))
	for at := len(path); ; {
		if at = strings.LastIndexByte(path[:at], '/'); at < 0 {
			return path
		}
		end := path[at:]
		shared := slices.ContainsFunc(files, func(o File) bool {
			other := filepath.ToSlash(filepath.Clean(o.Name))
			return other != path && strings.HasSuffix("/"+other, end)
		})
		if !shared {
			return end[1:]
		}
	}
}
