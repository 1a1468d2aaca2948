package kg

// Declare adds a kind to the table, as an entry in decl.go would, and lets locations name it.
func Declare(entity bool, d Decl) {
	class := &Facts
	if entity {
		class = &Entities
		located := &decls[LocatedIn]
		located.Joins = append(located.Joins, Join{SetOf(d.Kind), Places})
	}
	declare(class, d)
}
