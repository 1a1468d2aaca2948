package kg

// checkAliases proves the aliases of the records and gives each once, with the entity that it leads to.
func (in *intake) checkAliases() []AliasRecord {
	ids, records := in.group(func(r *Record) (ID, bool) {
		if r.Alias == nil {
			return "", false
		}
		return r.Alias.Alias, true
	})
	// An alias may lead to another alias of the same batch, which may come after it.
	of := map[ID]ID{}
	for _, id := range ids {
		for _, i := range records[id] {
			a := in.records[i].Alias
			if first := of[id]; first != "" && first != a.Of {
				in.refuseAll(records[id], Errorf(BadInput, "%s is given several meanings at once: keep one", quoteShort(string(id))).In("of"))
			}
			of[id] = a.Of
		}
	}
	var out []AliasRecord
	for _, id := range ids {
		for _, i := range in.right(records[id]) {
			to, err := in.checkAlias(in.records[i].Alias, of)
			if err != nil {
				in.refuse(i, err)
				continue
			}
			if in.aliases[id] == "" {
				in.aliases[id] = to
				out = append(out, AliasRecord{id, to})
			}
		}
	}
	return out
}

// checkAlias proves one alias and gives the entity that it leads to. of are all aliases of the batch.
func (in *intake) checkAlias(a *AliasRecord, of map[ID]ID) (ID, *Error) {
	kind, err := checkID(a.Alias, Entities, "entity")
	if err != nil {
		return "", err.In("alias")
	}
	if _, err := checkID(a.Of, Entities, "entity"); err != nil {
		return "", err.In("of")
	}
	target := a.Of
	for range len(of) {
		if in.entity(target) != "" || of[target] == "" {
			break
		}
		target = of[target]
	}
	to := in.entity(target)
	is := in.entity(a.Alias)
	switch {
	case is == a.Alias:
		return "", Errorf(BadInput, "%s is an entity itself: an alias is an id that names nothing else", a.Alias).In("alias")
	case to == "":
		return "", in.missing(a.Of).In("of")
	case KindOf(to) != kind:
		return "", Errorf(BadInput, "%s can't stand for %s: an alias begins with %s, as what it stands for does", a.Alias, to, KindOf(to).Decl().Prefix).In("alias")
	case is != "" && is != to:
		return "", Errorf(BadInput, "%s stands for %s already: an alias keeps its meaning", a.Alias, is).In("of")
	}
	return to, nil
}
