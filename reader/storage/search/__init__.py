"""Finding articles: the index that is searched, plans for queries, and the answers they give."""
