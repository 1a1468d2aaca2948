package kg

import (
	"slices"
	"strings"
	"time"
)

// What a walk may ask for at most. Page sizes within a walk (List.First, Comparing's) are bounded where every page is.
const (
	// MaxPerNode bounds [Around.PerNode].
	MaxPerNode = 100

	maxDepth   = 3
	maxLimit   = 500
	maxHops    = 6
	maxPaths   = 20
	maxWalked  = 20    // entities that a walk begins at
	maxCompare = 10    // entities that are compared
	maxAvoid   = 1_000 // entities that a path may be told to avoid
	maxPairs   = 500
	maxPlaces  = 100 // places that pairs may be asked with
)

// CheckWalk proves what of a walk can be proven without the graph. An error is about the argument as the API names it.
func CheckWalk(w Walk) error {
	var err *Error
	switch w := w.(type) {
	case Around:
		err = firstOf(
			checkWalked(w.IDs, 1, maxWalked),
			checkBounds("depth", w.Depth, 1, maxDepth),
			checkBounds("perNode", w.PerNode, 1, MaxPerNode),
			checkBounds("limit", w.Limit, 1, maxLimit),
		)
	case Comparing:
		err = firstOf(checkWalked(w.IDs, 2, maxCompare), checkOnce(w.IDs))
	case Happening:
		err = firstOf(checkWalked(w.IDs, 1, maxWalked), checkRange(w.From, w.To))
	case Linking:
		err = firstOf(w.checkWith(), checkBounds("first", w.First, 1, maxPairs))
	case Differing:
		err = w.check()
	case Connecting:
		err = w.check()
	}
	if err != nil { // lest a nil *Error become an error
		return err
	}
	return nil
}

func (w Differing) check() *Error {
	if w.IDs != nil {
		if err := checkWalked(w.IDs, 1, maxWalked); err != nil {
			return err
		}
	}
	return checkMoments(w.From, w.To)
}

func (w Connecting) check() *Error {
	_, from := checkID(w.From, Entities, "entity")
	_, to := checkID(w.To, Entities, "entity")
	return firstOf(
		from.In("from"),
		to.In("to"),
		checkDiffer(w.From, w.To),
		checkBounds("maxHops", w.MaxHops, 1, maxHops),
		checkBounds("first", w.First, 1, maxPaths),
		checkAvoided(w.Avoid),
		checkMaxDegree(w.MaxDegree),
		checkPassed(w.AvoidKinds, w.Through),
	)
}

// checkDiffer proves that the ends of a path are two entities. The catalog asks again once it knows what aliases stand for.
func checkDiffer(from, to ID) *Error {
	if from == to {
		return Errorf(BadInput, "it is where the paths begin: a path leads from one entity to another, so write another id").In("to")
	}
	return nil
}

func checkBounds(argument string, n, least, most int) *Error {
	if n < least || n > most {
		return Errorf(BadInput, "%d is out of bounds: write %d to %d", n, least, most).In(argument)
	}
	return nil
}

func checkMaxDegree(n *int) *Error {
	if n != nil && *n < 1 {
		return Errorf(BadInput, "%d is out of bounds: write 1 or more, or leave it out", *n).In("maxDegree")
	}
	return nil
}

// checkWalked proves the entities that a walk begins at.
func checkWalked(ids []ID, least, most int) *Error {
	if n := len(ids); n < least || n > most {
		return Errorf(BadInput, "%d are given: name %d to %d entities", n, least, most).In("ids")
	}
	return checkEntityIDs("ids", ids)
}

// checkOnce proves that no id is given twice.
func checkOnce(ids []ID) *Error {
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return Errorf(BadInput, "%s is given twice: an entity is compared with others, so name each once", id).In("ids")
		}
	}
	return nil
}

// checkAvoided proves the entities that no path may pass.
func checkAvoided(ids []ID) *Error {
	if n := len(ids); n > maxAvoid {
		return Errorf(BadInput, "%d are given: name at most %d entities", n, maxAvoid).In("avoid")
	}
	return checkEntityIDs("avoid", ids)
}

// checkPassed proves that no kind is to be avoided and passed through at once.
func checkPassed(avoided, through KindSet) *Error {
	if both := avoided & through; both != 0 {
		return Errorf(BadInput, "a path can't both avoid %s and pass through it: name it in one of avoidKinds and through", both).In("avoidKinds")
	}
	return nil
}

func checkEntityIDs(argument string, ids []ID) *Error {
	for _, id := range ids {
		if _, err := checkID(id, Entities, "entity"); err != nil {
			return err.In(argument)
		}
	}
	return nil
}

// checkWith proves the places that pairs are asked with, which the API names countries.
func (w Linking) checkWith() *Error {
	const argument = "countries"
	if n := len(w.With); n > maxPlaces {
		return Errorf(BadInput, "%d are given: name at most %d", n, maxPlaces).In(argument)
	}
	for _, id := range w.With {
		if _, err := checkID(id, SetOf(w.Places), strings.ToLower(w.Places.Decl().Type)); err != nil {
			return err.In(argument)
		}
	}
	return nil
}

// checkRange proves that a span of days has one.
func checkRange(from, to Day) *Error {
	if to < from {
		return Errorf(BadInput, "%s lies before %s, where the timeline begins: no day is in both", to, from).In("to")
	}
	return nil
}

// checkMoments proves that one moment of knowledge lies before another; zero is now.
func checkMoments(from, to time.Time) *Error {
	switch {
	case from.IsZero():
		return Errorf(BadInput, "it is missing: write the moment to compare with").In("from")
	case !to.IsZero() && !from.Before(to):
		return Errorf(BadInput, "%s does not lie after %s, the moment to compare with: write a later one", moment(to), moment(from)).In("to")
	}
	return nil
}

// moment writes a moment as the API does.
func moment(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// firstOf gives the first of some errors that is one.
func firstOf(errs ...*Error) *Error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
