"""Whole tables taken in at once: mapped, tried, committed, undone."""
