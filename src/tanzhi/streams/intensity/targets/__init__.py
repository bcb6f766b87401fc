"""Targets and how far they are reached."""
