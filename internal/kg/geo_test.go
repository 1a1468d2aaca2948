package kg

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestKilometres compares with distances that others give for a sphere of the same radius: quarters of the circumference, and
// the haversine distances of geographic libraries.
func TestKilometres(t *testing.T) {
	quarter := math.Round(earthRadius*math.Pi/2*1000) / 1000
	for _, c := range []struct {
		a, b Point
		want float64
	}{
		{Point{0, 0}, Point{0, 0}, 0},
		{Point{0, 0}, Point{0, 90}, quarter},
		{Point{0, 0}, Point{90, 77}, quarter},
		{Point{0, 0}, Point{0, 180}, 20015.114},
		{Point{0, 0}, Point{0, -180}, 20015.114},
		{Point{-90, 3}, Point{90, -120}, 20015.114},
		{Point{90, 3}, Point{90, -120}, 0},
		{Point{0, 180}, Point{0, -180}, 0},
		{Point{0, 179.5}, Point{0, -179.5}, 111.195},
		{Point{45.7597, 4.8422}, Point{48.8567, 2.3508}, 392.217}, // Lyon and Paris
		{Point{36.65, 117.12}, Point{36.65, 117.1201}, 0.009},
	} {
		if got := Kilometres(c.a, c.b); got != c.want {
			t.Errorf("from %v to %v it is %v km, want %v", c.a, c.b, got, c.want)
		}
		if got := Kilometres(c.b, c.a); got != c.want {
			t.Errorf("from %v back to %v it is %v km, want %v", c.b, c.a, got, c.want)
		}
	}
}

// TestRectangles: those of a box hold what it holds, and those of a circle all that it holds.
func TestRectangles(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	lat := func() float64 { return []float64{-90, 90, 0, r.Float64()*180 - 90, r.Float64()*2 + 88}[r.IntN(5)] }
	lon := func() float64 { return []float64{-180, 180, 0, r.Float64()*360 - 180, 179 + r.Float64()}[r.IntN(5)] }
	held := func(in []Rectangle, p Point) bool {
		for _, x := range in {
			if x.Holds(p) {
				return true
			}
		}
		return false
	}
	inCircles := 0
	for range 200_000 {
		p := Point{lat(), lon()}
		south, north := lat(), lat()
		box := WithinBox{min(south, north), lon(), max(south, north), lon()}
		if got, want := held(box.Rectangles(), p), box.Holds(p); got != want {
			t.Fatalf("%v in %v: %t by its rectangles %v, want %t", p, box, got, box.Rectangles(), want)
		}
		circle := Within{lat(), lon(), []float64{0, 1, 100, 5000, MaxKm}[r.IntN(5)] * r.Float64()}
		if r.IntN(2) == 0 { // a place on the border
			circle.Km = Kilometres(Point{circle.Lat, circle.Lon}, p)
			if !circle.Holds(p) {
				t.Fatalf("%v is not in %v, whose radius is its distance", p, circle)
			}
			if less := (Within{circle.Lat, circle.Lon, circle.Km - 0.001}); less.Km >= 0 && less.Holds(p) {
				t.Fatalf("%v is in %v, whose radius is a metre less than its distance", p, less)
			}
		}
		if circle.Holds(p) {
			inCircles++
			if !held(circle.Rectangles(), p) {
				t.Fatalf("%v is in %v and in none of %v", p, circle, circle.Rectangles())
			}
		}
	}
	if inCircles < 10_000 {
		t.Errorf("only %d places were in their circle", inCircles)
	}
}
