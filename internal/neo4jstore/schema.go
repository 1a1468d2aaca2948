package neo4jstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
)

// storedVersion is the version of what lies in the database. It goes up when an older Entente could not read it.
const storedVersion = 4

// index is a constraint or an index by its name.
type index struct{ name, create string }

// indexes lists what the store needs: ids are unique, and what lists begin at is found.
func indexes() []index {
	var list []index
	unique := func(label, prop string) {
		name := strings.ToLower(label) + "_" + prop
		list = append(list, index{name, fmt.Sprintf("CREATE CONSTRAINT %s IF NOT EXISTS FOR (n:%s) REQUIRE n.%s IS UNIQUE", name, label, prop)})
	}
	ranged := func(label, prop string) {
		name := strings.ToLower(label + "_" + prop)
		list = append(list, index{name, fmt.Sprintf("CREATE RANGE INDEX %s IF NOT EXISTS FOR (n:%s) ON (n.%s)", name, label, ident(prop))})
	}
	unique("Entente", "key")
	unique("Entity", "id")
	unique("Source", "id")
	unique("Alias", "id")
	ranged("Entity", "name_key")
	for _, k := range kg.Entities.Kinds() {
		d := k.Decl()
		ranged(d.Type, "name_key")
		for _, f := range d.Fields {
			switch f.Type {
			case kg.Text, kg.Int, kg.Float:
				ranged(d.Type, f.Name)
			case kg.Dated:
				ranged(d.Type, f.Name+suffixFrom)
			}
		}
	}
	list = append(list, index{"entity_location", "CREATE POINT INDEX entity_location IF NOT EXISTS FOR (n:Entity) ON (n.location)"})
	ranged("Source", "title_key")
	ranged("Source", "publishedOn"+suffixFrom)
	var types, current []string
	for _, k := range kg.Facts.Kinds() {
		for _, v := range []versions{asserted, unasserted, past} {
			t := typesOf(k, v)[0]
			types = append(types, ident(t))
			if v == asserted {
				current = append(current, ident(t))
			}
			name := strings.ToLower(t) + "_id"
			for _, prop := range []string{"recordedAt", "known_from"} { // when a version begins
				list = append(list, index{strings.ToLower(t + "_" + prop), fmt.Sprintf("CREATE RANGE INDEX %s IF NOT EXISTS FOR ()-[r:%s]-() ON (r.%s)", strings.ToLower(t+"_"+prop), ident(t), prop)})
			}
			if v == past {
				list = append(list, index{name, fmt.Sprintf("CREATE RANGE INDEX %s IF NOT EXISTS FOR ()-[r:%s]-() ON (r.id)", name, ident(t))})
			} else {
				list = append(list, index{name, fmt.Sprintf("CREATE CONSTRAINT %s IF NOT EXISTS FOR ()-[r:%s]-() REQUIRE r.id IS UNIQUE", name, ident(t))})
			}
		}
	}
	const words = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
	const keyword = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}"
	return append(list,
		index{indexFactsBySource, fmt.Sprintf("CREATE FULLTEXT INDEX %s IF NOT EXISTS FOR ()-[r:%s]-() ON EACH [r.ev_source] %s", indexFactsBySource, strings.Join(types, "|"), keyword)},
		index{indexIdentified, fmt.Sprintf("CREATE FULLTEXT INDEX %s IF NOT EXISTS FOR (n:Entity) ON EACH [n.identified] %s", indexIdentified, keyword)},
		index{indexGrams, fmt.Sprintf("CREATE FULLTEXT INDEX %s IF NOT EXISTS FOR (n:Entity) ON EACH [n.grams] %s", indexGrams, words)},
		index{indexFactsByQuote, fmt.Sprintf("CREATE FULLTEXT INDEX %s IF NOT EXISTS FOR ()-[r:%s]-() ON EACH [r.quote_grams] %s", indexFactsByQuote, strings.Join(current, "|"), words)},
	)
}

// prepare makes sure that the database is Entente's, and has what the store needs. What is there already is not made again.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.checkServer(ctx); err != nil {
		return err
	}
	values, err := s.query(ctx, "RETURN COLLECT { MATCH (m:Entente {key: 'graph'}) RETURN m.version } AS version, EXISTS { MATCH (n) } AS used", nil)
	if err != nil {
		return err
	}
	found, used := values[0].([]any), values[1].(bool)
	switch {
	case len(found) == 0 && used:
		return kg.Errorf(kg.Conflict, "the database holds something else than a graph of Entente, and is left as it is: give an empty one, by ENTENTE_NEO4J_DATABASE or a server of its own")
	case len(found) > 0 && found[0] != int64(storedVersion):
		return kg.Errorf(kg.Conflict, "the database was written by another version of Entente (its format is %v, this one reads %d): export the graph with that one, and import what it wrote into an empty database", found[0], storedVersion)
	}
	if err := s.index(ctx); err != nil {
		return err
	}
	if len(found) > 0 {
		return nil
	}
	return s.write(ctx, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		_, err := run(ctx, tx, fmt.Sprintf("MERGE (m:Entente {key: 'graph'}) SET m.version = %d WITH m UNWIND range(0, %d) AS i MERGE (:Entente {key: 'lock-' + i})", storedVersion, lockStripes-1), nil)
		return err
	})
}

// index makes the constraints and indexes that are missing, and waits until they can be used.
func (s *Store) index(ctx context.Context) error {
	there, err := s.indexNames(ctx)
	if err != nil {
		return err
	}
	// That the name of a property has been heard of counts as an index here, see [lockProperty].
	needed := append(indexes(), index{lockProperty, "CALL db.createProperty('" + lockProperty + "')"})
	missing := slices.DeleteFunc(needed, func(x index) bool { return slices.Contains(there, x.name) })
	if len(missing) == 0 {
		return nil
	}
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(context.WithoutCancel(ctx))
	for _, x := range append(missing, index{"", "CALL db.awaitIndexes(3600)"}) {
		result, err := session.Run(ctx, language+x.create, nil)
		if err == nil {
			_, err = result.Consume(ctx)
		}
		if err != nil {
			return translate(err, "making the indexes")
		}
	}
	s.wrote.Store(true)
	return nil
}

func (s *Store) indexNames(ctx context.Context) ([]string, error) {
	values, err := s.query(ctx, "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN collect(name) AS names", nil)
	if err != nil {
		return nil, err
	}
	heard, err := s.query(ctx, "CALL db.propertyKeys() YIELD propertyKey WHERE propertyKey = $name RETURN collect(propertyKey) AS names", map[string]any{"name": lockProperty})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, name := range slices.Concat(values[0].([]any), heard[0].([]any)) {
		names = append(names, name.(string))
	}
	return names, nil
}

// The first server that knows all that the statements say.
const (
	leastMajor = 5
	leastMinor = 23
)

// checkServer refuses a server that is too old.
func (s *Store) checkServer(ctx context.Context) error {
	values, err := s.ask(ctx, "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version", nil)
	if err != nil {
		return err
	}
	version, _ := values[0].(string)
	parts := strings.Split(version, ".")
	if len(parts) >= 2 {
		major, _ := strconv.Atoi(parts[0])
		minor, _ := strconv.Atoi(parts[1])
		if major > leastMajor || major == leastMajor && minor >= leastMinor {
			return nil
		}
	}
	return kg.Errorf(kg.Unavailable, "Neo4j %s is too old: Entente needs %d.%d or later, such as the long-term release 5.26", version, leastMajor, leastMinor)
}
