"""Allowances by run: computed, approved, issued."""
