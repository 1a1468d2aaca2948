package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// contentTypes is our own table, because package mime reads the machine's, where .js may be anything.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
	".txt":  "text/plain; charset=utf-8",
}

// An asset is one file, ready to be served as it is or compressed.
type asset struct {
	content      []byte
	contentType  string
	cacheControl string
	sum          string
	// gzipped is made when it is first asked for, and kept: the pages are only compressed by a server that is looked at.
	gzipped func() []byte
}

// newAsset makes the asset; hashed says that its name changes with its content, so that it may be kept for ever.
func newAsset(name string, content []byte, hashed bool) *asset {
	sum := sha256.Sum256(content)
	a := &asset{
		content:      content,
		contentType:  contentTypes[path.Ext(name)],
		cacheControl: "no-cache",
		sum:          hex.EncodeToString(sum[:]),
		gzipped:      sync.OnceValue(func() []byte { return compress(content) }),
	}
	if hashed {
		a.cacheControl = "public, max-age=31536000, immutable"
	}
	return a
}

func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, etag := a.content, a.sum
	header := w.Header()
	if acceptsGzip(r.Header.Values("Accept-Encoding")) {
		// The two forms differ in bytes, so a strong ETag must tell them apart.
		body, etag = a.gzipped(), a.sum+"-gzip"
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("Content-Type", a.contentType)
	header.Set("Cache-Control", a.cacheControl)
	header.Set("Vary", "Accept-Encoding")
	header.Set("ETag", `"`+etag+`"`)
	// ServeContent leaves the length out when there is a Content-Encoding.
	header.Set("Content-Length", strconv.Itoa(len(body)))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reads Accept-Encoding (RFC 9110, 12.5.3): gzip or * is named, and not with the weight 0.
func acceptsGzip(values []string) bool {
	accepted := false
	for choice := range strings.SplitSeq(strings.Join(values, ","), ",") {
		coding, parameters, _ := strings.Cut(choice, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding != "gzip" && coding != "*" {
			continue
		}
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.TrimSpace(parameters), "q="); ok {
			weight, _ = strconv.ParseFloat(q, 64)
		}
		if coding == "gzip" {
			return weight > 0
		}
		accepted = weight > 0
	}
	return accepted
}

func compress(content []byte) []byte {
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("web: compressing into memory: %v", err))
	}
	return buf.Bytes()
}
