"""Tasks out of clauses, with indicators and milestones."""
