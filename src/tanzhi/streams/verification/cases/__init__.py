"""Verification of a report."""
