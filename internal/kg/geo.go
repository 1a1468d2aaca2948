package kg

import "math"

// Places are compared on a sphere, alike on every engine: what is far from a border is decided in the same way whatever the last
// digit of a sine, and a border lies half a metre beyond the distance that [Kilometres] says.

// earthRadius is the mean radius of the earth in kilometres, (2a + b) / 3 of the ellipsoid of WGS 84.
const earthRadius = 6371.0088

// halfMetre is what distances are rounded by, in kilometres.
const halfMetre = 0.0005

// MaxKm is the largest radius of a circle: half way round the earth, and a little.
const MaxKm = 20_040

// Rectangle is all places from one latitude to another and from one longitude to another, all four included: South is at most
// North and West at most East, so that it never crosses the antimeridian.
type Rectangle struct{ South, West, North, East float64 }

// Holds says whether a place is in the rectangle.
func (r Rectangle) Holds(p Point) bool {
	return r.South <= p.Lat && p.Lat <= r.North && r.West <= p.Lon && p.Lon <= r.East
}

// Kilometres is how far one place is from another along a great circle of a sphere with the earth's mean radius, by the haversine
// formula, rounded to a metre. The ellipsoid differs from it by up to 0.6 percent.
func Kilometres(a, b Point) float64 {
	km := 2 * earthRadius * math.Asin(math.Sqrt(min(haversine(a, b), 1)))
	return math.Round(km*1000) / 1000
}

// haversine is half of one minus the cosine of the angle between two places, from 0 to about 1.
func haversine(a, b Point) float64 {
	const degree = math.Pi / 180
	lat, lon := math.Sin((b.Lat-a.Lat)*degree/2), math.Sin((b.Lon-a.Lon)*degree/2)
	return lat*lat + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*lon*lon
}

// Haversine is the largest haversine of the angle between the circle's centre and a place in it.
func (f Within) Haversine() float64 {
	angle := (f.Km + halfMetre) / earthRadius
	if angle >= math.Pi {
		return 2 // everything
	}
	return math.Pow(math.Sin(angle/2), 2)
}

// Holds says whether a place is in the circle.
func (f Within) Holds(p Point) bool { return haversine(Point{f.Lat, f.Lon}, p) <= f.Haversine() }

// Rectangles hold all places of the circle, and some around it: where an index may look for them.
func (f Within) Rectangles() []Rectangle {
	const degree, margin = math.Pi / 180, 1e-6
	angle := (f.Km + halfMetre) / earthRadius
	box := WithinBox{f.Lat - angle/degree - margin, -180, f.Lat + angle/degree + margin, 180}
	if box.South > -90 && box.North < 90 { // else all longitudes meet in it, at a pole
		lon := math.Asin(min(math.Sin(angle)/math.Cos(f.Lat*degree), 1))/degree + margin
		if lon < 180 {
			box.West, box.East = f.Lon-lon, f.Lon+lon
		}
		if box.West < -180 {
			box.West += 360
		}
		if box.East > 180 {
			box.East -= 360
		}
	}
	box.South, box.North = max(box.South, -90), min(box.North, 90)
	return box.Rectangles()
}

// Holds says whether a place is in the box. The antimeridian has two names, -180 and 180, and a pole lies on all longitudes: in a
// box that reaches them they are under each of these.
func (f WithinBox) Holds(p Point) bool {
	switch {
	case p.Lat < f.South || f.North < p.Lat:
		return false
	case f.West > f.East:
		return f.West <= p.Lon || p.Lon <= f.East || isPole(p.Lat)
	}
	return f.West <= p.Lon && p.Lon <= f.East || f.West == -180 && p.Lon == 180 || f.East == 180 && p.Lon == -180 || isPole(p.Lat)
}

func isPole(lat float64) bool { return lat == -90 || lat == 90 }

// Rectangles hold what the box holds and nothing else. They may overlap.
func (f WithinBox) Rectangles() []Rectangle {
	var out []Rectangle
	span := func(west, east float64) { out = append(out, Rectangle{f.South, west, f.North, east}) }
	switch {
	case f.West > f.East:
		span(f.West, 180)
		span(-180, f.East)
	default:
		span(f.West, f.East)
		if f.West == -180 && f.East < 180 {
			span(180, 180)
		}
		if f.East == 180 && f.West > -180 {
			span(-180, -180)
		}
	}
	for _, pole := range []float64{-90, 90} {
		if f.South <= pole && pole <= f.North {
			out = append(out, Rectangle{pole, -180, pole, 180})
		}
	}
	return out
}
