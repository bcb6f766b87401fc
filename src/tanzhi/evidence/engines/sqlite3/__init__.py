"""SQLite, with noted rows."""
