package kg

import (
	"math/bits"
	"strings"
)

// Kind says what a node of the graph is: one of the kinds of entity, one of the kinds of fact, a source, or a piece of
// evidence. What each kind may hold and join is declared by its [Decl].
type Kind uint8

// The kinds. Entities come first, then facts; [Entities] and [Facts] are the sets of either.
const (
	NoKind Kind = iota

	Country
	Region
	City
	Zone
	Company
	Institution
	Agreement
	Event
	Project
	Sector

	LocatedIn
	PartOf
	PartnersWith
	PartyTo
	TookPartIn
	ResultedIn
	Concerns
	ActiveIn
	InvestsIn
	Represents
	RelatesTo

	SourceKind
	EvidenceKind
	ChangeKind
	StatusKind
)

// maxKinds is how many kinds a [KindSet] can hold.
const maxKinds = 32

// Sets that follow from the table of kinds.
var (
	// Entities are the kinds that the graph knows by name.
	Entities KindSet
	// Facts are the kinds that link two entities.
	Facts KindSet
)

// Sets of kinds that the model speaks of.
const (
	// Parties are the entities that act: they can be partners, party to an agreement, or take part in an event.
	Parties KindSet = 1<<Country | 1<<Region | 1<<City | 1<<Zone | 1<<Company | 1<<Institution
	// Places are the entities that others lie in.
	Places KindSet = 1<<Country | 1<<Region | 1<<City | 1<<Zone
)

// String gives the kind's name as the API and the data format write it: CITY, PARTNERS_WITH.
func (k Kind) String() string { return k.Decl().Name }

// IsEntity says whether things of this kind are entities.
func (k Kind) IsEntity() bool { return Entities.Has(k) }

// IsFact says whether things of this kind are facts.
func (k Kind) IsFact() bool { return Facts.Has(k) }

// Decl gives what the model declares of the kind. It must not be changed.
func (k Kind) Decl() *Decl {
	return &decls[k%maxKinds]
}

// KindNamed gives the kind with a name such as CITY or PARTNERS_WITH, or [NoKind].
func KindNamed(name string) Kind { return kindByName[name] }

// KindOfType gives the kind whose GraphQL object type has a name such as City or PartnersWith, or [NoKind].
func KindOfType(name string) Kind { return kindByType[name] }

// KindOf gives the kind that an id's prefix names (city:cn-jinan is a [City]), or [NoKind].
func KindOf(id ID) Kind {
	prefix, _, _ := strings.Cut(string(id), ":")
	return kindByPrefix[prefix]
}

// KindSet is a set of kinds.
type KindSet uint32

// SetOf makes a set of kinds.
func SetOf(kinds ...Kind) KindSet {
	var s KindSet
	for _, k := range kinds {
		s |= 1 << k
	}
	return s
}

// Has says whether the kind is in the set.
func (s KindSet) Has(k Kind) bool { return s>>k&1 == 1 }

// Kinds lists the set in the order of declaration.
func (s KindSet) Kinds() []Kind {
	out := make([]Kind, 0, bits.OnesCount32(uint32(s)))
	for ; s != 0; s &= s - 1 {
		out = append(out, Kind(bits.TrailingZeros32(uint32(s))))
	}
	return out
}

// Prefixes lists what ids of the kinds begin with.
func (s KindSet) Prefixes() []string {
	var prefixes []string
	for _, k := range s.Kinds() {
		prefixes = append(prefixes, k.Decl().Prefix)
	}
	return prefixes
}

// String lists the names: "CITY or ZONE", as an error would say it.
func (s KindSet) String() string {
	var names []string
	for _, k := range s.Kinds() {
		names = append(names, k.String())
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
	return strings.Join(names, "")
}
