package kg

import (
	"math"
	"slices"
	"strings"
)

// Confidence computes how sure a fact is, 0..1, from the evidence that speaks for it.
//
// Each piece of evidence counts its own confidence times its source's reliability. Of one source, only the best piece
// counts; sources that carry one text (an original and what is based on it, or the same hash) are one source. The sources'
// values p are then taken as independent: the fact's confidence is 1 - (1-p1)(1-p2)..., multiplied in the order of the
// sources' ids so that every engine rounds alike, and rounded to four places.
//
// A person can redo it: a retelling (0.7) and an official statement (0.9) that say the same give 1 - 0.3*0.1 = 0.97.
//
// source finds a source by id; evidence whose source is unknown counts nothing.
func Confidence(evidence []Evidence, source func(ID) *Source) float64 {
	groups := grouped(evidence, source)
	slices.SortFunc(groups, func(a, b group) int { return strings.Compare(string(a.first), string(b.first)) })
	doubt := 1.0
	for _, g := range groups {
		doubt *= 1 - g.p
	}
	return math.Round((1-doubt)*1e4) / 1e4
}

// Corroborated says whether what speaks for a fact is in several sources, counted as [Confidence] counts them: an original and
// its reprint are one.
func Corroborated(evidence []Evidence, source func(ID) *Source) bool {
	return len(grouped(evidence, source)) > 1
}

// Quoted says whether some of what speaks for a fact is a quote.
func Quoted(evidence []Evidence) bool {
	return slices.ContainsFunc(evidence, func(ev Evidence) bool { return ev.Quote != "" && !ev.Disputes })
}

// group is the sources that carry one text, as far as is known.
type group struct {
	first  ID      // the smallest id among them
	p      float64 // the surest reading of any of them
	source *Source // while it is one
	texts  []string
}

// grouped gathers what speaks for a fact by the text that it is in.
func grouped(evidence []Evidence, source func(ID) *Source) []group {
	var groups []group
	for i := range evidence {
		ev := &evidence[i]
		s := source(ev.Source)
		if ev.Disputes || s == nil {
			continue
		}
		p := ev.Confidence * s.Reliability
		if at := slices.IndexFunc(groups, func(g group) bool { return g.first == s.ID }); at >= 0 {
			groups[at].p = max(groups[at].p, p)
		} else {
			groups = append(groups, group{first: s.ID, p: p, source: s})
		}
	}
	if len(groups) > 1 {
		groups = joined(groups)
	}
	return groups
}

// joined makes one group of those that share a text.
func joined(groups []group) []group {
	var out []group
	for _, next := range groups {
		next.texts = texts(next.source)
		// What shares a text with it joins it: several groups may turn out to be one.
		out = slices.DeleteFunc(out, func(g group) bool {
			if !g.shares(next) {
				return false
			}
			next.first, next.p, next.texts = min(next.first, g.first), max(next.p, g.p), append(next.texts, g.texts...)
			return true
		})
		out = append(out, next)
	}
	return out
}

func (g group) shares(o group) bool {
	return slices.ContainsFunc(g.texts, func(t string) bool { return slices.Contains(o.texts, t) })
}

// texts names the text that a source carries in every way that it is known by.
func texts(s *Source) []string {
	names := []string{string(s.ID)}
	if s.URL != "" {
		names = append(names, "url "+s.URL)
	}
	if s.SHA256 != "" {
		names = append(names, "sha256 "+s.SHA256)
	}
	if s.Publisher != "" && s.PublishedOn.Known() { // a title alone, such as a file's name, may be another's too
		names = append(names, titled(s.Title, s.Publisher, s.PublishedOn))
	}
	if o := s.BasedOn; o != nil {
		if o.URL != "" {
			names = append(names, "url "+o.URL)
		}
		names = append(names, titled(o.Title, o.Publisher, o.PublishedOn))
	}
	return names
}

func titled(title, publisher string, publishedOn Date) string {
	return strings.Join([]string{"title", Fold(title), Fold(publisher), publishedOn.Text}, "\x00")
}
