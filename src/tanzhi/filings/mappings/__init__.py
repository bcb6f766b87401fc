"""Own ledgers read by a saved mapping."""
