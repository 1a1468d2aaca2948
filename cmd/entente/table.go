package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/table"
)

const (
	gap    = "  " // between columns
	narrow = 8    // a column that is cut to less says nothing
)

// writeTables shows the answer to a person, no wider than width: each root field as a table of its nodes or edges, or else as
// its names and values.
func (a *answer) writeTables(to io.Writer, width int) error {
	data, err := table.Decode(a.Data)
	if err != nil {
		return err
	}
	fields, _ := data.(table.Object) // null, where an error took all of it
	w := bufio.NewWriter(to)
	for i, field := range fields {
		if i > 0 {
			fmt.Fprintln(w)
		}
		writeField(w, field, width)
	}
	return w.Flush()
}

func writeField(w *bufio.Writer, field table.Member, width int) {
	var list []any
	heading := field.Key
	switch v := field.Value.(type) {
	case []any:
		list = v
	case table.Object:
		elements, rest, found := table.Elements(v)
		if !found {
			fmt.Fprintln(w, heading)
			writeRecord(w, table.Flatten(v), width)
			return
		}
		list = elements
		for _, c := range table.Flatten(rest) {
			heading += fmt.Sprintf("  %s: %s", c.Column, strings.Join(c.Lines, "; "))
		}
	case nil:
		fmt.Fprintf(w, "%s: none\n", heading)
		return
	default:
		fmt.Fprintf(w, "%s: %s\n", heading, table.Compact(v))
		return
	}
	fmt.Fprintln(w, cut(heading, width))
	var records [][]table.Cell
	for _, element := range list {
		records = append(records, table.Flatten(element))
	}
	writeRecords(w, records, width)
}

// writeRecords shows records as the rows of a table, or one by one where its columns would be too narrow to read. A lone
// record is never cut for the sake of a table.
func writeRecords(w *bufio.Writer, records [][]table.Cell, width int) {
	rows := tabulate(records)
	if len(rows) == 0 {
		fmt.Fprintln(w, gap+"none")
		return
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], columnsOf(text))
		}
	}
	least := narrow
	if len(records) == 1 {
		least = width
	}
	if !fit(widths, width, least) {
		for i, record := range records {
			if i > 0 {
				fmt.Fprintln(w)
			}
			writeRecord(w, record, width)
		}
		return
	}
	for i, row := range rows {
		writeRow(w, row, widths)
		if i == 0 {
			var rules []string
			for _, n := range widths {
				rules = append(rules, strings.Repeat("─", n))
			}
			writeRow(w, rules, widths)
		}
	}
}

// tabulate makes rows of records, the first of them the names of all columns. Records of several types need not have the
// same ones.
func tabulate(records [][]table.Cell) [][]string {
	if len(records) == 0 {
		return nil
	}
	columns := columnsIn(records)
	rows := [][]string{columns}
	for _, record := range records {
		row := make([]string, len(columns))
		for _, c := range record {
			if at := slices.Index(columns, c.Column); at >= 0 {
				row[at] = strings.Join(c.Lines, "; ")
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// columnsIn gives the columns of records in the order of the first that has them. An object that is null in one record and
// not in another leaves an empty column of its own, which is left out: those of its members stand for it.
func columnsIn(records [][]table.Cell) []string {
	var columns []string
	filled := map[string]bool{}
	for _, record := range records {
		for _, c := range record {
			if !slices.Contains(columns, c.Column) {
				columns = append(columns, c.Column)
			}
			filled[c.Column] = filled[c.Column] || strings.Join(c.Lines, "") != ""
		}
	}
	all := slices.Clone(columns)
	return slices.DeleteFunc(columns, func(column string) bool {
		hasPrefix := func(other string) bool { return strings.HasPrefix(other, column+".") }
		return !filled[column] && slices.ContainsFunc(all, hasPrefix)
	})
}

// fit narrows the widest columns, all to the same width, until the row is no wider than total. It gives false if that would
// leave less than least of one.
func fit(widths []int, total, least int) bool {
	for {
		sum, widest := 0, 0
		for i, n := range widths {
			sum += len(gap) + n
			if n > widths[widest] {
				widest = i
			}
		}
		switch {
		case sum <= total:
			return true
		case widths[widest] <= least:
			return false
		}
		widths[widest]--
	}
}

func writeRow(w *bufio.Writer, row []string, widths []int) {
	var b strings.Builder
	for i, text := range row {
		text = cut(text, widths[i])
		b.WriteString(gap + text + strings.Repeat(" ", widths[i]-columnsOf(text)))
	}
	fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
}

// writeRecord shows one record as names and values, which go on in further lines where one is too short.
func writeRecord(w *bufio.Writer, record []table.Cell, width int) {
	names := 0
	for _, c := range record {
		names = max(names, columnsOf(c.Column))
	}
	room := max(width-names-2*len(gap), 2*narrow)
	for _, c := range record {
		name := c.Column
		for _, line := range c.Lines {
			for _, part := range wrap(line, room) {
				fmt.Fprintln(w, strings.TrimRight(gap+name+strings.Repeat(" ", names-columnsOf(name))+gap+part, " "))
				name = ""
			}
		}
	}
}
