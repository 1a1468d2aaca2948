package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/ententegraph/entente/internal/demo"
)

// BenchmarkOverload offers the program, in a process of its own, four times what saturates it. Closed clients, which ask again
// when they are answered, find what it serves at most and how many of them it takes; then requests arrive at four times that
// rate, whatever becomes of those before. Both take turns.
//
// Whoever makes the load uses the same cores. So what is served is told by a second of the server's own time too, which is all that
// the machine has left it: what it loses there, it loses to the requests that it refuses.
func BenchmarkOverload(b *testing.B) {
	ctx := b.Context()
	path := benchStore(ctx, b, 150_000)
	// One core is enough to make the load, and leaves the server the other.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, load := range []struct {
		name  string
		parts []part
	}{
		{"nested", []part{{"nested", 1}}},
		{"a mix", []part{{"nested", 10}, {"list", 4}, {"filter", 4}, {"path", 2}, {"facets", 1}, {"neighbourhood", 1}}},
	} {
		b.Run(load.name, func(b *testing.B) {
			s, err := startProgram(b, path)
			if err != nil {
				b.Fatal(err)
			}
			requests, err := s.requests(ctx, load.parts)
			if err == nil {
				err = s.overload(load.name, requests)
			}
			if err != nil {
				b.Fatal(err)
			}
		})
	}
}

// part is a question of pairs, and how many of so many requests ask it. The nested question is the demo's.
type part struct {
	name string
	of   int
}

// program is `entente serve`, in a process of its own.
type program struct {
	cmd     *exec.Cmd
	address string
}

func startProgram(b *testing.B, store string) (*program, error) {
	binary := filepath.Join(b.TempDir(), "entente")
	build := exec.Command("go", "build", "-trimpath", "-o", binary, "../../cmd/entente")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the program: %w\n%s", err, out)
	}
	s := &program{cmd: exec.Command(binary, "serve", "--listen", "127.0.0.1:0", "--store", store)}
	log, err := os.Create(filepath.Join(b.TempDir(), "log")) // it writes a log as any server does
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s.cmd.Stderr = log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	b.Cleanup(s.stop)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, address, ok := strings.Cut(lines.Text(), "GraphQL   http://"); ok {
			s.address = strings.TrimSuffix(address, "/graphql")
		}
		if strings.HasPrefix(lines.Text(), "Ready") {
			return s, nil
		}
	}
	return nil, fmt.Errorf("the program did not say that it is ready")
}

func (s *program) stop() {
	_ = s.cmd.Process.Kill() // it may have ended
	_ = s.cmd.Wait()
}

// requests are what clients send, in turn.
func (s *program) requests(ctx context.Context, parts []part) ([][]byte, error) {
	var sample sample
	for _, of := range []struct {
		query string
		into  *[]string
	}{
		{`{ cities(first: 100, orderBy: [{field: POPULATION, direction: DESC}]) { nodes { id } } }`, &sample.cities},
		{`{ companies(first: 100) { nodes { id } } }`, &sample.companies},
	} {
		response, err := http.Post("http://"+s.address+"/graphql", "application/json", bytes.NewReader(asJSON(of.query, nil)))
		if err != nil {
			return nil, err
		}
		var answer struct {
			Data map[string]struct{ Nodes []struct{ ID string } }
		}
		err = json.NewDecoder(response.Body).Decode(&answer)
		response.Body.Close()
		if err != nil {
			return nil, err
		}
		for _, list := range answer.Data {
			for _, node := range list.Nodes {
				*of.into = append(*of.into, node.ID)
			}
		}
		if len(*of.into) == 0 {
			return nil, fmt.Errorf("nothing was found by %s", of.query)
		}
	}
	asked := map[string]pair{}
	for _, p := range pairs {
		asked[p.name] = p
	}
	for _, q := range demo.Questions() {
		if q.Name == "02-nested" {
			asked["nested"] = pair{graphql: q.Query, vars: oneCity}
		}
	}
	var requests [][]byte
	for i := range 100 {
		for _, part := range parts {
			p := asked[part.name]
			for k := range part.of {
				requests = append(requests, requestTo(s.address, p.graphql, p.vars(&sample, i*part.of+k)))
			}
		}
	}
	// One after the other, spread as they would come.
	spread := make([][]byte, len(requests))
	for i := range requests {
		spread[i] = requests[i*7919%len(requests)]
	}
	return spread, nil
}

// spell is what one kind of load came to.
type spell struct {
	served, refused, failed int
	silent                  int // refused without Retry-After
	unsent                  int // had no connection to go by
	took                    latencies
	health                  latencies
	seconds                 float64
	server, client          time.Duration // of processors
	resident                int           // the most bytes, of the server
}

func (s *spell) perSecond() float64 { return float64(s.served) / s.seconds }

// perServerSecond is what was served by a second of the server's time on one core.
func (s *spell) perServerSecond() float64 { return float64(s.served) / s.server.Seconds() }

func (s *spell) add(o *spell) {
	s.served += o.served
	s.refused += o.refused
	s.failed += o.failed
	s.silent += o.silent
	s.unsent += o.unsent
	s.took = append(s.took, o.took...)
	s.health = append(s.health, o.health...)
	s.seconds += o.seconds
	s.server += o.server
	s.client += o.client
	s.resident = max(s.resident, o.resident)
}

// overload measures and writes a table.
func (s *program) overload(name string, requests [][]byte) error {
	const each, turns, times = 3 * time.Second, 3, 4
	if _, err := s.closed(requests, 16, each); err != nil { // it is warm
		return err
	}
	before, err := s.resident()
	if err != nil {
		return err
	}
	const tried = 7 // numbers of clients: 1, 2, 4 to 64
	var served []float64
	for n := range tried {
		got, err := s.closed(requests, 1<<n, each/2)
		if err != nil {
			return err
		}
		served = append(served, got.perSecond())
	}
	clients := 1 << slices.Index(served, slices.Max(served))
	var saturated, over spell
	for range turns {
		got, err := s.closed(requests, clients, each)
		if err != nil {
			return err
		}
		saturated.add(got)
		if got, err = s.open(requests, times*got.perSecond(), each); err != nil {
			return err
		}
		over.add(got)
	}
	time.Sleep(2 * time.Second)
	after, err := s.resident()
	if err != nil {
		return err
	}
	fmt.Printf("\n%s: %d closed clients get the most of it; memory %d MB before, %d MB at most, %d MB two seconds after\n",
		name, clients, before>>20, max(saturated.resident, over.resident)>>20, after>>20)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "load\toffered/s\tserved/s\tby its own second\trefused\tno Retry-After\tfailed\tunsent\tp50\tp99\thealth p99\tmax\tserver\tload maker\t")
	for _, of := range []struct {
		name string
		*spell
	}{{"saturated", &saturated}, {"four times", &over}} {
		all := of.served + of.refused + of.failed + of.unsent
		fmt.Fprintf(w, "%s\t%.0f\t%.0f\t%.0f\t%.1f %%\t%d\t%d\t%d\t%s\t%s\t%s\t%s\t%.2f cores\t%.2f cores\t\n", of.name, float64(all)/of.seconds, of.perSecond(), of.perServerSecond(),
			100*float64(of.refused)/float64(all), of.silent, of.failed, of.unsent, ms(of.took.of(50)), ms(of.took.of(99)), ms(of.health.of(99)), ms(of.health.of(100)),
			of.server.Seconds()/of.seconds, of.client.Seconds()/of.seconds)
	}
	w.Flush()
	fmt.Printf("at four times the load it serves %.2f of what it serves at most, %.2f by its own time\n", over.perSecond()/saturated.perSecond(), over.perServerSecond()/saturated.perServerSecond())
	return nil
}

// resident is how much memory the server has, in bytes.
func (s *program) resident() (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	kilobytes := 0
	_, after, _ := bytes.Cut(status, []byte("VmRSS:"))
	_, err = fmt.Fscan(bytes.NewReader(after), &kilobytes)
	return kilobytes << 10, err
}

// processors is how long the server has been on a core, in all.
func (s *program) processors() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	const tick = time.Second / 100
	_, after, _ := bytes.Cut(stat, []byte(") ")) // the third field begins
	fields := strings.Fields(string(after))
	user, err := strconv.Atoi(fields[14-3])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[15-3])
	return time.Duration(user+system) * tick, err
}

// own is how long this process has been on a core.
func own() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // there is always an answer
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// during measures what else there is to a load: whether the server says all the while that it lives, its memory, and processors.
func (s *program) during(load func(*spell) error) (*spell, error) {
	got := &spell{}
	server, err := s.processors()
	if err != nil {
		return nil, err
	}
	client, began := own(), time.Now()
	over, probed := make(chan struct{}), make(chan error, 1)
	go func() { probed <- s.probe(got, over) }()
	err = load(got)
	got.seconds = time.Since(began).Seconds()
	close(over)
	if failed := <-probed; err == nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	got.client = own() - client
	ended, err := s.processors()
	got.server = ended - server
	return got, err
}

// probe asks fifty times a second whether the server lives.
func (s *program) probe(into *spell, over <-chan struct{}) error {
	c, err := dial(s.address)
	if err != nil {
		return err
	}
	defer c.Close()
	request := []byte("GET /healthz HTTP/1.1\r\nHost: " + s.address + "\r\n\r\n")
	for next := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-over:
			next.Stop()
			return nil
		case <-next.C:
		}
		began := time.Now()
		if err := c.send(request); err != nil {
			return err
		}
		if status, _, err := c.receive(); err != nil || status != http.StatusOK {
			return fmt.Errorf("/healthz answered %d, %w", status, err)
		}
		into.health = append(into.health, time.Since(began))
		bytes, err := s.resident()
		if err != nil {
			return err
		}
		into.resident = max(into.resident, bytes)
	}
}
