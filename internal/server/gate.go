package server

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/telemetry"
)

// The codes of requests that are refused for who sends them, or for how many there are.
const (
	codeUnauthenticated = "UNAUTHENTICATED"
	codeForbidden       = "FORBIDDEN"
	codeRateLimited     = "RATE_LIMITED"
	codeOverloaded      = "OVERLOADED"
)

// caller is who sends a request.
type caller struct {
	role    Role
	*client // nil where nobody tells clients apart
}

type callerKey struct{}

// callerOf gives the caller of the request that ctx belongs to. Outside of a gate that is somebody who may do nothing.
func callerOf(ctx context.Context) *caller {
	if c, ok := ctx.Value(callerKey{}).(*caller); ok {
		return c
	}
	return &caller{}
}

// AsProgram marks a request that the program makes of itself, which needs no token and has no bound. No client can say so.
func AsProgram(ctx context.Context) context.Context {
	return context.WithValue(ctx, callerKey{}, &caller{role: Writer})
}

// gate stands before all addresses but those that probes ask, which must be answered whatever else goes on. Whoever is let through has a
// token where one is needed, keeps to the rate, and is one of so many at a time.
type gate struct {
	next      http.Handler
	tokens    *Tokens // nil: there are none
	public    bool    // whoever has no token may read
	addresses addresses
	rates     *rates
	open      share // requests
	noted     *refusals
	log       *slog.Logger
	telemetry *telemetry.Telemetry
	unnamed   sync.Once // says that a proxy is not named
}

func newGate(next http.Handler, noted *refusals, o Options) (*gate, error) {
	addresses, err := newAddresses(o.TrustedProxies)
	if err != nil {
		return nil, err
	}
	return &gate{
		next: next, tokens: o.Tokens, public: o.PublicRead, addresses: addresses,
		rates: newRates(o.Limits, o.Now), open: share{most: int64(o.Limits.Requests)}, noted: noted, log: o.Log, telemetry: o.Telemetry,
	}, nil
}

// refuse lets a request that is too much wait and go no further than here, and tells the access log and the metrics why.
func (g *gate) refuse(w http.ResponseWriter, r *http.Request, refused *badRequest) {
	noteCode(r.Context(), refused.code)
	if r.URL.Path == pathGraphQL || r.URL.Path == pathExport {
		g.telemetry.RefusedOperation(refused.code)
	}
	leaveSeat(r.Context()) // others can use it meanwhile
	g.noted.delay(r, new(line))
	refuseWhere(w, r, refused)
}

// ServeHTTP implements http.Handler.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, program := r.Context().Value(callerKey{}).(*caller)
	if program || r.URL.Path == pathHealth || r.URL.Path == pathReady {
		g.next.ServeHTTP(w, r)
		return
	}
	name, role, refused := g.identify(r)
	client := "token " + name
	if name == "" {
		client = "address " + g.addresses.client(r)
	} else {
		nameCaller(r.Context(), name)
	}
	who := &caller{role, g.rates.of(client)}
	if wait, ok := who.take(); !ok {
		if name == "" && g.addresses.unnamedProxy(r) {
			g.unnamed.Do(func() {
				g.log.WarnContext(r.Context(), "refused for its rate, what seems to come by a proxy that is not named: all of its clients count as one; name it by --trusted-proxy",
					"id", requestID(r.Context()), "address", r.RemoteAddr)
			})
		}
		g.refuse(w, r, &badRequest{status: http.StatusTooManyRequests, code: codeRateLimited, limit: int(g.rates.perSecond), retryAfter: wait,
			sentence: fmt.Sprintf("You may send %.0f requests a second, and %.0f at once after a while; each %d nodes that an operation asks for by its page sizes count as one more, and each %d ms that it takes. Wait as long as Retry-After says.",
				g.rates.perSecond, g.rates.burst, nodesPerRequest, timePerRequest.Milliseconds())})
		return
	}
	if refused != nil {
		refuseWhere(w, r, refused)
		return
	}
	if !g.open.take(1) {
		g.refuse(w, r, overloaded(int(g.open.most), "The server is answering %d requests already. Try again in a moment."))
		return
	}
	defer g.open.giveBack(1)
	g.next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, who)))
}

// identify says who sends a request, by the name of their token; "" is somebody without one.
func (g *gate) identify(r *http.Request) (name string, role Role, refused *badRequest) {
	given := r.Header.Get("Authorization")
	switch {
	case g.public && r.URL.Path == pathMetrics && (g.tokens == nil || given == ""): // they tell an attacker whether he succeeds
		return "", "", unauthenticated("The server's figures are not public: ask with a token of its --tokens-file, or at its --debug-listen.")
	case g.tokens == nil && g.public:
		return "", Reader, nil
	case g.tokens == nil: // it listens to this machine alone
		return "", Writer, nil
	}
	if given == "" {
		if g.public || isPage(r.URL.Path) {
			return "", Reader, nil
		}
		return "", "", unauthenticated(`This server asks for a token: send it as the header "Authorization: Bearer TOKEN". In GraphiQL, write {"Authorization": "Bearer TOKEN"} under Headers.`)
	}
	scheme, secret, _ := strings.Cut(given, " ")
	wrong := &badRequest{status: http.StatusUnauthorized, code: codeUnauthenticated, challenge: `Bearer realm="entente", error="invalid_token"`}
	if !strings.EqualFold(scheme, "Bearer") {
		wrong.sentence = `The header Authorization is not "Bearer TOKEN".`
		return "", "", wrong
	}
	token, ok := g.tokens.find(strings.TrimSpace(secret))
	switch {
	case !ok:
		wrong.sentence = "This token is not known here; it may have been withdrawn. Ask whoever runs the server for another."
	case !g.tokens.now().Before(token.Expires):
		wrong.sentence = "This token has expired. Ask whoever runs the server for another."
	default:
		return token.Name, token.Role, nil
	}
	return "", "", wrong
}

// unauthenticated refuses whoever has no token.
func unauthenticated(sentence string) *badRequest {
	return &badRequest{status: http.StatusUnauthorized, code: codeUnauthenticated, challenge: `Bearer realm="entente"`, sentence: sentence}
}

// isPage says whether an address holds what anybody may see: GraphiQL, which shows nothing of the graph until it is given a token.
func isPage(path string) bool {
	return path == "/" || path == pathPlayground || path == pathGraphiQL || strings.HasPrefix(path, pathGraphiQL+"/")
}

// overloaded refuses what can't be served now. The sentence takes the limit.
func overloaded(limit int, sentence string) *badRequest {
	return &badRequest{status: http.StatusServiceUnavailable, code: codeOverloaded, limit: limit, retryAfter: time.Second,
		sentence: fmt.Sprintf(sentence, limit)}
}

// writeHeader sets the headers of a refusal.
func (e *badRequest) writeHeader(header http.Header) {
	if e.retryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(int(math.Ceil(e.retryAfter.Seconds()))))
	}
	if e.challenge != "" {
		header.Set("WWW-Authenticate", e.challenge)
	}
}
