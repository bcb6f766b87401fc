"""The library: documents with their clauses."""
