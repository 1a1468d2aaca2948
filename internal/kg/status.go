package kg

// Status is what an agreement is on a day, and why.
type Status struct {
	On    Day
	Value string // one of StatusValues
	// DecidedBy is the evidence of the dated facts and fields that decided, each place once: of the facts first, in the order
	// of their dates, undated ones last, then of agreements' own fields. What disputes them is left out, as it decided nothing.
	// Fields and their evidence are those of the present: under a knownAt, leave out what was recorded later.
	DecidedBy []Evidence
}

// value gives what the status holds in a field, nil where it has none.
func (s *Status) value(f *Field) Value {
	switch f.slot {
	case slotOn:
		return Date{Text: s.On.String(), First: s.On, Last: s.On}
	case slotStatus:
		return s.Value
	}
	return nil
}

// What an agreement can be on a day.
const (
	StatusUnknown    = "UNKNOWN"
	StatusSigned     = "SIGNED" // which is not in force
	StatusInForce    = "IN_FORCE"
	StatusExpired    = "EXPIRED"
	StatusTerminated = "TERMINATED"
	StatusSurviving  = "SURVIVING" // it has ended, but still binds in part
	StatusReplaced   = "REPLACED"
)

// StatusValues lists them in the order of the API.
var StatusValues = []string{StatusUnknown, StatusSigned, StatusInForce, StatusExpired, StatusTerminated, StatusSurviving, StatusReplaced}

// Dossier is what an agreement's status is decided from. The facts come as the graph held them at the moment that a question
// is about (see History.At), in any order; those that are not accepted are passed over.
type Dossier struct {
	Agreement *Entity
	Parties   []*Fact // PARTY_TO facts to it
	Relates   []*Fact // RELATES_TO facts with it at either end; only REPLACES to it are read, as no other type ends it
}

// StatusOn decides what an agreement is on a day. The first row that fits decides:
//
//	 1  ended by row 2, 3, 4 or 5, and survivesUntil is not over  SURVIVING
//	 2  an agreement that replaces it has entered into force      REPLACED
//	 3  withdrawals left fewer than two parties before endedOn    TERMINATED
//	 4  endedOn is over, ending is EXPIRED                        EXPIRED
//	 5  endedOn is over                                           TERMINATED
//	 6  it has ended, or may have, and no date says when          UNKNOWN
//	 7  it has entered into force for two parties                 IN_FORCE
//	 8  its own inForceOn has come                                IN_FORCE
//	 9  all for whom it was in force have withdrawn (if it was    UNKNOWN
//	    for none: all who are known to have been party to it)
//	10  a party has signed or ratified it, or it is in force      SIGNED
//	    for one alone; or its own signedOn has come
//	11  anything else                                             UNKNOWN
//
// Days. A date may be many days, and the status has to be one. A beginning (signature, entry into force, replacement) counts
// from the earliest day that it can mean, and an end (endedOn, withdrewOn, survivesUntil) once the latest has passed: in force
// goes before not in force, as it does in asOf. So the last day of an agreement is still in force. Two dates need more care.
// Entry into force lies, if it can, not before a signature or ratification that is known (inForceOn 2010, signedOn 2010-06-15:
// from that day); where it can't, the source is taken at its word, as parties may give an agreement retroactive effect. And an
// open date has no such day: a beginning by some day (../2012) counts from that day, and an end on some day or later (2012/..)
// makes the days after it row 6.
//
// Parties. SIGNATORY and ACCEDING are bound, each once however many facts it has. GUARANTOR, DEPOSITARY, OBSERVER and OTHER do
// not count, whatever their dates: what they guarantee, keep or watch is between others, and a role that is not known is no
// proof of being bound. An agreement is made between at least two, so that with fewer than two signatories known the graph
// lacks some: then one entry into force is enough for row 7, and withdrawals never make row 3. Who has signed and is not
// known to have left counts as a party that is left.
//
// Parties before the agreement. Rows 3 and 7 come before what they share with rows 5 and 8. An inForceOn of its own holds
// although the parties that are known came later, as the graph seldom knows all.
//
// Ends. An end needs no beginning: what was signed and given up is TERMINATED. Where ending is not known it is TERMINATED too:
// in the law of treaties expiry is one way of termination, and to say EXPIRED would be to say more. Row 3 looks no later than
// endedOn, as nobody can leave what has ended.
//
// Replacement. The newer agreement counts from its own entry into force, by rows 7 and 8; where no date of that is known, from
// the fact's since; never from its signature, since signed is not in force. That it ends later revives nothing, unless the
// fact has an until. REPLACED goes before EXPIRED and TERMINATED since it says how they came about, or what came after.
//
// replacing finds the dossier of an agreement that replaces this one; its Relates are not read. nil, or a nil dossier, leaves
// the fact's since alone to decide.
func StatusOn(day Day, of *Dossier, replacing func(ID) *Dossier) Status {
	c := &statusCase{Dossier: of, day: day, replacing: replacing}
	for _, row := range statusRows {
		c.facts, c.fields = nil, nil
		if row.fits(c) {
			return Status{day, row.value, c.evidence()}
		}
	}
	return Status{day, StatusUnknown, nil}
}

// statusRows are the rows of the table at [StatusOn].
var statusRows = []struct {
	value string
	fits  func(*statusCase) bool
}{
	{StatusSurviving, func(c *statusCase) bool { return (c.replaced() || c.left() || c.ended()) && c.survives() }},
	{StatusReplaced, (*statusCase).replaced},
	{StatusTerminated, (*statusCase).left},
	{StatusExpired, func(c *statusCase) bool { return c.ended() && c.text("ending") == "EXPIRED" }},
	{StatusTerminated, (*statusCase).ended},
	{StatusUnknown, (*statusCase).mayHaveEnded},
	{StatusInForce, (*statusCase).inForceForParties},
	{StatusInForce, (*statusCase).inForce},
	{StatusUnknown, (*statusCase).abandoned},
	{StatusSigned, (*statusCase).signed},
}
