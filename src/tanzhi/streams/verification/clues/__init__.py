"""Clues to what may be wrong with a report."""
