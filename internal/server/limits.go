package server

import (
	"cmp"
	"runtime"

	"github.com/ententegraph/entente/internal/kg"
)

// Limits bounds what one request may ask the server to look at. They exist
// because validating GraphQL is quadratic and worse in the document: without
// them a request of a kilobyte keeps a core busy for half a minute. A zero
// field means its default.
type Limits struct {
	// BodyBytes is the largest body of a POST. Default 1 MB.
	BodyBytes int
	// QueryBytes is the longest document. Default 32 KB.
	QueryBytes int
	// Tokens is how many lexical tokens a document may have, comments
	// included. Default 1,500.
	Tokens int
	// Depth is how deep fields may nest, leaves included. Default 15.
	Depth int
	// Fields is how many selections a document may come to once its
	// fragments stand where they are used: fields, and each use of a fragment
	// as one more. Default 1,000.
	Fields int
	// Repeats is how often one selection set may select the same field, with
	// its fragments and on all types together. Default 20: twice the kinds of
	// entities there are, so that a query with one inline fragment a kind
	// passes. Sets that meet at one place of the answer share three times that.
	Repeats int
	// Aliases is how many fields of a document may be renamed. Default 30.
	Aliases int
	// Directives is how many directives one node may carry. Default 5.
	Directives int
	// Fragments is how many named fragments a document may define. Default 60.
	Fragments int
	// InputDepth is how deep lists and objects may nest in a variable or in
	// the literal of an argument. Default 20.
	InputDepth int
	// Introspections is how often one operation may ask for __schema or
	// __type. Default 2.
	Introspections int
	// IntrospectionDepth is Depth below __schema and __type. Default 20,
	// because GraphiQL's own query goes 15 deep to unwrap lists of lists.
	IntrospectionDepth int
	// Errors is how many errors an answer carries at most. Default 20.
	Errors int
	// Nodes is how many nodes an answer may hold by its page sizes. It is for
	// whoever makes the Schema to hold. Default kg.MaxNodes.
	Nodes int
	// Operations is how many operations run at a time. Where there is a Rate,
	// half of them may be of one client. Default 8 a core.
	Operations int
	// Waiting is how many more may wait for their turn. Default 32 a core.
	Waiting int
	// Requests is how many requests may be open at a time, those whose body
	// still arrives and those whose answer is still being read among them.
	// Default 1,000.
	Requests int
	// Refusals is how many requests may wait, unread, until there is room
	// among those that wait for a turn, or until they are refused, see
	// Timeouts.Refusal. Beyond that they are refused at once. Default 5,000,
	// each of which takes some 20 KB.
	Refusals int
	// AnswerBytes bounds all answers together that wait for those who read
	// them. Default 256 MB.
	AnswerBytes int
	// Rate is how many requests a second one client may send for long. An
	// operation counts as one more for every 100 nodes that it asks for by its
	// page sizes, and for every 20 ms that it takes. 0, the default, is no
	// bound, and says that all who come may be one client; see SharedRate.
	Rate int
	// Burst is how many a client may send at once, after a while of silence.
	// Default 200.
	Burst int
}

// SharedRate is the Rate of a server that other machines reach, unless something else is said: what a person's pages ask for, and
// less than one core can answer, so that no client alone keeps the others waiting.
const SharedRate = 50

// introspectionLists is how deep the lists of types and of their members may
// nest below __schema and __type: "types { fields }", and from there no way
// back into fields. It is no setting, because each further level multiplies
// the answer by the size of the schema and no tool needs one.
const introspectionLists = 2

// Defaults gives the limits and timeouts that count where nothing else is said, but for Write and Stop, which follow from others.
func Defaults() (Limits, Timeouts) {
	t := Timeouts{}.withDefaults()
	t.Write, t.Stop = 0, 0
	return Limits{}.withDefaults(), t
}

func (l Limits) withDefaults() Limits {
	cores := runtime.GOMAXPROCS(0)
	return Limits{
		BodyBytes:          cmp.Or(l.BodyBytes, 1<<20),
		QueryBytes:         cmp.Or(l.QueryBytes, 32<<10),
		Tokens:             cmp.Or(l.Tokens, 1500),
		Depth:              cmp.Or(l.Depth, 15),
		Fields:             cmp.Or(l.Fields, 1000),
		Repeats:            cmp.Or(l.Repeats, 20),
		Aliases:            cmp.Or(l.Aliases, 30),
		Directives:         cmp.Or(l.Directives, 5),
		Fragments:          cmp.Or(l.Fragments, 60),
		InputDepth:         cmp.Or(l.InputDepth, 20),
		Introspections:     cmp.Or(l.Introspections, 2),
		IntrospectionDepth: cmp.Or(l.IntrospectionDepth, 20),
		Errors:             cmp.Or(l.Errors, 20),
		Nodes:              cmp.Or(l.Nodes, kg.MaxNodes),
		Operations:         cmp.Or(l.Operations, 8*cores),
		Waiting:            cmp.Or(l.Waiting, 32*cores),
		Requests:           cmp.Or(l.Requests, 1000),
		Refusals:           cmp.Or(l.Refusals, 5000),
		AnswerBytes:        cmp.Or(l.AnswerBytes, 256<<20),
		Rate:               l.Rate,
		Burst:              cmp.Or(l.Burst, 200),
	}
}
