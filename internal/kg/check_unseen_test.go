package kg_test

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// What people write with is kept as it came, though it can't be seen: what turns a word within a name and turns back, what joins
// letters, and in texts whatever their sources have.
func TestUnseenCharactersThatMeanSomething(t *testing.T) {
	c := newCatalog(storetest.Reference())
	for _, name := range []string{
		"شركة \u2066Airbus SAS\u2069", "بلدية \u2068\u2067رن\u2069 (Rennes)\u2069", "חברת \u200eC++\u200e", "می\u200cخواهم", "क्\u200dष", "<img src=x onerror=alert(1)></script>",
	} {
		if refused := apply(t, c, entity("city:x", name)); refused != nil {
			t.Errorf("the name %+q: %v", name, refused)
		}
		if got := get(t, c, "city:x")[0].Entity.Names[0].Value; got != name {
			t.Errorf("the name %+q came back as %+q", name, got)
		}
	}
	const text = "Page 1\r\n\tשלום \u202bעולם\u202c\f\u2067Page 2\u0085"
	if refused := apply(t, c, source("turned", text)); refused != nil {
		t.Errorf("a text: %v", refused)
	}
	if got := get(t, c, kg.ID("source:turned"))[0].Source.Text; got != text {
		t.Errorf("the text came back as %+q", got)
	}
}
