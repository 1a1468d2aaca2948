package server

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// The codes about documents that the server was given. The first two are those that Apollo's clients know.
const (
	codePersistedNotFound     = "PERSISTED_QUERY_NOT_FOUND"
	codePersistedNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED"
	codePersistedOnly         = "PERSISTED_DOCUMENTS_ONLY"
)

const sha256Prefix = "sha256:"

// Persisted are documents that a request may name by an id instead of sending them: "sha256:" and the hash of the text, as the
// specification's appendix has it, or another id that the file with the document gives it.
type Persisted struct {
	// Only says that no other documents are answered, however they are sent.
	Only bool

	texts map[string]string // by id
}

// ReadPersisted reads documents: a folder of files .graphql, which are one each, or one such file; or a file .json that holds texts
// by id, as code generators write them. Each has to be right by the schema and within the limits.
func ReadPersisted(path string, schema *ast.Schema, limits Limits) (*Persisted, error) {
	p := &Persisted{texts: map[string]string{}}
	limits = limits.withDefaults()
	files := []string{path}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		if files, err = filepath.Glob(filepath.Join(path, "*.graphql")); err != nil {
			return nil, err
		}
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		documents := map[string]string{"": string(text)}
		if filepath.Ext(file) == ".json" {
			if documents, err = manifest(text); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
		for id, document := range documents {
			if err := p.add(id, document, schema, limits); err != nil {
				return nil, fmt.Errorf("%s: %w", strings.TrimSuffix(file+" "+cut(id, quotedBytes), " "), err)
			}
		}
	}
	if len(p.texts) == 0 {
		return nil, fmt.Errorf("%s holds no document: name a folder of files .graphql, such a file, or one .json with texts by id", path)
	}
	return p, nil
}

// manifest reads texts by id: an object of them, or Apollo's manifest.
func manifest(text []byte) (map[string]string, error) {
	var apollo struct {
		Format     string
		Operations []struct{ ID, Body string }
	}
	if err := json.Unmarshal(text, &apollo); err == nil && apollo.Format != "" {
		texts := map[string]string{}
		for _, o := range apollo.Operations {
			texts[o.ID] = o.Body
		}
		return texts, nil
	}
	var texts map[string]string
	if err := json.Unmarshal(text, &texts); err != nil {
		return nil, errors.New("it is not one JSON object that holds the texts of documents by their ids")
	}
	return texts, nil
}

func (p *Persisted) add(id, text string, schema *ast.Schema, limits Limits) error {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, limits.Tokens)
	if err != nil {
		return err
	}
	if len(text) > limits.QueryBytes {
		return fmt.Errorf("it is longer than %d bytes, which is the limit query-bytes", limits.QueryBytes)
	}
	m := &measure{limits: limits}
	if err := m.document(doc); err != nil {
		return err
	}
	if errs := validator.ValidateWithRules(schema, doc, nil); len(errs) > 0 {
		return errs[0]
	}
	sum := sha256.Sum256([]byte(text))
	hash := hex.EncodeToString(sum[:])
	p.texts[sha256Prefix+hash] = text
	if bare := strings.TrimPrefix(id, sha256Prefix); id != "" && bare != hash {
		if strings.Contains(id, ":") || len(bare) == len(hash) {
			return errors.New("the hash of the document is another than its id says")
		}
		p.texts[id] = text
	}
	return nil
}

// IDs lists the ids, sorted.
func (p *Persisted) IDs() []string {
	ids := make([]string, 0, len(p.texts))
	for id := range p.texts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// resolve puts the document that a request names into it, and refuses what there is not, or where there is nothing else, what was not
// given. The nil Persisted has no documents.
func (p *Persisted) resolve(r *request) *badRequest {
	if r.DocumentID == "" {
		if p == nil || !p.Only {
			return nil
		}
		sum := sha256.Sum256([]byte(r.Query))
		if _, known := p.texts[sha256Prefix+hex.EncodeToString(sum[:])]; known {
			return nil
		}
		return &badRequest{status: http.StatusForbidden, code: codePersistedOnly,
			sentence: "This server answers only the documents that it was given at its start, and this is none of them."}
	}
	if p == nil {
		return &badRequest{code: codePersistedNotSupported, sentence: "This server was given no documents: send the query itself."}
	}
	text, known := p.texts[r.DocumentID]
	if !known && !strings.Contains(r.DocumentID, ":") {
		text, known = p.texts[sha256Prefix+r.DocumentID]
	}
	if !known {
		return &badRequest{code: codePersistedNotFound,
			sentence: "This server was given no document of this id. The id is sha256: and the hash of the document's text in hexadecimal, in small letters."}
	}
	r.Query = text
	return nil
}

// apolloHash gives the hash by which Apollo's clients name a document.
func apolloHash(extensions map[string]any) (string, bool) {
	named, _ := extensions["persistedQuery"].(map[string]any)
	hash, ok := named["sha256Hash"].(string)
	return cmp.Or(hash, "none"), ok
}
