package bench

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// latencies are times that answers took.
type latencies []time.Duration

// of gives the time within which so many of a hundred came.
func (l latencies) of(hundred int) time.Duration {
	if len(l) == 0 {
		return 0
	}
	slices.Sort(l)
	return l[min(len(l)*hundred/100, len(l)-1)]
}

// client is one connection, with what came of its requests.
type client struct {
	*connection
	spell
	due time.Time // of the request under way
}

// note counts an answer.
func (c *client) note(status int, again bool) {
	switch status {
	case http.StatusOK:
		c.served++
		c.took = append(c.took, time.Since(c.due))
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		c.refused++
		if !again {
			c.silent++
		}
	default:
		c.failed++
	}
}

// closed lets clients ask for a while, each again once it is answered.
func (s *program) closed(requests [][]byte, clients int, lasts time.Duration) (*spell, error) {
	return s.during(func(got *spell) error {
		var asking sync.WaitGroup
		var mu sync.Mutex
		var failed error
		end := time.Now().Add(lasts)
		for k := range clients {
			connection, err := dial(s.address)
			if err != nil {
				return err
			}
			asking.Go(func() {
				defer connection.Close()
				c := &client{connection: connection}
				var err error
				for i := k * 31; err == nil; i++ {
					if c.due = time.Now(); c.due.After(end) {
						break
					}
					if err = c.send(requests[i%len(requests)]); err != nil {
						break
					}
					var status int
					var again bool
					status, again, err = c.receive()
					c.note(status, again)
				}
				mu.Lock()
				defer mu.Unlock()
				got.add(&c.spell)
				if err != nil {
					failed = err
				}
			})
		}
		asking.Wait()
		return failed
	})
}

// mostOpen is how many requests may be under way. The server takes a thousand.
const mostOpen = 3000

// open sends so many requests a second for a while, whatever becomes of them. A request takes a connection on which none is under
// way, or a new one. How long an answer took counts from when its request was due.
func (s *program) open(requests [][]byte, perSecond float64, lasts time.Duration) (*spell, error) {
	return s.during(func(got *spell) error {
		var asking sync.WaitGroup
		var mu sync.Mutex
		free := make(chan *client, mostOpen)
		var all []*client
		lost := 0
		began := time.Now()
		sent := 0
		for now := began; now.Sub(began) < lasts; now = time.Now() {
			for due := int(now.Sub(began).Seconds() * perSecond); sent < due; sent++ {
				var c *client
				select {
				case c = <-free:
				default:
					if len(all) == mostOpen {
						got.unsent++
						continue
					}
					connection, err := dial(s.address)
					if err != nil {
						return err
					}
					c = &client{connection: connection}
					all = append(all, c)
					asking.Go(func() {
						for {
							status, again, err := c.receive()
							if err != nil {
								mu.Lock()
								lost++
								mu.Unlock()
								return
							}
							c.note(status, again)
							free <- c
						}
					})
				}
				c.due = began.Add(time.Duration(float64(sent) / perSecond * float64(time.Second)))
				if err := c.send(requests[sent%len(requests)]); err != nil {
					return err
				}
			}
			time.Sleep(time.Millisecond)
		}
		for range len(all) { // the last answers
			select {
			case <-free:
			case <-time.After(5 * time.Second):
				return fmt.Errorf("of %d requests one was not answered within 5 s, %d connections were lost", sent, lost)
			}
		}
		for _, c := range all {
			c.Close()
		}
		asking.Wait()
		for _, c := range all {
			got.add(&c.spell)
		}
		return nil
	})
}
