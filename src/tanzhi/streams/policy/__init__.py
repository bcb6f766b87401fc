"""1+N policy (政策体系): documents, clauses, tasks, pilots, visits, events, cleaner-production audits."""
