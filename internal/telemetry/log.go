package telemetry

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
)

// NewLog writes a log as text or as JSON, an object a line. What others wrote may stand in it (a path, a part of a record), so
// nothing goes through that ends a line, that a terminal obeys, or that turns what stands around it.
func NewLog(w io.Writer, asJSON bool) *slog.Logger {
	options := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value; v.Kind() {
		case slog.KindString:
			a.Value = slog.StringValue(harmless(v.String()))
		case slog.KindAny:
			switch x := v.Any().(type) {
			case error:
				a.Value = slog.StringValue(harmless(x.Error()))
			case *slog.Source, slog.Level: // slog's own
			default:
				a.Value = slog.StringValue(harmless(fmt.Sprint(x)))
			}
		}
		return a
	}}
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// harmless takes out of a text what is not to be seen. Line ends and tabs stay, as a stack has them: both forms of the log
// escape them.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
