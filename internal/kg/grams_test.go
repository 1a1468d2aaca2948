package kg

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ name, plain, words string }{
		{"", "", ""},
		{"New York", "new york", "new york"},
		{"L’Aquila", "laquila", "laquila l aquila"},
		{"E.D.F.", "edf", "edf e d f"},
		{"Washington, D.C.", "washington dc", "washington dc d c"},
		{"Île-de-France", "ile de france", "ile de france iledefrance"},
		{"'quoted' - (Oder)", "quoted oder", "quoted oder"},
		{"JR東日本 2号", "jr東日本 2号", "jr 東日本* 2 号*"},
		{"トヨタ・モーター", "トヨタ モーター", "トヨタ* モーター*"},
		{"서울 시", "서울 시", "서울* 시*"},
		{"กรุงเทพ", "กรุงเทพ", "กรุงเทพ*"},
		{"दिल्ली", "दिल्ली", "दिल्ली"},
		{"100% _x_ & C++", "100 x c", "100 x c"},
		{"★ bar", "★ bar", "★* bar"},
		{"!?\ufffd", "", ""},
	} {
		folded := searched(c.name)
		p := spaced(folded)
		var words []string
		for _, w := range namedWords(folded, p) {
			if w.run {
				w.text += "*"
			}
			words = append(words, w.text)
		}
		if got := strings.Join(words, " "); p != c.plain || got != c.words {
			t.Errorf("%q is %q, words %q; want %q, %q", c.name, p, got, c.plain, c.words)
		}
	}
}

func TestGrams(t *testing.T) {
	e := &Entity{Kind: City, Values: make([]Value, len(City.Decl().Fields)), Names: []Name{{Value: "Ada"}, {Value: "北京市"}},
		Description: "By a river 河边", Others: []Identifier{{"OTHER", "X-1"}}}
	want := strings.Fields("-ad -ada -aa -da <a <ad <ada =ada ^a ^ad ada da$ <北 <北京 <北京市 =北京市 北 京 市 北京 京市 ~by ~a ~ri ~rive ~河 ~边 ~河边 =x1")
	slices.Sort(want)
	if got := Grams(e); !slices.Equal(got, want) {
		t.Errorf("gave   %q\nwanted %q", got, want)
	}
}

// A word's fit in one of a name, and how many mistakes it may have.
func TestFits(t *testing.T) {
	for _, c := range []struct {
		text, name string
		want       fit
	}{
		{"rennes", "rennes", fitWhole}, {"ren", "rennes", fitBegin}, {"nne", "rennes", fitWithin}, {"nn", "rennes", fitNone},
		// one mistake from 4 letters on
		{"ren", "ran", fitNone}, {"bron", "born", fitNear}, {"rene", "rennes", fitNone}, {"renes", "rennes", fitNear}, {"renness", "rennes", fitNear},
		{"tennes", "rennes", fitNear}, {"renens", "rennes", fitNear}, {"rnnse", "rennes", fitNone},
		// two from 8 on, one of them in a beginning from 7 on; a swap is the only mistake
		{"dortmand", "dortmund", fitNear}, {"tortmand", "dortmund", fitFar}, {"dotrmand", "dortmund", fitNone}, {"odtrmund", "dortmund", fitNone}, {"dortmunders", "dortmund", fitNone},
		{"tortmant", "dortmund", fitNone}, {"electri", "elektricity", fitFar}, {"electr", "elektricity", fitNone}, {"eletkric", "elektricity", fitFar},
		// none where there are digits
		{"type2010", "type2011", fitNone}, {"type2", "type2011", fitBegin},
		// nor where a word is the same few letters
		{"aaaaaaaa", "aaaaaaab", fitNone},
		// scripts without spaces: anywhere, and one wrong character of four
		{"京都", "東京都", fitWithin}, {"東都", "東京都", fitNone}, {"開發区", "高新技术開发区", fitNone}, {"技術开发", "高新技术开发区", fitNear}, {"技开发区", "高新技术开发区", fitNear},
		{"高薪技術开发区域", "高新技术开发区域", fitFar}, {"高新技術開发开发区域大", "高新技术开发区域大", fitNone},
		// never from one script to the other
		{"東京", "tokyo", fitNone},
	} {
		w := newSoughtIn(wordsOf(c.text)[0])
		if got := w.fitIn(wordsOf(c.name)[0]); got != c.want {
			t.Errorf("%q in %q: %d, want %d", c.text, c.name, got, c.want)
		}
	}
}

// proposes says whether an engine has to propose an entity for a text.
func proposes(e *Entity, text string) bool {
	s, grams := Seek(text, 0), Grams(e)
	for _, w := range s.Words {
		n := 0
		for _, g := range w.Grams {
			if _, ok := slices.BinarySearch(grams, g.Text); ok {
				n += g.Weight
			}
		}
		if n < w.Least {
			return false
		}
	}
	return len(s.Words) > 0
}

func entityNamed(name, description string) *Entity {
	return &Entity{Kind: City, Values: make([]Value, len(City.Decl().Fields)), Names: []Name{{Value: name, Kind: Primary}}, Description: description}
}

// holdSearch holds for any name and text: a name finds itself, and what has a score is proposed.
func holdSearch(t *testing.T, name, description, text string) {
	t.Helper()
	e := entityNamed(name, description)
	score, matched := newScorer(Seek(text, 0)).score(e, 1)
	if score < 0 || score > 1 || (score > 0) != (matched != "") {
		t.Fatalf("%+q scores %v by %+q for %+q", name, score, matched, text)
	}
	if score > 0 && !proposes(e, text) {
		t.Fatalf("%+q, said %+q, fits %+q, by %+q, but is not proposed", name, description, text, matched)
	}
	if s := Seek(name, 0); len(s.Words) > 0 {
		if self, _ := newScorer(s).score(e, 1); !proposes(e, name) || self < score {
			t.Fatalf("%+q is proposed for itself: %v, and scores %v, but %v for %+q", name, proposes(e, name), self, score, text)
		}
	}
	for _, s := range []*Sought{Seek(name, 0), Seek(text, 0)} {
		if len(s.Words) > maxWords {
			t.Fatalf("%d words are sought", len(s.Words))
		}
		for _, w := range s.Words {
			most := 0
			for i, g := range w.Grams {
				most += g.Weight
				if g.Weight < 1 || slices.Contains(w.Grams[:i], g) {
					t.Fatalf("a word of %+q seeks %+q twice, or with the weight %d", text, g.Text, g.Weight)
				}
			}
			if w.Least < 1 || w.Least > most {
				t.Fatalf("a word of %+q needs %d of %d", text, w.Least, most)
			}
		}
	}
	for _, g := range Grams(e) {
		if strings.ContainsAny(g, " \t\n\"\\") || utf8.RuneCountInString(g) > maxWhole+1 || !utf8.ValidString(g) {
			t.Fatalf("%+q has the gram %+q", name, g)
		}
	}
}

// Every text that differs from a name by what is forgiven is proposed for it, whichever letters it strikes.
func TestMistakesAreProposed(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	found := 0
	for range 5_000 {
		alphabet := []rune([]string{"ab", "abcdefghijklmnop", "高新技术开发区域大学"}[r.IntN(3)])
		letters := make([]rune, 1+r.IntN(12))
		for i := range letters {
			letters[i] = alphabet[r.IntN(len(alphabet))]
		}
		name := string(letters)
		text := slices.Clone(letters)
		for range r.IntN(3) {
			at := r.IntN(len(text))
			switch c := alphabet[r.IntN(len(alphabet))]; r.IntN(4) {
			case 0:
				text[at] = c
			case 1:
				text = slices.Insert(text, at, c)
			case 2:
				if len(text) > 1 {
					text = slices.Delete(text, at, at+1)
				}
			default:
				if at > 0 {
					text[at-1], text[at] = text[at], text[at-1]
				}
			}
		}
		from := r.IntN(len(text))
		if r.IntN(2) == 0 {
			from = 0
		}
		part := string(text[from : from+1+r.IntN(len(text)-from)])
		holdSearch(t, name, "", part)
		holdSearch(t, "of "+name+" x", name, part+" x")
		if score, _ := newScorer(Seek(part, 0)).score(entityNamed(name, ""), 0); score > 0 {
			found++
		}
	}
	if found < 1_000 {
		t.Errorf("only %d of the texts found anything", found)
	}
}

func FuzzSearchText(f *testing.F) {
	for _, s := range [][3]string{
		{"Łódź", "", "lodz"}, {"Électricité de France", "A company.", "electrisite france"}, {"東京都", "日本の首都。", "京都"}, {"L’Aquila", "", "l'aquila"},
		{"Xi'an", "", "xi an"}, {"St. John's-on-Sea", "", "st johns on"}, {"JR東日本", "x y z", "jr 東"}, {"a'b'c", "", "abc"}, {"กรุงเทพ น้ำ", "", "\u0e49"},
		{"a \u0301b", "", "ab"}, {strings.Repeat("ab ", 90), "", strings.Repeat("ab ", 99)}, {"aaaaaaaaa", "aaaa", "aaaaaaaab"}, {"★★ 5", "", "★5"},
		{"서울특별시", "", "서울특벌시"}, {"ﷺﷺﷺ", "", "ﷺ"}, {"x\xff.y", "", "xy"}, {"100% _", "", "100"}, {"ab cd", "", "abcd"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(holdSearch)
}

func BenchmarkGrams(b *testing.B) {
	for name, e := range map[string]*Entity{
		"latin": entityNamed("Institut européen d'administration", ""), "han": entityNamed("济南高新技术产业开发区", ""),
		"described": entityNamed("Rennes", strings.Repeat("A city of the west, which is twinned with many. ", 5)),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Grams(e)
			}
		})
	}
}
