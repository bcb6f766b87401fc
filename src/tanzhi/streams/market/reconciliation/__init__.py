"""Reconciliation: what the national registry states of an account, compared with our postings."""
