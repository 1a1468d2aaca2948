package server

import (
	"context"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/telemetry"
)

// api is /graphql: GraphQL over HTTP by POST and GET, on gqlgen's executor.
//
// gqlgen's own transports are not used. They read a body without a limit, repeat
// it in errors, take forms that any page may send, and answer some refusals with
// statuses and a "data" key that the specification advises against; together that
// is more to work around than to write.
type api struct {
	executor  *executor.Executor
	schema    *ast.Schema
	presenter presenter
	limits    Limits
	timeout   time.Duration
	reading   time.Duration // of a request
	now       func() time.Time
	telemetry *telemetry.Telemetry
	slow      time.Duration
	turns     *turns
	unread    share // bytes of answers that are being written
	persisted *Persisted
}

func newAPI(o Options) *api {
	kept := newDocuments()
	a := unguarded(o, kept)
	o.Telemetry.Cache("documents", kept.texts.Stats)
	a.executor.Use(guard{o.Limits, kept})
	return a
}

// unguarded is the API without the guard, for the benchmark that says what the guard costs.
func unguarded(o Options, kept *documents) *api {
	a := &api{
		executor:  executor.New(o.Schema),
		schema:    o.Schema.Schema(),
		presenter: presenter{o.Log, o.Timeouts.Request},
		limits:    o.Limits,
		timeout:   o.Timeouts.Request,
		reading:   o.Timeouts.Read,
		now:       o.Now,
		telemetry: o.Telemetry,
		slow:      o.Slow,
		turns:     newTurns(o.Limits, o.Timeouts, o.Cores),
		unread:    share{most: int64(o.Limits.AnswerBytes)},
		persisted: o.Persisted,
	}
	a.executor.SetQueryCache(kept)
	a.executor.SetParserTokenLimit(o.Limits.Tokens)
	a.executor.SetDefaultRulesFn(plainRules)
	a.executor.SetDisableSuggestion(true)
	a.executor.SetErrorPresenter(a.presenter.present)
	a.executor.SetRecoverFunc(a.presenter.recover)
	return a
}

// plainRules are gqlparser's rules without "did you mean": comparing a name of
// 32 KB with every name of the schema costs more than all the rest of validation.
// [explainName] says it instead, of few and short names.
// The executor does the same for the two rules that are missing here. It changes
// what it gets, so each call makes a new set.
func plainRules() *rules.Rules {
	set := rules.NewDefaultRules()
	set.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	set.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	set.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return set
}

// ServeHTTP implements http.Handler.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	params, refused := a.read(w, r, "GraphQL is asked by POST, or by GET for queries.")
	mediaType := negotiate(r.Header.Get("Accept"))
	if refused != nil {
		refuseAsJSON(w, mediaType, refused)
		return
	}
	// The request is read, but its deadline for that goes on, and net/http
	// cancels the context when it passes: put it behind the operation's own. Only
	// a recorder in a test has none to put off.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(a.turns.wait + a.timeout + time.Second))

	response, refused := a.answer(r.Context(), params, r.Method == http.MethodGet, 0)
	leaveSpoiled(w, r)
	if refused != nil {
		if refused.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "POST")
		}
		refuseAsJSON(w, mediaType, refused)
		return
	}
	// Whoever reads slowly keeps an answer in memory for as long, and nothing else.
	size := len(response.Data)
	if !a.unread.take(size) {
		refuseAsJSON(w, mediaType, overloaded(a.limits.AnswerBytes, "Answers of %d bytes are waiting to be read already. Try again in a moment."))
		return
	}
	defer a.unread.giveBack(size)
	if err := writeAnswer(w, statusOf(response, mediaType), mediaType, response); err != nil {
		panic(err) // an extension that is not JSON: a fault of the program
	}
}

// leaveSpoiled ends a connection with this answer where an operation did not heed its context, so that the deadline for reading has
// passed, and net/http has ended all that is still asked by it.
func leaveSpoiled(w http.ResponseWriter, r *http.Request) {
	if r.Context().Err() != nil {
		w.Header().Set("Connection", "close")
	}
}

// read reads what a request asks, with the document that it names in place of the name. wrongMethod says how the address is asked.
func (a *api) read(w http.ResponseWriter, r *http.Request, wrongMethod string) (*graphql.RawParams, *badRequest) {
	var params *request
	var refused *badRequest
	switch r.Method {
	case http.MethodPost:
		params, refused = a.fromPost(w, r)
	case http.MethodGet:
		params, refused = fromGet(r)
	default:
		w.Header().Set("Allow", "GET, POST")
		refused = &badRequest{status: http.StatusMethodNotAllowed, code: codeMethodNotAllowed, sentence: wrongMethod}
	}
	if refused == nil {
		refused = a.persisted.resolve(params)
	}
	if refused != nil {
		return nil, refused
	}
	return &params.RawParams, nil
}

// answer answers one request when it is its turn, for which it may have patience, and charges its caller. The turn ends before
// the answer is written: how long that takes is up to whoever reads it.
func (a *api) answer(ctx context.Context, params *graphql.RawParams, onlyQueries bool, patience time.Duration) (response *graphql.Response, refused *badRequest) {
	ctx, observed := a.observe(ctx)
	defer func() {
		if refused != nil {
			observed(params.Query, refused.answer())
		} else {
			observed(params.Query, response)
		}
	}()
	end, refused := a.turns.take(ctx, patience)
	if refused != nil {
		return nil, refused
	}
	defer end()
	began := a.now()
	defer func() { callerOf(ctx).chargeTime(a.now().Sub(began)) }()
	ctx, cancel := context.WithTimeout(graphql.StartOperationTrace(ctx), a.timeout)
	defer cancel()
	if response, refused = a.run(ctx, params, onlyQueries); refused != nil {
		return nil, refused
	}
	if cost, ok := response.Extensions["cost"].(kg.Cost); ok {
		callerOf(ctx).chargeNodes(cost.Requested)
	}
	response.Errors = a.presenter.presentAll(ctx, response, a.limits.Errors)
	return response, nil
}

// prepare reads and validates an operation, or says why it can't be run.
func (a *api) prepare(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	operation, errs := a.executor.CreateOperationContext(ctx, params)
	// There may be a thousand; what isn't shown needn't be presented.
	errs = errs[:min(len(errs), a.limits.Errors)]
	explain(errs, a.schema, operation, params.Variables)
	return operation, errs
}

// run executes one operation. Its panics become errors here, so that they are
// answered as JSON.
func (a *api) run(ctx context.Context, params *graphql.RawParams, onlyQueries bool) (response *graphql.Response, refused *badRequest) {
	defer func() {
		if cause := recover(); cause != nil {
			response = &graphql.Response{Errors: gqlerror.List{a.presenter.present(ctx, a.presenter.recover(ctx, cause))}}
		}
	}()
	operation, errs := a.prepare(ctx, params)
	if len(errs) > 0 {
		return a.executor.DispatchError(graphql.WithOperationContext(ctx, operation), errs), nil
	}
	noteOperation(ctx, operation.Operation)
	if onlyQueries && operation.Operation.Operation != ast.Query {
		return nil, &badRequest{status: http.StatusMethodNotAllowed, code: codeMethodNotAllowed, sentence: "A GET asks queries only; send this operation by POST."}
	}
	if operation.Operation.Operation != ast.Query && callerOf(ctx).role != Writer {
		return nil, &badRequest{status: http.StatusForbidden, code: codeForbidden, sentence: "You may read the graph and not change it: that takes a token of the role writer."}
	}
	answers, ctx := a.executor.DispatchOperation(ctx, operation)
	if response = answers(ctx); response == nil { // gqlgen's way of saying that ctx has ended
		response = &graphql.Response{Errors: gqlerror.List{gqlerror.Wrap(ctx.Err())}}
	}
	if response.Data == nil { // the schema is stricter about variables than gqlparser
		explain(response.Errors, a.schema, operation, params.Variables)
	}
	return response, nil
}

// refuseAsJSON answers what is no GraphQL request in the form of a GraphQL answer.
func refuseAsJSON(w http.ResponseWriter, mediaType string, refused *badRequest) {
	answer := refused.answer()
	refused.writeHeader(w.Header())
	status := refused.status
	if status == 0 {
		status = statusOf(answer, mediaType)
	}
	if err := writeAnswer(w, status, mediaType, answer); err != nil {
		panic(err)
	}
}

// answer is a refusal in the form of a GraphQL answer.
func (r *badRequest) answer() *graphql.Response {
	extensions := map[string]any{"code": r.code}
	if r.limit != nil {
		extensions["limit"] = r.limit
	}
	return &graphql.Response{Errors: gqlerror.List{{Message: r.sentence, Extensions: extensions}}}
}

// refuseWhere answers in the form that fits the address: what is asked of /graphql and
// /export is read by programs, which want JSON and a code.
func refuseWhere(w http.ResponseWriter, r *http.Request, refused *badRequest) {
	if r.URL.Path == pathGraphQL || r.URL.Path == pathExport {
		refuseAsJSON(w, negotiate(r.Header.Get("Accept")), refused)
		return
	}
	refused.writeHeader(w.Header())
	say(w, refused.status, refused.sentence)
}
