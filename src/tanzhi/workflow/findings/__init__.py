"""Findings raised in a case, and their answers."""
