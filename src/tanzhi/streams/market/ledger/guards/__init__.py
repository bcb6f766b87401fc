"""Triggers of the database that keep the books."""
