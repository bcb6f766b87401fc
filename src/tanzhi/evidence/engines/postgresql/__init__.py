"""PostgreSQL, with noted rows."""
