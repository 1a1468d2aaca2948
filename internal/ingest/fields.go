package ingest

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// fields reads the values of an object by key. Asking for a key makes it known, so that what nobody has asked for when all is
// read is a key that does not exist. The first thing that is wrong is kept; a key that is not there, or null, is the zero
// value.
type fields struct {
	*object
	what  string // what such objects are, for a person: CITY records
	known []string
	room  [24]string // for known
	err   *kg.Error
}

func (f *fields) fail(key string, err *kg.Error) {
	if f.err == nil {
		f.err = err.In(key)
	}
}

// wrong notes that a value is not of the type wanted.
func (f *fields) wrong(key, want string, got any) {
	f.fail(key, kg.Errorf(kg.BadInput, "write %s, not %s", want, jsonType(got)))
}

func (f *fields) get(key string) any {
	f.known = append(f.known, key)
	return f.object.get(key)
}

func (f *fields) text(key string) string {
	switch v := f.get(key).(type) {
	case nil:
	case string:
		if v == "" {
			f.fail(key, kg.Errorf(kg.BadInput, "it is empty: write it, or leave the key out if it is not known"))
		}
		return v
	default:
		f.wrong(key, "a string", v)
	}
	return ""
}

// json reads a value of any type as its text; "" where there is none.
func (f *fields) json(key string) string { return kg.JSON(f.get(key)) }

func (f *fields) id(key string) kg.ID { return kg.ID(f.text(key)) }

// float reads a number; ok says whether there is one.
func (f *fields) float(key string) (x float64, ok bool) {
	switch v := f.get(key).(type) {
	case nil:
	case json.Number:
		x, err := toFloat(v)
		if err != nil {
			f.fail(key, err)
			return 0, false
		}
		return x, true
	default:
		f.wrong(key, "a number", v)
	}
	return 0, false
}

func toFloat(n json.Number) (float64, *kg.Error) {
	x, err := n.Float64()
	if err != nil {
		return 0, kg.Errorf(kg.BadInput, "%s is out of bounds: write a number that 64 bits can hold", n)
	}
	return x, nil
}

// share reads a number greater than 0 and at most 1, or 0 where there is none. kg takes 0 for what is not said, so that it
// can't be told from that.
func (f *fields) share(key string) float64 {
	x, ok := f.float(key)
	if ok && (x <= 0 || x > 1) {
		f.fail(key, kg.Errorf(kg.BadInput, "%v is out of bounds: write a number greater than 0 and at most 1, or leave the key out", x))
	}
	return x
}

// whole reads a whole number; ok says whether there is one.
func (f *fields) whole(key string) (n int64, ok bool) {
	switch v := f.get(key).(type) {
	case nil:
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		switch {
		case err == nil:
			return n, true
		case strings.ContainsAny(v.String(), ".eE"):
			f.fail(key, kg.Errorf(kg.BadInput, "write a whole number in digits alone, not %s", v))
		default:
			f.fail(key, kg.Errorf(kg.BadInput, "%s is out of bounds: write a whole number from 0 to %d", v, math.MaxInt32))
		}
	default:
		f.wrong(key, "a whole number", v)
	}
	return 0, false
}

func (f *fields) date(key string) kg.Date {
	s := f.text(key)
	if s == "" {
		return kg.Date{}
	}
	d, err := kg.ParseDate(s)
	if err != nil {
		f.fail(key, asError(err))
	}
	return d
}

func (f *fields) moment(key string) time.Time {
	s := f.text(key)
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		f.fail(key, kg.Errorf(kg.BadInput, "%s is not a moment: write it as 2026-11-22T09:30:00Z", short(s)))
	}
	return t.UTC()
}

// list reads a list of what the item reads; want says what that is.
func (f *fields) list(key, want string, item func(v any) (ok bool, err *kg.Error)) {
	switch v := f.get(key).(type) {
	case nil:
	case []any:
		for i, v := range v {
			at := "[" + strconv.Itoa(i) + "]"
			ok, err := item(v)
			switch {
			case err != nil:
				f.fail(key, err.In(at))
			case !ok:
				f.fail(key, kg.Errorf(kg.BadInput, "write %s, not %s", want, jsonType(v)).In(at))
			}
		}
	default:
		f.wrong(key, "a list", v)
	}
}

// objects reads a list of objects.
func (f *fields) objects(key, what string, item func(*fields)) {
	f.list(key, "an object", func(v any) (bool, *kg.Error) {
		o, ok := v.(*object)
		if !ok {
			return false, nil
		}
		return true, readObject(o, what, item)
	})
}

// readObject reads all of an object, and says what was wrong with it.
func readObject(o *object, what string, read func(*fields)) *kg.Error {
	f := &fields{object: o, what: what}
	f.known = f.room[:0]
	read(f)
	if err := f.unknown(); err != nil {
		return err // a misspelt key is why another one is missing
	}
	return f.err
}

func jsonType(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "a list"
	}
	return "an object"
}
