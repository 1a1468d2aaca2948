package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"
)

// writeCSV asks a question with one root field, page after page where it can be, and writes the answer as one table once all of it
// is there.
func (p *program) writeCSV(ctx context.Context, handler http.Handler, q question) error {
	show := newProgress(p.stderr, "row", "rows")
	defer show.clear()
	var records [][]cell
	for last := ""; ; {
		a, err := ask(ctx, handler, q)
		if err != nil {
			return err
		}
		if len(a.Errors) > 0 {
			show.clear()
			a.writeErrors(p.stderr)
			return errReported
		}
		field, err := onlyField(a)
		if err != nil {
			return err
		}
		list, rest := rowsOf(field)
		for _, element := range list {
			records = append(records, flatten(nil, "", element))
		}
		show.at(len(records), 0)
		next := nextPage(rest)
		if next == "" || next == last || !strings.Contains(q.Query, "$after") {
			break
		}
		last = next
		if q.Variables, err = withAfter(q.Variables, next); err != nil {
			return err
		}
	}
	show.clear()
	out := csv.NewWriter(p.stdout)
	for _, row := range tabulate(records) {
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// onlyField gives the value of the answer's one root field.
func onlyField(a *answer) (any, error) {
	data, err := decodeOrdered(a.Data)
	if err != nil {
		return nil, err
	}
	fields, _ := data.(object)
	if len(fields) != 1 {
		return nil, errors.New("a table is made of one root field, and the operation has another number: ask for each by itself")
	}
	return fields[0].value, nil
}

// rowsOf gives the list that a value is about, and what else was selected of it. What is no list is a table of one row.
func rowsOf(value any) ([]any, object) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case []any:
		return v, nil
	case object:
		if list, rest, found := elements(v); found {
			return list, rest
		}
	}
	return []any{value}, nil
}

// nextPage gives the cursor behind which more follows, "" where nothing does, or where the operation does not say.
func nextPage(o object) string {
	for _, m := range o {
		info, ok := m.value.(object)
		if !ok {
			continue
		}
		more, cursor := false, ""
		for _, f := range info {
			switch f.key {
			case "hasNextPage":
				more, _ = f.value.(bool)
			case "endCursor":
				cursor, _ = f.value.(string)
			}
		}
		if more {
			return cursor
		}
	}
	return ""
}

func withAfter(variables json.RawMessage, cursor string) (json.RawMessage, error) {
	all := map[string]json.RawMessage{}
	if len(variables) > 0 {
		if err := json.Unmarshal(variables, &all); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(cursor)
	if err != nil {
		return nil, err
	}
	all["after"] = text
	return json.Marshal(all)
}

// harmless keeps a spreadsheet from taking a text for a formula, which may send what the sheet holds elsewhere: a quotation mark
// before it, as spreadsheets know it, makes it text. A number is none.
func harmless(cell string) string {
	// The wide forms are to a spreadsheet in Japanese or Chinese what the others are.
	if first, _ := utf8.DecodeRuneInString(cell); cell == "" || !strings.ContainsRune("=+-@\t\r＝＋－＠", first) || json.Valid([]byte(cell)) {
		return cell
	}
	return "'" + cell
}
