package kg

import (
	"strings"
	"testing"
)

// Every date of the table has a sentence that names what it happened to, and no sentence names what there is none of.
func TestMomentSentences(t *testing.T) {
	for _, k := range (Entities | Facts).Kinds() {
		d := k.Decl()
		for _, f := range MomentFields(k) {
			names, others := []string{"{name}"}, []string{"{from}", "{to}", "{detail}"}
			if k.IsFact() {
				names, others = []string{"{from}", "{to}"}, []string{"{name}"}
				if d.Detail == nil {
					others = append(others, "{detail}")
				}
			}
			sentence := f.Happened
			switch f {
			case FieldSince:
				sentence = d.Began
			case FieldUntil:
				sentence = d.Ended
			}
			for _, part := range names {
				if !strings.Contains(sentence, part) {
					t.Errorf("%s.%s: the sentence %q does not say %s", k, f.Name, sentence, part)
				}
			}
			for _, part := range others {
				if strings.Contains(sentence, part) {
					t.Errorf("%s.%s: the sentence %q says %s, which there is none of", k, f.Name, sentence, part)
				}
			}
		}
		if len(d.Since) > 0 && d.Began != "" || len(d.Until) > 0 && d.Ended != "" || k.IsEntity() && d.Began+d.Ended != "" {
			t.Errorf("%s has a sentence for a date that it has none of: %q %q", k, d.Began, d.Ended)
		}
	}
}

func TestMomentTitle(t *testing.T) {
	names := map[ID]string{"city:cn-jinan": "Jinan", "city:fr-rennes": "Rennes", "agreement:x": "The {to} Treaty", "company:c": "Comac"}
	value := func(k Kind, name, value string) []Value {
		values := make([]Value, len(k.Decl().Fields))
		values[k.Decl().Field(name).slot] = value
		return values
	}
	signed := &Row{Entity: &Entity{ID: "agreement:x", Kind: Agreement}}
	party := &Row{Fact: &Fact{Kind: PartyTo, From: "city:fr-rennes", To: "agreement:x", Values: value(PartyTo, "role", "SIGNATORY")}}
	partners := &Row{Fact: &Fact{Kind: PartnersWith, From: "city:cn-jinan", To: "city:fr-rennes", Values: value(PartnersWith, "type", "FRIENDSHIP")}}
	venture := &Row{Fact: &Fact{Kind: InvestsIn, From: "company:c", To: "city:cn-jinan", Values: value(InvestsIn, "mode", "JOINT_VENTURE")}}
	unsaid := &Row{Fact: &Fact{Kind: InvestsIn, From: "company:c", To: "city:cn-jinan", Values: make([]Value, len(InvestsIn.Decl().Fields))}}
	for _, c := range []struct {
		row   *Row
		field *Field
		want  string
	}{
		{signed, Agreement.Decl().Field("signedOn"), "The {to} Treaty was signed"},
		{party, PartyTo.Decl().Field("inForceOn"), "The {to} Treaty entered into force for Rennes (signatory)"},
		{partners, FieldSince, "Jinan and Rennes became partners (friendship)"},
		{partners, FieldUntil, "Jinan and Rennes ceased to be partners (friendship)"},
		{venture, FieldSince, "Comac invested in Jinan (joint venture)"},
		{unsaid, FieldSince, "Comac invested in Jinan"},
	} {
		if got := MomentTitle(c.row, c.field, func(id ID) string { return names[id] }); got != c.want {
			t.Errorf("MomentTitle of %s = %q, want %q", c.field.Name, got, c.want)
		}
	}
}
