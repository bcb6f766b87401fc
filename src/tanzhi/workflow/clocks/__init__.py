"""Legal deadlines of cases."""
