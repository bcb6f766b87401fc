"""Content-addressed files, append-only log, signed heads, receipts."""
