package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
)

// connection speaks as little HTTP as it takes to ask a server that says how long its answers are, again and again: a client of
// net/http would take as much of the machine as the server.
type connection struct {
	net.Conn
	in     *bufio.Reader
	errors bool // that the last answer begins with errors
}

func dial(address string) (*connection, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, in: bufio.NewReaderSize(c, 32<<10)}, nil
}

func (c *connection) send(request []byte) error {
	_, err := c.Write(request)
	return err
}

var contentLength, retryAfter, withErrors = []byte("Content-Length: "), []byte("Retry-After: "), []byte(`{"errors"`)

// receive gives the status of an answer, and whether it says when to come again. The body is passed over.
func (c *connection) receive() (status int, again bool, err error) {
	length := -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case status == 0:
			if len(line) < len("HTTP/1.1 200") {
				return 0, false, fmt.Errorf("the answer begins with %q", line)
			}
			status, err = strconv.Atoi(string(line[9:12]))
		case bytes.HasPrefix(line, contentLength):
			length, err = strconv.Atoi(string(line[len(contentLength):]))
		case bytes.HasPrefix(line, retryAfter):
			again = true
		case len(line) == 0:
			if length < 0 {
				return 0, false, fmt.Errorf("an answer by %d does not say how long it is", status)
			}
			begins, _ := c.in.Peek(min(length, len(withErrors)))
			c.errors = bytes.Equal(begins, withErrors)
			_, err = c.in.Discard(length)
			return status, again, err
		}
		if err != nil {
			return 0, false, err
		}
	}
}

// ask sends a request, and fails unless it is answered without errors.
func (c *connection) ask(request []byte) error {
	if err := c.send(request); err != nil {
		return err
	}
	status, _, err := c.receive()
	if err == nil && (status != http.StatusOK || c.errors) {
		err = fmt.Errorf("an answer was %d, with errors: %t", status, c.errors)
	}
	return err
}

// requestTo writes a request to the server at an address.
func requestTo(address, query string, vars map[string]any) []byte {
	body := asJSON(query, vars)
	return fmt.Appendf(nil, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", address, len(body), body)
}

func asJSON(query string, vars map[string]any) []byte {
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		panic(err) // it is made of texts
	}
	return body
}
