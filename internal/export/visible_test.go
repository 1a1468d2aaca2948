package export

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		`{"name":"Jinan 济南"}`:                     `{"name":"Jinan 济南"}`,
		"{\"text\":\"a\u202eb\u2069\u009b\x7f\"}": `{"text":"a\u202eb\u2069\u009b\u007f"}`,
		"\"\u200e\u061cمی\u200cخواهم\"":           "\"\\u200e\\u061cمی\u200cخواهم\"",
	} {
		got := string(Visible([]byte(text)))
		if got != want {
			t.Errorf("%+q becomes %+q, want %+q", text, got, want)
		}
		var before, after any
		if json.Unmarshal([]byte(text), &before) != nil || json.Unmarshal([]byte(got), &after) != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%+q says something else: %+q", text, got)
		}
	}
}
