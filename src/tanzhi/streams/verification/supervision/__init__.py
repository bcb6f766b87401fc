"""Supervision of verification bodies: what they did in a year, and its yearly evaluation, published."""
