package neo4jstore

import (
	"context"
	"errors"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
)

// translate turns an error of the driver into one of ours: with a sentence that says what to do, and the driver's own as the
// cause, for the log alone. It is the only place where this is done.
func translate(err error, doing string) error {
	var own *kg.Error
	var said *neo4j.Neo4jError
	var unreachable *neo4j.ConnectivityError
	var limit *neo4j.TransactionExecutionLimit
	unavailable := func(sentence string) error {
		return &kg.Error{Code: kg.Unavailable, Message: sentence, Cause: err}
	}
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return own
	case errors.As(err, &limit) && len(limit.Errors) > 0:
		return translate(limit.Errors[len(limit.Errors)-1], doing)
	case errors.As(err, &said):
		return unavailableOr(said, err, doing)
	case errors.Is(err, context.DeadlineExceeded):
		return unavailable("Neo4j did not answer in time: ask for less, or see whether it is well")
	case errors.Is(err, context.Canceled):
		return kg.Errorf(kg.Canceled, "the store stopped: %w", err)
	case errors.As(err, &unreachable):
		return unavailable(connectivity(unreachable))
	case strings.Contains(err.Error(), "pool"):
		return unavailable("all connections to Neo4j are in use: try again in a moment")
	}
	return &kg.Error{Code: kg.Internal, Message: doing + " failed", Cause: err}
}

func connectivity(err error) string {
	switch text := err.Error(); {
	case strings.Contains(text, "server version"), strings.Contains(text, "does not support any of the bolt versions"), strings.Contains(text, "unexpected response when trying to establish"):
		return "what listens at this address is no Neo4j 5: give the Bolt address of one, such as neo4j://localhost:7687"
	case strings.Contains(text, "tls:"), strings.Contains(text, "x509:"):
		return "Neo4j's certificate is not trusted, or it speaks without TLS: use neo4j+ssc:// for a certificate of your own, neo4j:// for none"
	}
	return "Neo4j can't be reached: see that it runs, and that the address is right"
}

// unavailableOr says what a refusal of Neo4j's means.
func unavailableOr(said *neo4j.Neo4jError, err error, doing string) error {
	sentence := ""
	switch said.Code {
	case "Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit":
		sentence = "Neo4j does not accept the user or the password: set ENTENTE_NEO4J_USER and ENTENTE_NEO4J_PASSWORD"
	case "Neo.ClientError.Security.CredentialsExpired":
		sentence = "Neo4j wants its first password changed: do so by its own tools, then set ENTENTE_NEO4J_PASSWORD"
	case "Neo.ClientError.Security.Forbidden":
		sentence = "Neo4j does not let this user do that: give it the right to read, to write and to make indexes"
	case "Neo.ClientError.Database.DatabaseNotFound":
		sentence = "Neo4j has no such database: set ENTENTE_NEO4J_DATABASE to one that exists, or leave it out"
	case "Neo.ClientError.Cluster.NotALeader", "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase":
		sentence = "this member of the cluster only reads: give a neo4j:// address, which finds the one that writes"
	case "Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "Neo.TransientError.Transaction.LockClientStopped":
		sentence = "Neo4j did not answer in time: ask for less, or see whether it is well"
	case "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "Neo.TransientError.General.TransactionMemoryLimit", "Neo.TransientError.General.OutOfMemoryError":
		sentence = "the question needs more memory than Neo4j gives to one: ask for smaller pages"
	}
	switch {
	case sentence != "":
	case strings.HasPrefix(said.Code, "Neo.TransientError."):
		sentence = "Neo4j could not do it now: try again in a moment"
	default:
		return &kg.Error{Code: kg.Internal, Message: doing + " failed", Cause: err}
	}
	return &kg.Error{Code: kg.Unavailable, Message: sentence, Cause: err}
}
