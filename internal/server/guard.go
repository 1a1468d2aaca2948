package server

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// The codes of the guard's refusals, in extensions.code. Clients rely on them.
const (
	codeQueryTooLong          = "QUERY_TOO_LONG"
	codeTooManyTokens         = "TOO_MANY_TOKENS"
	codeQueryTooDeep          = "QUERY_TOO_DEEP"
	codeTooManyFields         = "TOO_MANY_FIELDS"
	codeTooManyRepeats        = "TOO_MANY_REPEATS"
	codeTooManyAliases        = "TOO_MANY_ALIASES"
	codeTooManyDirectives     = "TOO_MANY_DIRECTIVES"
	codeTooManyFragments      = "TOO_MANY_FRAGMENTS"
	codeInputTooDeep          = "INPUT_TOO_DEEP"
	codeTooManyIntrospections = "TOO_MANY_INTROSPECTIONS"
	codeIntrospectionTooDeep  = "INTROSPECTION_TOO_DEEP"
)

// guard refuses a document whose validation would be dear. It is a gqlgen
// extension of the earliest kind, so that it comes before validation, whose rule
// about overlapping fields is the dear part, under every transport. Its own
// cost is bounded by Limits alone: it lexes, parses and looks at each node of the
// document once, and expands fragments until Limits.Fields is reached.
type guard struct {
	limits Limits
	passed *documents
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = guard{}

// ExtensionName implements graphql.HandlerExtension.
func (guard) ExtensionName() string { return "Guard" }

// Validate implements graphql.HandlerExtension; the guard fits every schema.
func (guard) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters implements graphql.OperationParameterMutator. It
// changes nothing, it refuses.
func (g guard) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if len(params.Query) > g.limits.QueryBytes {
		return refuse(codeQueryTooLong, g.limits.QueryBytes, nil,
			"The query is longer than %d bytes; move literals into variables, or ask in several queries.")
	}
	for _, value := range params.Variables {
		if deeper(value, g.limits.InputDepth) {
			return refuse(codeInputTooDeep, g.limits.InputDepth, nil,
				"A variable nests lists or objects more than %d deep; flatten it.")
		}
	}
	if doc, ok := g.passed.Get(ctx, params.Query); ok {
		return checkOperation(doc.Operations, params.OperationName)
	}
	source := &ast.Source{Input: params.Query}
	if moreTokens(source, g.limits.Tokens) {
		return refuse(codeTooManyTokens, g.limits.Tokens, nil,
			"The query has more than %d tokens; move literals into variables, or ask in several queries.")
	}
	doc, err := parser.ParseQuery(source) // the tokens are counted
	if err != nil {
		var parseErr *gqlerror.Error
		if !errors.As(err, &parseErr) {
			parseErr = gqlerror.Wrap(err)
		}
		errcode.Set(parseErr, errcode.ParseFailed)
		return parseErr
	}
	m := &measure{limits: g.limits}
	if err := m.document(doc); err != nil {
		return err
	}
	return checkOperation(doc.Operations, params.OperationName)
}

// MutateOperationContext implements graphql.OperationContextMutator. It opens
// introspection, which gqlgen keeps closed until an extension opens it: the schema
// is public, and the guard has seen what was asked of it.
func (guard) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	operation.DisableIntrospection = false
	return nil
}

// moreTokens says whether a text has more than limit tokens. What can't be read
// ends the count: the parser will say what is wrong there.
func moreTokens(source *ast.Source, limit int) bool {
	text := lexer.New(source)
	for range limit + 1 {
		token, err := text.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return false
		}
	}
	return true
}

// deeper says whether lists and objects nest deeper than limit in a value.
func deeper(value any, limit int) bool {
	switch value := value.(type) {
	case map[string]any:
		if limit == 0 {
			return true
		}
		for _, child := range value {
			if deeper(child, limit-1) {
				return true
			}
		}
	case []any:
		if limit == 0 {
			return true
		}
		for _, child := range value {
			if deeper(child, limit-1) {
				return true
			}
		}
	}
	return false
}
