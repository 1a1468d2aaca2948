package model

import (
	"io"
	"math"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalFloat writes a number as JavaScript and encoding/json do. gqlgen's own writes 1e+08 for what clients expect to be
// 100000000.
func MarshalFloat(f float64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { w.Write(AppendFloat(nil, f)) })
}

// UnmarshalFloat reads a number; filters read their values themselves, so that this only has to be there.
func UnmarshalFloat(v any) (float64, error) { return graphql.UnmarshalFloat(v) }

// AppendFloat appends a finite number in its shortest form: plain between 1e-6 and 1e21, with an exponent beyond
// (ECMA-262, Number::toString).
func AppendFloat(b []byte, f float64) []byte {
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(b, f, format, -1, 64)
}
