package storetest

import (
	"context"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Fault is what happens to a call before it reaches the store: it may take its time, and with an error the call never gets
// there. method is the name of the method of [kg.Store] that is called: "Read", "Candidates", "Expand", "Apply", "Records" or "Ping".
type Fault func(ctx context.Context, method string) error

// Faulty wraps a store whose calls meet faults, in their order, for the tests of what must bear them. Closing is never faulty.
func Faulty(s kg.Store, faults ...Fault) kg.Store { return &faulty{s, faults} }

type faulty struct {
	kg.Store
	faults []Fault
}

func (f *faulty) meet(ctx context.Context, method string) error {
	for _, fault := range f.faults {
		if err := fault(ctx, method); err != nil {
			return err
		}
	}
	return nil
}

func (f *faulty) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	if err := f.meet(ctx, "Read"); err != nil {
		return nil, err
	}
	return f.Store.Read(ctx, q)
}

func (f *faulty) Candidates(ctx context.Context, s *kg.Search) (*kg.Candidates, error) {
	if err := f.meet(ctx, "Candidates"); err != nil {
		return nil, err
	}
	return f.Store.Candidates(ctx, s)
}

func (f *faulty) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	if err := f.meet(ctx, "Expand"); err != nil {
		return nil, err
	}
	return f.Store.Expand(ctx, x)
}

func (f *faulty) Apply(ctx context.Context, b *kg.Batch) error {
	if err := f.meet(ctx, "Apply"); err != nil {
		return err
	}
	return f.Store.Apply(ctx, b)
}

func (f *faulty) Records(ctx context.Context, each func(kg.Record) error) error {
	if err := f.meet(ctx, "Records"); err != nil {
		return err
	}
	return f.Store.Records(ctx, each)
}

func (f *faulty) Ping(ctx context.Context) error {
	if err := f.meet(ctx, "Ping"); err != nil {
		return err
	}
	return f.Store.Ping(ctx)
}

// Fail is the fault of calls that fail with an error.
func Fail(err error) Fault {
	return func(context.Context, string) error { return err }
}

// Slow is the fault of calls that take so much longer, or until their caller gives up.
func Slow(by time.Duration) Fault {
	return func(ctx context.Context, _ string) error {
		select {
		case <-ctx.Done():
			return gaveUp(ctx)
		case <-time.After(by):
			return nil
		}
	}
}

// Block is the fault of calls that wait until release is closed, or until their caller gives up.
func Block(release <-chan struct{}) Fault {
	return func(ctx context.Context, _ string) error {
		select {
		case <-ctx.Done():
			return gaveUp(ctx)
		case <-release:
			return nil
		}
	}
}

// On confines a fault to calls of one method.
func On(method string, fault Fault) Fault {
	return func(ctx context.Context, called string) error {
		if called != method {
			return nil
		}
		return fault(ctx, called)
	}
}
