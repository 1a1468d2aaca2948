package server

import (
	"encoding/json"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/internal/kg"
)

// The two media types of a GraphQL answer. With the first, the status says
// whether the request was understood; with the second, which older clients ask
// for, whatever was a GraphQL request is answered by 200.
const (
	typeResponse = "application/graphql-response+json"
	typeJSON     = "application/json"
)

// storeAgain is in how many seconds a store that does not answer may be asked again.
const storeAgain = "5"

// negotiate chooses the media type of an answer by the Accept header. What names
// neither type gets plain JSON rather than a 406: a refusal would have to be JSON too.
func negotiate(accept string) string {
	chosen, best := typeJSON, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		weight := 1.0
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil {
			weight = q
		}
		if weight <= best {
			continue
		}
		switch name {
		case typeResponse:
			chosen, best = typeResponse, weight
		case typeJSON, "application/*", "*/*":
			chosen, best = typeJSON, weight
		}
	}
	return chosen
}

// statusOf is the status of the answer to a GraphQL request. An answer with data,
// be it null, was executed: 200. One without was refused, which is the client's
// doing unless its first error says that it is ours.
func statusOf(response *graphql.Response, mediaType string) int {
	if response.Data != nil || len(response.Errors) == 0 {
		return http.StatusOK
	}
	switch response.Errors[0].Extensions["code"] {
	case string(kg.Internal):
		return http.StatusInternalServerError
	case string(kg.Unavailable):
		return http.StatusServiceUnavailable
	case codeTimeout:
		return http.StatusGatewayTimeout
	}
	if mediaType == typeResponse {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// writeAnswer writes the JSON of an answer around its data, which is JSON already:
// encoding/json would check and copy all of it once more. Without data there is
// no "data" key, as the specification wants of an answer that was not executed.
// It fails before anything is written, or not at all: once the status is sent, an
// error means that the client has gone.
func writeAnswer(w http.ResponseWriter, status int, mediaType string, response *graphql.Response) error {
	body := net.Buffers{[]byte("{")}
	size := int64(len("{}"))
	member := func(name string, value []byte) {
		if len(body) > 1 {
			name = "," + name
		}
		body = append(body, []byte(name), value)
		size += int64(len(name) + len(value))
	}
	if len(response.Errors) > 0 {
		list, err := json.Marshal(response.Errors)
		if err != nil {
			return err
		}
		member(`"errors":`, list)
	}
	if response.Data != nil {
		member(`"data":`, response.Data)
	}
	if len(response.Extensions) > 0 {
		extensions, err := json.Marshal(response.Extensions)
		if err != nil {
			return err
		}
		member(`"extensions":`, extensions)
	}
	body = append(body, []byte("}"))

	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Content-Length", strconv.FormatInt(size, 10))
	header.Add("Vary", "Accept")
	if status == http.StatusServiceUnavailable && header.Get("Retry-After") == "" {
		header.Set("Retry-After", storeAgain)
	}
	w.WriteHeader(status)
	_, _ = body.WriteTo(w)
	return nil
}
