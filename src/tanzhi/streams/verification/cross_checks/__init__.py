"""Cross-checks of all plants of a year: hits that are explained, set aside or turned into a clue."""
