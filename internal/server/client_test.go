package server

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// reply is what came back, and the little that tests read of it.
type reply struct {
	status int
	header http.Header
	body   string
}

// code is extensions.code of the first error, if there is one.
func (r reply) code() string {
	var answer struct {
		Errors []struct {
			Extensions struct{ Code string }
		}
	}
	if json.Unmarshal([]byte(r.body), &answer) != nil || len(answer.Errors) == 0 {
		return ""
	}
	return answer.Errors[0].Extensions.Code
}

// message is the sentence of the first error, if there is one.
func (r reply) message() string {
	var answer struct{ Errors []struct{ Message string } }
	if json.Unmarshal([]byte(r.body), &answer) != nil || len(answer.Errors) == 0 {
		return ""
	}
	return answer.Errors[0].Message
}

// send makes a request; headers come in pairs, Host among them, and override what is
// set here.
func (s *site) send(t testing.TB, method, path, body string, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", typeResponse)
	if body != "" {
		request.Header.Set("Content-Type", typeJSON)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" { // which net/http keeps apart
			request.Host = headers[i+1]
			continue
		}
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := s.Client().Do(request)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return reply{response.StatusCode, response.Header, string(text)}
}

// post asks GraphQL and wants the newer media type.
func (s *site) post(t testing.TB, body string, headers ...string) reply {
	t.Helper()
	return s.send(t, http.MethodPost, pathGraphQL, body, headers...)
}
