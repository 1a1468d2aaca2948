package kg

import "slices"

// checkRetractions proves the retractions of the records and gives them, the oldest first.
func (in *intake) checkRetractions() []RetractRecord {
	var out []RetractRecord
	for i := range in.records {
		r := in.records[i].Retract
		if r == nil || in.refused[i] != nil {
			continue
		}
		if err := in.checkRetraction(r); err != nil {
			in.refuse(i, err)
			continue
		}
		r.Dated = !r.At.IsZero()
		r.At = in.recorded(r.At)
		out = append(out, *r)
	}
	slices.SortStableFunc(out, func(a, b RetractRecord) int { return a.At.Compare(b.At) })
	return out
}

// checkRetraction proves that there is something to retract.
func (in *intake) checkRetraction(r *RetractRecord) *Error {
	if _, err := checkID(r.Fact, Facts, "fact"); err != nil {
		return err.In("retract")
	}
	if row := in.stored[r.Fact]; !in.facts[r.Fact] && row.Fact == nil {
		return Errorf(BadInput, "%s names no fact: write the id of one that is in the graph", quoteShort(string(r.Fact))).In("retract")
	}
	if err := checkOptional(r.Reason, maxLine); err != nil {
		return err.In("reason")
	}
	return nil
}
