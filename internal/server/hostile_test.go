package server

import (
	"fmt"
	"strings"
)

// Documents that take a stock gqlgen down, and some of the same kind. Those named
// "measured" took between 0.4 s and for ever there.

func query(body string) string { return "{" + body + "}" }

// doublings are fragments of which each spreads the next one twice.
func doublings(n int, leaf string) string {
	var b strings.Builder
	b.WriteString("{node(id:1){...f0}}")
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Node{...f%d ...f%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment f%d on Node{%s}", n, leaf)
	return b.String()
}

// tree is a binary tree of one repeated field.
func tree(depth int) string {
	if depth == 0 {
		return "id"
	}
	below := tree(depth - 1)
	return "other{" + below + "}other{" + below + "}"
}

// nested opens n times and closes n times.
func nested(open, middle, shut string, n int) string {
	return strings.Repeat(open, n) + middle + strings.Repeat(shut, n)
}

// numbered repeats a text with a number for %[1]d, and the next one for %[2]d.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i, i+1)
	}
	return b.String()
}

type hostile struct {
	name, query, code string
}

func hostiles() []hostile {
	const node = "node(id:1){%s}"
	on := func(body string) string { return query(fmt.Sprintf(node, body)) }
	return []hostile{
		{"measured: friends nested 50 deep", on(nested("friends{", "id", "}", 50)), codeQueryTooDeep},
		{"measured: fragments doubled 20 times", doublings(20, "id"), codeTooManyRepeats},
		{"measured: fragments doubled 24 times", doublings(24, "id"), codeTooManyFragments},
		{"measured: fragments doubled 40 times", doublings(40, "id"), codeTooManyFragments},
		{"fragments doubled 14 times around an unknown one", doublings(13, "...nothing"), "GRAPHQL_VALIDATION_FAILED"},
		{"fragments doubled 59 times around empty inline ones", doublings(59, "...{...{id}}"), codeTooManyFragments},
		{"fragments doubled 12 times in two places each", on("...f0") + numbered("fragment f%[1]d on Node{a{...f%[2]d} b{...f%[2]d}}", 12) + "fragment f12 on Node{id}", codeTooManyFields},
		{"fragments doubled that no operation uses", "{hello} " + strings.TrimPrefix(doublings(40, "id"), "{node(id:1){...f0}}"), codeTooManyFragments},
		{"measured: a field 1,000 times", on(strings.Repeat("id ", 1000)), codeTooManyRepeats},
		{"measured: a field 3,000 times", on(strings.Repeat("id ", 3000)), codeTooManyTokens},
		{"measured: a field 10,000 times", on(strings.Repeat("name ", 10000)), codeQueryTooLong},
		{"measured: a binary tree of a field, 94 KB", on(tree(12)), codeQueryTooLong},
		{"a binary tree of a field", on(tree(7)), codeTooManyRepeats},
		{"a binary tree that stays below each set's repeats", on(tree(6)), codeTooManyRepeats},
		{"measured: 500 fragments at one spot", on(numbered("...f%[1]d ", 500)) + numbered(" fragment f%[1]d on Node{id}", 500), codeTooManyTokens},
		{"70 fragments at one spot", on(numbered("...f%[1]d ", 70)) + numbered(" fragment f%[1]d on Node{id}", 70), codeTooManyFragments},
		{"one field through 60 fragments at one spot", on(numbered("...f%[1]d ", 60)) + numbered(" fragment f%[1]d on Node{id}", 60), codeTooManyRepeats},
		{"measured: 100,000 directives", "{hello " + strings.Repeat("@a", 100000) + "}", codeQueryTooLong},
		{"700 directives", "{hello " + strings.Repeat("@a", 700) + "}", codeTooManyDirectives},
		{"directives of an operation", "query " + strings.Repeat("@a", 6) + "{hello}", codeTooManyDirectives},
		{"directives of a variable", "query($a:Int" + strings.Repeat("@a", 6) + "){hello}", codeTooManyDirectives},
		{"directives of a fragment", "{hello} fragment f on Node " + strings.Repeat("@a", 6) + "{id}", codeTooManyDirectives},
		{"directives of a spread", on("...f"+strings.Repeat("@a", 6)) + "fragment f on Node{id}", codeTooManyDirectives},
		{"directives of an inline fragment", on("..." + strings.Repeat("@a", 6) + "{id}"), codeTooManyDirectives},
		{"1,000 aliases", query(numbered("a%[1]d:hello ", 1000)), codeTooManyTokens},
		{"400 aliases", query(numbered("a%[1]d:hello ", 400)), codeTooManyAliases},
		{"aliases within a fragment", "{hello} fragment f on Node{" + numbered("a%[1]d:id ", 31) + "}", codeTooManyAliases},
		{"200 operations", numbered("query q%[1]d{...f}", 200) + "fragment f on Query{a hello node{id} nodes{id name}}", codeTooManyFields},
		{"a deep list literal", "{hello(where:{tags:" + nested("[", "1", "]", 700) + "})}", codeInputTooDeep},
		{"a deep object literal", "{hello(where:" + nested("{and:", "1", "}", 300) + ")}", codeInputTooDeep},
		{"a deep literal of a directive", "{hello @skip(if:" + nested("[", "1", "]", 300) + ")}", codeInputTooDeep},
		{"a deep default", "query($a:Filter=" + nested("{and:", "1", "}", 300) + "){hello(where:$a)}", codeInputTooDeep},
		{"nesting beyond the parser", on(nested("other{", "id", "}", 1100)), codeTooManyTokens},
		{"a fragment within itself", on("...f") + "fragment f on Node{...f}", "GRAPHQL_VALIDATION_FAILED"},
		{"a fragment within itself, by a field", on("...f") + "fragment f on Node{other{...f}}", "GRAPHQL_VALIDATION_FAILED"},
		{"fragments in a circle that no operation uses", "{hello} fragment f on Node{...g} fragment g on Node{other{...f}}", "GRAPHQL_VALIDATION_FAILED"},
		{"700 unknown fragments", query(numbered("...f%[1]d ", 700)), "GRAPHQL_VALIDATION_FAILED"},
		{"5 fragments at one spot, 300 times", query(strings.Repeat("...a ...b ...c ...d ...e ", 60)) + "fragment a on Query{a} fragment b on Query{b} fragment c on Query{c} fragment d on Query{d} fragment e on Query{e}", codeTooManyFragments},
		{"inline fragments in each other", on(nested("...{", strings.Repeat("id ", 20), "}", 450)), codeQueryTooDeep},
		{"inline fragments at the end of a chain of fragments", on("...f0") + numbered("fragment f%[1]d on Node{other{...f%[2]d}}", 10) + "fragment f10 on Node{" + nested("...{", strings.Repeat("id ", 20), "}", 300) + "}", codeQueryTooDeep},
		{"a chain of fragments, each with a long tail", on("...f0") + numbered("fragment f%[1]d on Node{a%[1]d ...f%[2]d}", 10) + "fragment f10 on Node{" + numbered("b%[1]d ", 200) + "}", codeTooManyFields},
		{"two fragments of one name", on("...f") + "fragment f on Node{id} fragment f on Node{" + strings.Repeat("id ", 500) + "}", "GRAPHQL_VALIDATION_FAILED"},
		{"200 times __schema", query(numbered("a%[1]d:__schema{types{name}}", 200)), codeTooManyTokens},
		{"3 times __schema", query(strings.Repeat("__schema{types{name}}", 3)), codeTooManyIntrospections},
		{"circular introspection", "{__schema{types{fields{type{fields{type{name}}}}}}}", codeIntrospectionTooDeep},
		{"circular introspection by __type", `{__type(name:"Node"){` + nested("fields{type{", "name", "}}", 3) + "}}", codeIntrospectionTooDeep},
		{"deep introspection", `{__type(name:"Node"){` + nested("ofType{", "name", "}", 30) + "}}", codeIntrospectionTooDeep},
		{"a name of 30 KB", "{" + strings.Repeat("a", 30000) + "}", "GRAPHQL_VALIDATION_FAILED"},
		{"a type name of 30 KB", "{...on " + strings.Repeat("a", 30000) + "{hello}}", "GRAPHQL_VALIDATION_FAILED"},
		{"an argument name of 30 KB", "{hello(" + strings.Repeat("a", 30000) + ":1)}", "GRAPHQL_VALIDATION_FAILED"},
		{"a string of 30 KB where a number belongs", `{node(id:1){friends(first:"` + strings.Repeat("a", 30000) + `"){id}}}`, "GRAPHQL_VALIDATION_FAILED"},
		{"700 unknown fields", query(numbered("a%[1]d ", 700)), "GRAPHQL_VALIDATION_FAILED"},
		{"unreadable", "{hello(\x00", "GRAPHQL_PARSE_FAILED"},
		{"unclosed", strings.Repeat("{", 1400), "GRAPHQL_PARSE_FAILED"},
	}
}
