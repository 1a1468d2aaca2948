package neo4jstore

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
)

// What the driver's errors mean is said here and nowhere else. Some of its types can't be named from outside, so that they
// are known by their texts; the tests of faults meet each of them.

// mayPass says whether what failed may succeed when it is tried again.
func mayPass(err error) bool {
	if unreachable, ok := errors.AsType[*neo4j.ConnectivityError](err); ok {
		return !distrusted(unreachable)
	}
	return outOfReach(err) || neo4j.IsRetryable(ofLastTry(err))
}

// outOfReach says whether an error means that no server was there for it, or not until its end.
func outOfReach(err error) bool {
	if said, ok := errors.AsType[*neo4j.Neo4jError](err); ok {
		return said.IsRetriableCluster() || said.Code == "Neo.TransientError.General.DatabaseUnavailable"
	}
	if unreachable, ok := errors.AsType[*neo4j.ConnectivityError](err); ok {
		return !distrusted(unreachable)
	}
	_, silent := errors.AsType[*silence](err)
	_, wire := errors.AsType[net.Error](err)
	return silent || wire || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) ||
		strings.HasPrefix(err.Error(), "timed out waiting") // for another call to find out who the members of a cluster are
}

// tooLate says whether an error means that a server was there and did not answer.
func tooLate(err error) bool {
	unreachable, ok := errors.AsType[*neo4j.ConnectivityError](err)
	return ok && (strings.HasPrefix(unreachable.Inner.Error(), "Timeout while reading") || strings.HasPrefix(unreachable.Inner.Error(), "Timeout while writing"))
}

// distrusted says whether an error is about TLS.
func distrusted(err *neo4j.ConnectivityError) bool {
	text := err.Error()
	return strings.Contains(text, "tls:") || strings.Contains(text, "x509:") || strings.Contains(text, "check that TLS is enabled")
}

const (
	notInTime     = "Neo4j did not answer in time: ask for less, or see whether it is well"
	notReached    = "Neo4j can't be reached: see that it runs, and that the address is right"
	notTrusted    = "Neo4j's certificate is not trusted, or it speaks without TLS: use neo4j+ssc:// for a certificate of your own, neo4j:// for none"
	notNeo4j      = "what listens at this address is no Neo4j 5: give the Bolt address of one, such as neo4j://localhost:7687"
	allInUse      = "all connections to Neo4j are in use: try again in a moment"
	onlyReads     = "this member of the cluster, or this database, only reads: give a neo4j:// address, which finds the member that writes"
	tooMuchMemory = "the question needs more memory than Neo4j gives to one: ask for smaller pages"
	laterPerhaps  = "Neo4j could not do it now: try again in a moment"
)

// translate turns an error of the driver into one of ours: with a sentence that says what to do, and the driver's own as the
// cause, for the log alone. doing says what failed where the error is none that was to be expected.
func translate(err error, doing string) error {
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*kg.Error](err); ok {
		return own
	}
	sentence := ""
	said, isSaid := errors.AsType[*neo4j.Neo4jError](ofLastTry(err))
	unreachable, isUnreachable := errors.AsType[*neo4j.ConnectivityError](err)
	switch {
	case isSaid:
		sentence = refusal(said.Code)
	case tooLate(err):
		sentence = notInTime
	case isUnreachable && distrusted(unreachable):
		sentence = notTrusted
	case strings.Contains(err.Error(), "server responded"), strings.Contains(err.Error(), "any of the requested Bolt versions"):
		sentence = notNeo4j
	case isUnreachable:
		sentence = notReached
	case errors.Is(err, context.DeadlineExceeded):
		sentence = notInTime
	case errors.Is(err, context.Canceled):
		return kg.Errorf(kg.Canceled, "the store stopped: %w", err)
	case outOfReach(err):
		sentence = notReached
	}
	if sentence == "" {
		return &kg.Error{Code: kg.Internal, Message: doing + " failed", Cause: err}
	}
	return &kg.Error{Code: kg.Unavailable, Message: sentence, Cause: err}
}

// refusal says what a code of Neo4j's means to who runs Entente; "" where it would be our fault.
func refusal(code string) string {
	switch code {
	case "Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit":
		return "Neo4j does not accept the user or the password: set ENTENTE_NEO4J_USER and ENTENTE_NEO4J_PASSWORD"
	case "Neo.ClientError.Security.CredentialsExpired":
		return "Neo4j wants its first password changed: do so by its own tools, then set ENTENTE_NEO4J_PASSWORD"
	case "Neo.ClientError.Security.Forbidden":
		return "Neo4j does not let this user do that: give it the right to read, to write and to make indexes"
	case "Neo.ClientError.Database.DatabaseNotFound":
		return "Neo4j has no such database: set ENTENTE_NEO4J_DATABASE to one that exists, or leave it out"
	case "Neo.ClientError.Cluster.NotALeader", "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase":
		return onlyReads
	case "Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
		"Neo.TransientError.Transaction.LockClientStopped":
		return notInTime
	case "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "Neo.TransientError.General.TransactionMemoryLimit", "Neo.TransientError.General.OutOfMemoryError":
		return tooMuchMemory
	}
	if strings.HasPrefix(code, "Neo.TransientError.") {
		return laterPerhaps
	}
	return ""
}
