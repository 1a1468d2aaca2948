package kg

import (
	"cmp"
	"math"
	"math/bits"
)

// PathConfidence is how sure a path is: the product of the confidence of its facts, from its beginning to its end, rounded to
// four places.
func PathConfidence(facts []Row) float64 {
	p := 1.0
	for i := range facts {
		p *= facts[i].Fact.Confidence
	}
	return math.Round(p*chanceUnit) / chanceUnit
}

// Weakest gives the position of the fact that a path is least sure of, the first of several; -1 if it has none.
func Weakest(facts []Row) int {
	weakest := -1
	for i := range facts {
		if weakest < 0 || facts[i].Fact.Confidence < facts[weakest].Fact.Confidence {
			weakest = i
		}
	}
	return weakest
}

// chance is a product of confidences, exactly: a confidence has four decimal places and so is a whole number of
// ten-thousandths, and six of them multiplied fit in 80 bits. Floats would not do to order paths: 0.7 * 0.9 * 0.8 is not
// 0.8 * 0.9 * 0.7 to them, and paths that are equally sure would not come by their ids. Only products of equally many
// confidences can be compared.
type chance struct{ high, low uint64 }

const chanceUnit = 1e4

// chanceOf gives the confidence of one fact.
func chanceOf(confidence float64) chance {
	return chance{low: uint64(math.Round(confidence * chanceUnit))}
}

func (c chance) times(o chance) chance {
	high, low := bits.Mul64(c.low, o.low)
	return chance{high + c.high*o.low + c.low*o.high, low}
}

func (c chance) compare(o chance) int {
	return cmp.Or(cmp.Compare(c.high, o.high), cmp.Compare(c.low, o.low))
}
