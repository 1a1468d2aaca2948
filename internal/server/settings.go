package server

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Setting is one limit that whoever runs a server may change. It is a flag.Value.
type Setting struct {
	Name    string // as in "query-bytes"
	Meaning string // one line
	Code    string // what is refused by it says so in extensions.code; may be empty

	number      *int
	duration    *time.Duration
	least, most int // of a number, or of a duration in milliseconds
}

// Settings lists the limits and timeouts that can be set, each tied to its field.
func Settings(l *Limits, t *Timeouts) []Setting {
	number := func(name string, field *int, least, most int, code, meaning string) Setting {
		return Setting{Name: name, Meaning: meaning, Code: code, number: field, least: least, most: most}
	}
	duration := func(name string, field *time.Duration, least, most time.Duration, code, meaning string) Setting {
		return Setting{Name: name, Meaning: meaning, Code: code, duration: field, least: int(least.Milliseconds()), most: int(most.Milliseconds())}
	}
	return []Setting{
		number("depth", &l.Depth, 1, 100, codeQueryTooDeep, "how deep fields may nest, leaves included"),
		number("fields", &l.Fields, 1, 10_000, codeTooManyFields, "fields of a document, its fragments counted wherever they are used"),
		number("repeats", &l.Repeats, 1, 100, codeTooManyRepeats, "how often one place may select the same field"),
		number("aliases", &l.Aliases, 1, 1000, codeTooManyAliases, "fields of a document that are renamed"),
		number("directives", &l.Directives, 1, 100, codeTooManyDirectives, "directives at one place"),
		number("fragments", &l.Fragments, 1, 1000, codeTooManyFragments, "named fragments of a document, and uses of them at one place of the answer"),
		number("tokens", &l.Tokens, 10, 100_000, codeTooManyTokens, "lexical tokens of a document, comments included"),
		number("query-bytes", &l.QueryBytes, 100, 1<<20, codeQueryTooLong, "length of a document"),
		number("body-bytes", &l.BodyBytes, 100, 64<<20, codeBodyTooLarge, "length of a request's body"),
		number("input-depth", &l.InputDepth, 1, 100, codeInputTooDeep, "how deep lists and objects may nest in a variable or an argument"),
		number("introspections", &l.Introspections, 1, 100, codeTooManyIntrospections, "how often an operation may ask for `__schema` or `__type`"),
		number("introspection-depth", &l.IntrospectionDepth, 1, 100, codeIntrospectionTooDeep, "how deep fields may nest below those"),
		number("errors", &l.Errors, 1, 1000, "", "errors that an answer shows; the others are left out"),
		number("nodes", &l.Nodes, 1, 999_999, string(kg.TooLarge), "nodes that an answer may hold by its page sizes: the cost"),
		duration("time", &t.Request, 10*time.Millisecond, 10*time.Minute, codeTimeout, "time that an operation may take"),
		number("operations", &l.Operations, 1, 10_000, "", "operations that run at a time; of one client no more than half, where there is a rate"),
		number("waiting", &l.Waiting, 1, 100_000, codeOverloaded, "operations that wait for their turn"),
		duration("wait", &t.Wait, time.Millisecond, time.Minute, codeOverloaded, "time that one may wait for it"),
		number("requests", &l.Requests, 1, 100_000, codeOverloaded, "requests that are open at a time, slow ones among them"),
		number("refusals", &l.Refusals, 1, 100_000, "", "requests that wait, unread, until there is room for them or they are refused with 429 or 503; beyond that they are refused at once"),
		duration("refusal-time", &t.Refusal, time.Millisecond, 10*time.Second, "", "time that they wait, so that whoever asks again at once can't flood the server"),
		number("answer-bytes", &l.AnswerBytes, 1<<20, 1<<31-1, codeOverloaded, "length of all answers together that wait to be read"),
		number("rate", &l.Rate, 0, 1_000_000, codeRateLimited, "requests a second that one client may send for long; 0 is no bound, and the default where this machine alone asks"),
		number("burst", &l.Burst, 1, 1_000_000, codeRateLimited, "requests that it may send at once"),
		duration("header-time", &t.Header, 10*time.Millisecond, 10*time.Minute, "", "time for a request's line and headers to arrive"),
		duration("read-time", &t.Read, 10*time.Millisecond, 10*time.Minute, codeBodyTooSlow, "time for a whole request to arrive"),
		duration("idle-time", &t.Idle, 10*time.Millisecond, time.Hour, "", "time that a connection may wait for its next request"),
	}
}

// Set implements flag.Value. The error says what would be right.
func (s Setting) Set(text string) error {
	if s.number != nil {
		n, err := strconv.Atoi(text)
		if err != nil || n < s.least || n > s.most {
			return fmt.Errorf("write a number from %d to %d", s.least, s.most)
		}
		*s.number = n
		return nil
	}
	const unit = time.Millisecond
	d, err := time.ParseDuration(text)
	least, most := time.Duration(s.least)*unit, time.Duration(s.most)*unit
	if err != nil || d < least || d > most {
		return fmt.Errorf("write a time from %s to %s, such as 10s", short(least), short(most))
	}
	*s.duration = d
	return nil
}

// String implements flag.Value.
func (s Setting) String() string {
	switch {
	case s.number != nil:
		return strconv.Itoa(*s.number)
	case s.duration != nil:
		return short(*s.duration)
	}
	return "" // of the zero Setting, which package flag asks for
}

// short writes a duration without parts that are zero: 10m, not 10m0s.
func short(d time.Duration) string {
	text := d.String()
	if rest, ok := strings.CutSuffix(text, "m0s"); ok {
		text = rest + "m"
	}
	if rest, ok := strings.CutSuffix(text, "h0m"); ok {
		text = rest + "h"
	}
	return text
}
