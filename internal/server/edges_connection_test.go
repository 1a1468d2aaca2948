package server

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// peer is a connection that a test writes to by hand.
type peer struct {
	net.Conn
	in *bufio.Reader
}

func (s *serving) connect(t *testing.T) peer {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	if err := connection.SetDeadline(time.Now().Add(30 * time.Second)); err != nil { // only against hanging
		t.Fatal(err)
	}
	return peer{connection, bufio.NewReader(connection)}
}

// ask writes a request in pieces, and reads the answer.
func (p peer) ask(t *testing.T, pieces ...string) (reply, error) {
	t.Helper()
	for _, piece := range pieces {
		if _, err := io.WriteString(p, piece); err != nil {
			t.Fatal(err)
		}
	}
	response, err := http.ReadResponse(p.in, nil)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return reply{response.StatusCode, response.Header, string(text)}, err
}

const health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"

func testEdgeOfHeaderTime(t *testing.T) {
	within := serve(t, Timeouts{Header: time.Minute})
	if got, err := within.connect(t).ask(t, health[:10], health[10:]); err != nil || got.status != http.StatusOK {
		t.Errorf("within the limit: %d, %v", got.status, err)
	}
	// Beyond: TestTrickledHeader.
}

func testEdgeOfReadTime(t *testing.T) {
	body := document("{hello}")
	head := fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: %s\r\nContent-Length: %d\r\n\r\n", typeResponse, len(body))
	within := serve(t, Timeouts{Read: time.Minute})
	if got, err := within.connect(t).ask(t, head, body[:5], body[5:]); err != nil || got.status != http.StatusOK {
		t.Errorf("within the limit: %d %s, %v", got.status, got.body, err)
	}
	late := serve(t, Timeouts{Read: 100 * time.Millisecond})
	got, err := late.connect(t).ask(t, head, body[:5])
	if err != nil {
		t.Fatal(err)
	}
	checkRefused(t, got, http.StatusRequestTimeout, codeOf(t, "read-time"), "100ms")
}

func testEdgeOfIdleTime(t *testing.T) {
	within := serve(t, Timeouts{Idle: time.Minute}).connect(t)
	for range 2 {
		if got, err := within.ask(t, health); err != nil || got.status != http.StatusOK {
			t.Errorf("within the limit: %d, %v", got.status, err)
		}
	}
	late := serve(t, Timeouts{Idle: 50 * time.Millisecond}).connect(t)
	if got, err := late.ask(t, health); err != nil || got.status != http.StatusOK {
		t.Fatalf("the first request: %d, %v", got.status, err)
	}
	if rest, err := io.ReadAll(late.in); err != nil || len(rest) > 0 {
		t.Errorf("beyond the limit: %q, %v; want the connection closed", rest, err)
	}
}
