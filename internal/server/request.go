package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// The codes of requests that are refused before there is a document to look at.
const (
	codeBadRequest       = "BAD_REQUEST"
	codeBodyTooLarge     = "BODY_TOO_LARGE"
	codeBodyTooSlow      = "BODY_TOO_SLOW"
	codeMediaType        = "UNSUPPORTED_MEDIA_TYPE"
	codeMethodNotAllowed = "METHOD_NOT_ALLOWED"
	codeForeignOrigin    = "FOREIGN_ORIGIN"
	codeForeignHost      = "FOREIGN_HOST"
)

// badRequest is an HTTP request that is not a GraphQL request. Its sentence never
// repeats what was sent: a proxy's log or a page may show it to somebody else.
type badRequest struct {
	status     int // 0 is that of a GraphQL request which is refused
	code       string
	sentence   string
	limit      any           // that was passed, a number or a time as text; nil is none
	retryAfter time.Duration // how long to wait; 0 says nothing
	challenge  string        // of WWW-Authenticate
}

func (e *badRequest) Error() string { return e.sentence }

func bad(sentence string) *badRequest {
	return &badRequest{status: http.StatusBadRequest, code: codeBadRequest, sentence: sentence}
}

// request is what a GraphQL request says.
type request struct {
	graphql.RawParams
	// DocumentID stands for a document that the server was given, instead of a query.
	DocumentID string `json:"documentId"`
}

// fromPost reads the parameters of a POST. The body is read whole, and counted,
// before anything is decoded.
func (a *api) fromPost(w http.ResponseWriter, r *http.Request) (*request, *badRequest) {
	limit := a.limits.BodyBytes
	if err := checkMediaType(r.Header); err != nil {
		return nil, err
	}
	tooLarge := &badRequest{status: http.StatusRequestEntityTooLarge, code: codeBodyTooLarge, limit: limit,
		sentence: fmt.Sprintf("The body is larger than %d bytes.", limit)}
	if r.ContentLength > int64(limit) {
		return nil, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(limit)))
	var over *http.MaxBytesError
	var network net.Error
	switch {
	case errors.As(err, &over):
		return nil, tooLarge
	case errors.As(err, &network) && network.Timeout():
		return nil, &badRequest{status: http.StatusRequestTimeout, code: codeBodyTooSlow, limit: a.reading.String(),
			sentence: fmt.Sprintf("The request took longer than %s to arrive.", a.reading)}
	case err != nil:
		return nil, bad("The body ended early.")
	}
	params := &request{}
	if err := decodeObject(body, params); err != nil {
		return nil, bad("The body " + err.Error() + ".")
	}
	return params, checkQuery(params)
}

// fromGet reads the parameters of a GET.
func fromGet(r *http.Request) (*request, *badRequest) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, bad("The query string is not URL-encoded as it should be.")
	}
	params := &request{
		RawParams:  graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")},
		DocumentID: values.Get("documentId"),
	}
	for name, target := range map[string]*map[string]any{
		"variables": &params.Variables, "extensions": &params.Extensions,
	} {
		text := values.Get(name)
		if text == "" || text == "null" {
			continue
		}
		if err := decodeObject([]byte(text), target); err != nil {
			return nil, bad("The parameter " + name + " " + err.Error() + ".")
		}
	}
	return params, checkQuery(params)
}

// checkQuery holds that there is a document, or the id of one, and gives an Apollo client's hash as the id that it is.
func checkQuery(params *request) *badRequest {
	if hash, ok := apolloHash(params.Extensions); ok && params.DocumentID == "" && params.Query == "" {
		params.DocumentID = sha256Prefix + hash
	}
	switch query := strings.TrimSpace(params.Query); {
	case query == "" && params.DocumentID == "":
		return bad("The parameter query is missing: it holds the GraphQL document. A document that the server was given may be named by documentId instead.")
	case query != "" && params.DocumentID != "":
		return bad("The parameters query and documentId are both given: send one of them.")
	}
	return nil
}

// checkMediaType accepts JSON in UTF-8 and nothing around it. A form, which any
// page may send without asking, is not accepted.
func checkMediaType(header http.Header) *badRequest {
	mediaType, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	charset := parameters["charset"]
	if err != nil || mediaType != typeJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return &badRequest{status: http.StatusUnsupportedMediaType, code: codeMediaType,
			sentence: "The Content-Type of a GraphQL request is application/json, in UTF-8."}
	}
	if encoding := header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return &badRequest{status: http.StatusUnsupportedMediaType, code: codeMediaType,
			sentence: "A compressed body is not accepted; send it without a Content-Encoding."}
	}
	return nil
}

// decodeObject decodes exactly one JSON object. Numbers stay as they are written,
// so that a large id or a decimal loses nothing. The error continues a sentence.
func decodeObject(text []byte, into any) error {
	if first := bytes.TrimLeft(text, " \t\r\n"); len(first) == 0 || first[0] != '{' {
		return errors.New("is not one JSON object")
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	err := decoder.Decode(into)
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(err, &mistyped):
		switch name := mistyped.Field[strings.LastIndexByte(mistyped.Field, '.')+1:]; name {
		case "query", "operationName", "documentId":
			return fmt.Errorf("holds a %s that is not a string", name)
		case "variables", "extensions":
			return fmt.Errorf("holds %s that are not an object", name)
		}
		return errors.New("holds a value of the wrong type")
	case err != nil:
		return errors.New("is not JSON")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("goes on after its JSON object")
	}
	return nil
}
