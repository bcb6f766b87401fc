"""Verification (核查) of key emission units, and problem clues (问题线索)."""
