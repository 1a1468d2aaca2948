package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// maxHeaderBytes bounds a request's line and headers. A query of 20 KB still fits
// into a GET; a longer one is a POST.
const maxHeaderBytes = 64 << 10

// Timeouts bounds how long a connection may take over each step: net/http sets no
// bound, so that a peer who sends a byte a minute holds a connection for ever. A
// zero field means its default.
type Timeouts struct {
	// Request is what an operation may take, from the moment it is read. Default 10 s.
	Request time.Duration
	// Wait is what an operation may wait for its turn, where others are
	// running. Default 1 s.
	Wait time.Duration
	// Refusal is how long a request waits until it is refused for who asks too
	// much, or since too many ask. Default 1 s.
	Refusal time.Duration
	// Header is what a request's line and headers may take. Default 5 s.
	Header time.Duration
	// Read is what a whole request may take to arrive. Default 15 s.
	Read time.Duration
	// Write is what a request may take from its header to the last byte of
	// the answer. Default Read, Wait and Request and half a minute for sending.
	Write time.Duration
	// Idle is how long a connection may wait for its next request. Default 60 s.
	Idle time.Duration
	// Drain is how long a server that is told to stop goes on as before, but for
	// saying that it is not ready, so that whoever sends it requests can turn
	// elsewhere. Default: not at all.
	Drain time.Duration
	// Stop is how long requests in flight may go on when the server stops.
	// Default Wait, Request and 5 s.
	Stop time.Duration
}

func (t Timeouts) withDefaults() Timeouts {
	t.Request = cmp.Or(t.Request, 10*time.Second)
	t.Wait = cmp.Or(t.Wait, time.Second)
	t.Refusal = cmp.Or(t.Refusal, time.Second)
	t.Header = cmp.Or(t.Header, 5*time.Second)
	t.Read = cmp.Or(t.Read, 15*time.Second)
	t.Write = cmp.Or(t.Write, t.Read+t.Wait+t.Request+30*time.Second)
	t.Idle = cmp.Or(t.Idle, 60*time.Second)
	t.Stop = cmp.Or(t.Stop, t.Wait+t.Request+5*time.Second)
	return t
}

// Serve answers requests on a listener, which it closes, until ctx ends and for
// t.Drain more. Then it takes no new ones and lets those in flight finish. It returns nil if they all
// did within t.Stop, and otherwise cuts them off and says so. The log, which may
// be nil, gets what net/http complains about. The timeouts are those New was given.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger, t Timeouts) error {
	t = t.withDefaults()
	log = cmp.Or(log, slog.New(slog.DiscardHandler))
	// Requests outlive ctx, for that is what ends when they should finish.
	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: t.Header,
		ReadTimeout:       t.Read,
		WriteTimeout:      t.Write,
		IdleTimeout:       t.Idle,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		// Otherwise net/http answers OPTIONS * by itself, without our headers.
		DisableGeneralOptionsHandler: true,
		BaseContext:                  func(net.Listener) context.Context { return requests },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
	case <-time.After(t.Drain):
	}
	stopping, cancel := context.WithTimeout(requests, t.Stop)
	defer cancel()
	err := server.Shutdown(stopping)
	<-ended
	if errors.Is(err, context.DeadlineExceeded) {
		cut()
		_ = server.Close()
		return fmt.Errorf("stopping: requests were still running after %v", t.Stop)
	}
	return err
}
