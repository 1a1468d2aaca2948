package kg

// SetPathFacts bounds a search for paths by fewer facts than a graph for tests would ever have.
func (c *Catalog) SetPathFacts(n int) { c.pathFacts = n }
