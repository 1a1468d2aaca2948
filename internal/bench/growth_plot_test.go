package bench

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// The plot, in pixels: where its axes are, and room for names on the right.
const (
	plotWidth, plotHeight                   = 900, 600
	plotLeft, plotTop, plotRight, plotFloor = 70, 20, 680, 550
	plotLine                                = 17 // between two names
)

// plotColours tell lines apart on light ground and on dark.
var plotColours = []string{"#d9480f", "#1c7ed6", "#2f9e44", "#ae3ec9", "#b08900", "#0c9488", "#e03170", "#7950f2", "#74a000", "#c2255c", "#3b8fa8", "#a0622d", "#868e96", "#5c7cfa", "#f76707", "#099268"}

// plot draws how the median of each question grows with the graph, both axes in powers of ten: what does not grow is level, and
// what grows as the graph does rises by one power for each.
func plot(all []*grown) []byte {
	least, most := time.Duration(math.MaxInt64), time.Duration(0)
	for _, g := range all {
		for _, f := range g.answers {
			if f.p50 > 0 { // it was answered
				least, most = min(least, f.p50), max(most, f.p50)
			}
		}
	}
	fromX, toX := math.Floor(math.Log10(float64(all[0].facts))+.5)-.2, math.Floor(math.Log10(float64(all[len(all)-1].facts))+.5)+.2
	fromY, toY := math.Floor(math.Log10(least.Seconds())), math.Ceil(math.Log10(most.Seconds()))
	x := func(facts float64) float64 {
		return plotLeft + (math.Log10(facts)-fromX)/(toX-fromX)*(plotRight-plotLeft)
	}
	y := func(seconds float64) float64 {
		return plotFloor - (math.Log10(seconds)-fromY)/(toY-fromY)*(plotFloor-plotTop)
	}

	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">
<title>The median time of each question on graphs of different sizes</title>
<style>.ground{fill:#fff}.axis{stroke:#ced4da}text{fill:#212529}@media(prefers-color-scheme:dark){.ground{fill:#16181b}.axis{stroke:#3d434a}text{fill:#e9ecef}}</style>
<rect class="ground" width="%d" height="%d"/>
`, plotWidth, plotHeight, plotWidth, plotHeight)
	axis := func(x1, y1, x2, y2 float64) {
		fmt.Fprintf(&out, "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", x1, y1, x2, y2)
	}
	label := func(x, y float64, anchor, text string) {
		fmt.Fprintf(&out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text)
	}
	for p := fromY; p <= toY; p++ {
		at := y(math.Pow(10, p))
		axis(plotLeft, at, plotRight, at)
		label(plotLeft-8, at+4, "end", strings.NewReplacer("µs", " µs", "ms", " ms", "s", " s").Replace(time.Duration(math.Round(math.Pow(10, p+9))).String()))
	}
	for p := math.Ceil(fromX); p <= toX; p++ {
		at := x(math.Pow(10, p))
		axis(at, plotTop, at, plotFloor)
		label(at, plotFloor+20, "middle", count(int(math.Pow(10, p))))
	}
	label((plotLeft+plotRight)/2, plotFloor+42, "middle", "facts")

	type name struct {
		x, y         float64 // of the end of its line
		text, colour string
	}
	var names []name
	for i, q := range growthQuestions {
		colour := plotColours[i%len(plotColours)]
		var line bytes.Buffer
		var endX, endY float64
		for _, g := range all {
			if g.answers[i].p50 == 0 {
				continue
			}
			endX, endY = x(float64(g.facts)), y(g.answers[i].p50.Seconds())
			fmt.Fprintf(&line, "%.1f,%.1f ", endX, endY)
			fmt.Fprintf(&out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", endX, endY, colour)
		}
		fmt.Fprintf(&out, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n", colour, bytes.TrimSpace(line.Bytes()))
		if line.Len() > 0 {
			names = append(names, name{endX, endY, q.name, colour})
		}
	}
	// Names stand beside the ends of their lines, and make room for each other.
	slices.SortFunc(names, func(a, b name) int { return cmp.Compare(a.y, b.y) })
	places := make([]float64, len(names))
	for i := range names {
		places[i] = names[i].y
		if i > 0 {
			places[i] = max(places[i], places[i-1]+plotLine)
		}
	}
	floor := float64(plotHeight - 10)
	for i := len(names) - 1; i >= 0; i-- {
		places[i] = min(places[i], floor)
		floor = places[i] - plotLine
	}
	for i, n := range names {
		fmt.Fprintf(&out, "<polyline fill=\"none\" stroke=\"%s\" points=\"%.1f,%.1f %d,%.1f\"/>\n", n.colour, n.x, n.y, plotRight+15, places[i])
		label(plotRight+20, places[i]+4, "start", n.text)
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}
