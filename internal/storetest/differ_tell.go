package storetest

import (
	"fmt"
	"regexp"
	"strings"
)

// String tells the story, a line for each record and question.
func (s story) String() string {
	var b strings.Builder
	for i, step := range s {
		fmt.Fprintf(&b, "step %d: ", i+1)
		switch {
		case step.batch != nil:
			fmt.Fprintf(&b, "Apply at %s\n", step.batch.At)
			for _, r := range step.batch.Sources {
				fmt.Fprintf(&b, "  source %s\n", brief(r))
			}
			for _, r := range step.batch.Entities {
				fmt.Fprintf(&b, "  entity %s\n", brief(r))
			}
			for _, r := range step.batch.Aliases {
				fmt.Fprintf(&b, "  alias %s of %s\n", r.Alias, r.Of)
			}
			for _, r := range step.batch.Facts {
				fmt.Fprintf(&b, "  fact (dated %t) %s\n", r.Dated, brief(r))
			}
			for _, r := range step.batch.Retract {
				fmt.Fprintf(&b, "  retract %s at %s\n", r.Fact, r.At)
			}
		case step.query != nil:
			fmt.Fprintf(&b, "Read(%s)\n", describe(step.query))
		case step.search != nil:
			fmt.Fprintf(&b, "Candidates%+v\n", *step.search)
		default:
			fmt.Fprintf(&b, "Expand(%+v)\n", *step.expansion)
		}
	}
	return b.String()
}

// brief writes a record without what it leaves out.
func brief(record any) string {
	return unsaidLast.ReplaceAllString(unsaid.ReplaceAllString(asText(record), ""), "}")
}

const nothing = `"\w+":(""|null|0|false|\{"Text":"","First":0,"Last":0\}|"0001-01-01T00:00:00Z")`

var unsaid, unsaidLast = regexp.MustCompile(nothing + `,`), regexp.MustCompile(`,?` + nothing + `}`)
