package server

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// serving is a server started by Serve, as the program does.
type serving struct {
	schema *schema
	url    string
	stop   context.CancelFunc
	ended  chan error
}

func serve(t *testing.T, timeouts Timeouts) *serving {
	t.Helper()
	s := &serving{schema: newSchema(t), ended: make(chan error, 1)}
	handler, err := New(Options{
		Schema: s.schema, GraphiQL: http.NotFoundHandler(), Timeouts: timeouts,
		Ready: func(context.Context) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + listener.Addr().String()
	var ctx context.Context
	ctx, s.stop = context.WithCancel(t.Context())
	go func() { s.ended <- Serve(ctx, listener, handler, slog.New(slog.DiscardHandler), timeouts) }()
	t.Cleanup(func() {
		s.stop()
		select {
		case <-s.ended:
		case <-time.After(10 * time.Second):
			t.Error("the server does not stop")
		}
	})
	return s
}

// wait sends a request that is in flight when wait returns, and hands back where
// its answer will arrive; "" is none.
func (s *serving) wait(t *testing.T) <-chan string {
	t.Helper()
	answer := make(chan string, 1)
	go func() {
		defer close(answer)
		response, err := http.Post(s.url+pathGraphQL, typeJSON, strings.NewReader(`{"query":"{wait}"}`))
		if err != nil {
			return
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err == nil {
			answer <- string(text)
		}
	}()
	<-s.schema.waiting
	return answer
}

const waited = `{"data":{"wait":"done"},"extensions":{"cost":1}}`

func TestStopFinishesWhatIsInFlight(t *testing.T) {
	s := serve(t, Timeouts{})
	answer := s.wait(t)
	s.stop()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			break // new ones are refused
		}
		connection.Close()
		if time.Now().After(end) {
			t.Fatal("new connections are still taken")
		}
	}
	close(s.schema.release)
	if got := <-answer; got != waited {
		t.Errorf("the request in flight got %q, want %q", got, waited)
	}
	err := <-s.ended
	s.ended <- nil // for the cleanup
	if err != nil {
		t.Errorf("Serve = %v, want nil", err)
	}
}

func TestStopHasAnEnd(t *testing.T) {
	s := serve(t, Timeouts{Stop: 50 * time.Millisecond, Request: time.Minute})
	answer := s.wait(t)
	s.stop()
	err := <-s.ended
	s.ended <- nil
	if err == nil || !strings.Contains(err.Error(), "still running") {
		t.Errorf("Serve = %v, want that it cut requests off", err)
	}
	if got := <-answer; got == waited {
		t.Errorf("the request in flight got %q", got)
	}
}

// TestTrickledHeader: a peer who sends a header byte by byte is cut off.
func TestTrickledHeader(t *testing.T) {
	s := serve(t, Timeouts{Header: 100 * time.Millisecond})
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	go func() {
		for {
			if _, err := connection.Write([]byte("G")); err != nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	_ = connection.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.ReadAll(connection); isTimeout(err) {
		t.Error("the connection is still open after 5 s")
	}
}

func isTimeout(err error) bool {
	network, ok := err.(net.Error)
	return ok && network.Timeout()
}

// TestTrickledBody: a body that doesn't arrive is answered, and not waited for.
func TestTrickledBody(t *testing.T) {
	s := serve(t, Timeouts{Read: 100 * time.Millisecond})
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	_, _ = io.WriteString(connection, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
	_ = connection.SetReadDeadline(time.Now().Add(5 * time.Second))
	text, err := io.ReadAll(connection)
	if isTimeout(err) || !strings.HasPrefix(string(text), "HTTP/1.1 408 ") {
		t.Errorf("got %q, %v; want a 408", text, err)
	}
}

// TestOperationOutlivesReadTimeout: the time to send a request does not count for
// the operation.
func TestOperationOutlivesReadTimeout(t *testing.T) {
	s := serve(t, Timeouts{Read: 100 * time.Millisecond, Request: time.Minute})
	answer := s.wait(t)
	time.Sleep(300 * time.Millisecond)
	close(s.schema.release)
	if got := <-answer; got != waited {
		t.Errorf("got %q, want %q", got, waited)
	}
}

func TestLongHeaderIsRefused(t *testing.T) {
	s := serve(t, Timeouts{})
	response, err := http.Get(s.url + pathGraphQL + "?query=" + strings.Repeat("a", 2*maxHeaderBytes))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %d, want 431", response.StatusCode)
	}
}
