package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/ententegraph/entente/internal/server"
	"github.com/ententegraph/entente/internal/telemetry"
)

// watching is how somebody watches over a server.
type watching struct {
	LogFormat string        // text or json; "" is text on a terminal, else JSON
	Slow      time.Duration // from which on an operation is logged as slow; 0 is never
	Drain     time.Duration // for how long it is not ready before it stops
	Debug     string        // host:port of this machine where pprof listens; "" is nowhere
}

const watchingUsage = `  --log-format FORMAT    text, or json, an object a line. Default: text on a terminal, else json
  --slow DURATION        log operations that take longer; 0 is none. Default 1s
  --drain DURATION       once told to stop, say for so long that it is not ready, and answer as before. Default 0s
  --debug-listen ADDR    where Go's pprof and /metrics listen too, such as 127.0.0.1:6060: on this machine alone.
                         Default: nowhere
`

// register reads the variables and defines the flags that outdo them.
func (w *watching) register(f *flag.FlagSet, getenv func(string) string) error {
	w.LogFormat, w.Debug, w.Slow = getenv("ENTENTE_LOG_FORMAT"), getenv("ENTENTE_DEBUG_LISTEN"), time.Second
	for _, d := range []struct {
		variable string
		to       *time.Duration
	}{{"ENTENTE_SLOW", &w.Slow}, {"ENTENTE_DRAIN", &w.Drain}} {
		if text := getenv(d.variable); text != "" {
			var err error
			if *d.to, err = time.ParseDuration(text); err != nil {
				return fmt.Errorf("%s is %q: %s", d.variable, text, takesDuration)
			}
		}
	}
	f.StringVar(&w.LogFormat, "log-format", w.LogFormat, "")
	f.DurationVar(&w.Slow, "slow", w.Slow, "")
	f.DurationVar(&w.Drain, "drain", w.Drain, "")
	f.StringVar(&w.Debug, "debug-listen", w.Debug, "")
	return nil
}

func (w *watching) check() error {
	switch {
	case w.LogFormat != "" && w.LogFormat != "text" && w.LogFormat != "json":
		return fmt.Errorf("there is no log format %q: write text or json", w.LogFormat)
	case w.Slow < 0 || w.Drain < 0:
		return errors.New("--slow and --drain are durations of 0s or more, such as 500ms or 2s")
	case w.Debug == "":
		return nil
	}
	address, err := net.ResolveTCPAddr("tcp", w.Debug)
	if err != nil {
		return fmt.Errorf("pprof can't listen on %q: write an address and a port, such as 127.0.0.1:6060", w.Debug)
	}
	if !address.IP.IsLoopback() {
		return fmt.Errorf("other machines could reach %s, and pprof shows what is in memory: write 127.0.0.1:%d", w.Debug, address.Port)
	}
	return nil
}

// log is where a server writes what happens.
func (w *watching) log(p *program) *slog.Logger {
	_, onTerminal := terminalWidth(p.stderr)
	return telemetry.NewLog(p.stderr, cmp.Or(w.LogFormat, map[bool]string{true: "text", false: "json"}[onTerminal]) == "json")
}

// telemetryOf makes what takes a server's figures, and its traces where OTEL_… variables say where they go.
func telemetryOf(ctx context.Context, p *program, log *slog.Logger) (*telemetry.Telemetry, error) {
	exporter, err := telemetry.ExporterFromEnv(ctx, p.getenv)
	if err != nil {
		return nil, err
	}
	return telemetry.New(exporter, buildVersion(), log)
}

// debug serves pprof and the figures, and gives what ends that.
func (w *watching) debug(ctx context.Context, p *program, t *telemetry.Telemetry, log *slog.Logger) (end func(), err error) {
	if w.Debug == "" {
		return func() {}, nil
	}
	listener, err := listen(ctx, w.Debug)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(p.stdout, "  pprof     %[1]s/debug/pprof/\n  metrics   %[1]s/metrics\n\n", baseURL(listener.Addr()))
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		// A profile is sent when it has been taken, which takes as long as it was asked for; nobody waits for one in the end.
		if err := server.Serve(ctx, listener, server.Debug(t), log, server.Timeouts{Write: 10 * time.Minute, Stop: time.Second}); err != nil {
			log.Warn("pprof ended", "error", err)
		}
	}()
	return func() { stop(); <-ended }, nil
}
