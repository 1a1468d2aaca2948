package recent

import "testing"

func TestWhatIsUsedStaysWithinTheBound(t *testing.T) {
	c := New[int, string](100)
	c.Add(-1, "used", 5)
	for i := range 1000 {
		c.Add(i, "other", 5)
		if v, ok := c.Get(-1); !ok || v != "used" {
			t.Fatalf("after %d others, a value in use is gone", i+1)
		}
		if size := c.Size(); size > 100 {
			t.Fatalf("after %d others, %d are kept", i+1, size)
		}
	}
	if _, ok := c.Get(0); ok {
		t.Error("a value of long ago is still kept")
	}
	c.Add(1000, "large", 51)
	if _, ok := c.Get(1000); ok {
		t.Error("a value is kept that takes more than a generation's room")
	}
	if v, ok := c.Get(999); !ok || v != "other" {
		t.Error("the last value is gone")
	}
}

func TestTheFirstValueOfAKeyStays(t *testing.T) {
	c := New[string, int](10)
	c.Add("a", 1, 1)
	c.Add("a", 2, 1)
	if v, _ := c.Get("a"); v != 1 {
		t.Errorf("the value is %d", v)
	}
}
