package model

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/kg"
)

// Answer is what the store gave for one root field.
type Answer struct {
	Field *plan.Field
	Page  *kg.Page
	Day   kg.Day // on which `certain` is judged
	Err   error
}

type answersKey struct{}

// WithAnswers hands the answers, by response key, to the resolvers of the root fields.
func WithAnswers(ctx context.Context, answers map[string]Answer) context.Context {
	return context.WithValue(ctx, answersKey{}, answers)
}

func find(ctx context.Context) Answer {
	answers, _ := ctx.Value(answersKey{}).(map[string]Answer)
	return answers[graphql.GetFieldContext(ctx).Field.Alias]
}

func answer[T any](ctx context.Context) (out T, err error) {
	a := find(ctx)
	if a.Err != nil {
		return out, a.Err
	}
	return node[T](one(a.Page.Rows, a.Field.Sub, a.Day)), nil
}

func answers[T any](ctx context.Context) ([]T, error) {
	a := find(ctx)
	if a.Err != nil {
		return nil, a.Err
	}
	return nodes[T](all(a.Page.Rows, a.Field.Sub, a.Day)), nil
}

// measured answers the root field that is a number.
func measured(ctx context.Context) (*float64, error) {
	a := find(ctx)
	if a.Err != nil {
		return nil, a.Err
	}
	if km, ok := plan.DistanceBetween(&a.Page.Rows[0], &a.Page.Rows[1]); ok {
		return &km, nil
	}
	return nil, nil
}

func connection[C any](ctx context.Context) (*C, error) {
	a := find(ctx)
	if a.Err != nil {
		return nil, a.Err
	}
	c := any(new(C)).(interface{ setConnection(Connection) })
	c.setConnection(Connection{a.Page, a.Field, a.Field.Sub.Struct(), a.Day})
	return any(c).(*C), nil
}

func (c *Connection) setConnection(to Connection) { *c = to }
